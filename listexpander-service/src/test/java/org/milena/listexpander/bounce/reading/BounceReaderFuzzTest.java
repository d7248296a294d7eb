package org.milena.listexpander.bounce.reading;

import static org.assertj.core.api.Assertions.assertThat;
import static org.milena.listexpander.bounce.reading.Reports.deliveryStatus;
import static org.milena.listexpander.bounce.reading.Reports.prose;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.milena.common.mail.RawMessage;
import org.milena.testkit.corpus.Corpus;
import org.milena.testkit.corpus.CorpusMessage;

/** Mail that nobody would send. */
class BounceReaderFuzzTest {
  private static final List<String> SAMPLES =
      List.of(
          deliveryStatus(
              "Final-Recipient: rfc822; ben@far.example\nAction: failed\nStatus: 5.1.1\n"
                  + "Diagnostic-Code: smtp; 550 5.1.1 unknown\n"),
          prose("The following address(es) failed:\n\n  ben@far.example\n    550 5.1.1 unknown\n"),
          prose(
              "{\"notificationType\":\"Bounce\",\"bouncedRecipients\":[{\"emailAddress\":\"b@c\"}]}"),
          "From: a@b.example\n"
              + "Content-Type: multipart/report; report-type=feedback-report; boundary=f\n\n"
              + "--f\n"
              + "Content-Type: message/feedback-report\n\n"
              + "Feedback-Type: abuse\n"
              + "Original-Rcpt-To: ben@far.example\n"
              + "--f--\n");

  private static Returned read(String mail) {
    return read(mail.getBytes(StandardCharsets.UTF_8));
  }

  private static Returned read(byte[] mail) {
    return BounceReader.read(RawMessage.wrap(mail), _ -> false);
  }

  @Test
  void changedOctetsDoNotMakeItThrow() {
    Random random = new Random(20_261_128);
    for (int round = 0; round < 4000; round++) {
      byte[] mail = Reports.message(SAMPLES.get(round % SAMPLES.size())).toByteArray();
      for (int change = random.nextInt(12); change >= 0; change--) {
        mail[random.nextInt(mail.length)] = (byte) random.nextInt(256);
      }
      assertThat(read(mail)).isNotNull();
    }
  }

  @Test
  void linesLostDoubledAndSwappedDoNotMakeItThrow() {
    Random random = new Random(7);
    for (int round = 0; round < 2000; round++) {
      String[] lines = SAMPLES.get(round % SAMPLES.size()).split("\n", -1);
      StringBuilder mail = new StringBuilder();
      for (int i = 0; i < lines.length; i++) {
        mail.append(lines[random.nextInt(6) == 0 ? random.nextInt(lines.length) : i])
            .append(random.nextInt(20) == 0 ? "" : "\n");
      }
      assertThat(read(mail.toString())).isNotNull();
    }
  }

  @Test
  void anyOctetsDoNotMakeItThrow() {
    Random random = new Random(3464);
    for (int round = 0; round < 1000; round++) {
      byte[] mail = new byte[random.nextInt(3000)];
      random.nextBytes(mail);
      assertThat(read(mail)).isNotNull();
    }
    assertThat(read(new byte[0])).isEqualTo(new Returned.NotABounce());
  }

  @Test
  void brokenMailOfTheWorldDoesNotMakeItThrow() {
    List<CorpusMessage> mails = Corpus.torture();
    assertThat(mails).isNotEmpty();
    for (CorpusMessage mail : mails) {
      assertThat(BounceReader.read(mail.message(), _ -> false)).as(mail.name()).isNotNull();
    }
  }

  @Test
  void nestedPartsAreLeftAtSomeDepth() {
    StringBuilder mail = new StringBuilder(Reports.DAEMON);
    for (int depth = 0; depth < 20_000; depth++) {
      mail.append("Content-Type: multipart/report; boundary=\"b")
          .append(depth)
          .append("\"\n\n--b")
          .append(depth)
          .append('\n');
    }
    assertThat(read(mail.append("\n<ben@far.example>: user unknown\n").toString())).isNotNull();
  }

  @Test
  void aHundredThousandRecipientsAreNotAllKept() {
    StringBuilder fields = new StringBuilder();
    StringBuilder text = new StringBuilder("The following addresses failed:\n");
    for (int i = 0; i < 100_000; i++) {
      fields
          .append("Final-Recipient: rfc822; r")
          .append(i)
          .append("@far.example\nAction: failed\nStatus: 5.1.1\n\n");
      text.append("  r").append(i).append("@far.example\n");
    }
    assertThat(read(deliveryStatus(fields.toString())))
        .isInstanceOfSatisfying(
            Returned.Failed.class,
            failed -> assertThat(failed.recipients()).hasSizeBetween(100, 200));
    assertThat(read(prose(text.toString())))
        .isInstanceOfSatisfying(
            Returned.Failed.class,
            failed -> assertThat(failed.recipients()).hasSizeBetween(100, 200));
  }

  @Test
  void longLinesOfEverythingThePatternsRepeatAreReadInLinearTime() {
    for (String piece :
        List.of(
            "a",
            "@",
            "a@",
            "a@b",
            " ",
            ">",
            "-",
            "fail ",
            "following ",
            "5.",
            "55",
            "<",
            "(",
            ".")) {
      String line = piece.repeat(1_000_000 / piece.length());
      assertThat(read(prose(line))).isNotNull();
      assertThat(
              read(deliveryStatus("Diagnostic-Code: smtp; " + line + "\nFinal-Recipient: " + line)))
          .isNotNull();
      assertThat(read(prose((piece.repeat(990 / piece.length()) + "\n").repeat(2000)))).isNotNull();
    }
  }
}
