package org.milena.scanner.quarantine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.time.Duration;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.milena.common.mail.RawMessage;
import org.milena.scanner.quarantine.MessageFacts.AttachedFile;
import org.milena.scanner.scan.SampleMail;

class MessageFactsTest {

  @Test
  void anAttachmentHasItsNameTypeSizeAndDigest() {
    MessageFacts facts =
        MessageFacts.of(SampleMail.attachment("abc.bin", "base64", SampleMail.base64("abc")));
    assertThat(facts.attachments())
        .containsExactly(
            new AttachedFile(
                "abc.bin",
                "application/octet-stream",
                3,
                "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"));
    assertThat(facts.whole()).isTrue();
  }

  @Test
  void namesAreTextWithWhatIsInvisibleAsEscapes() {
    RawMessage message =
        SampleMail.attachment(
            "application/octet-stream",
            "Content-Disposition: attachment; filename*=utf-8''"
                + "%3Cimg%20src=x%20onerror=alert(1)%3E%E2%80%AEgpj.exe%0D%0ASet-Cookie:%20a\r\n",
            "7bit",
            "x");
    assertThat(MessageFacts.of(message).attachments().getFirst().name())
        .isEqualTo("<img src=x onerror=alert(1)>\\u{202e}gpj.exe Set-Cookie: a");
  }

  @Test
  void anAttachmentWithoutANameIsThereToo() {
    RawMessage message =
        SampleMail.attachment("image/png", "Content-Disposition: attachment\r\n", "7bit", "x");
    assertThat(MessageFacts.of(message).attachments())
        .extracting(AttachedFile::name)
        .containsExactly("");
  }

  @Test
  void attachmentsOfForwardedMessagesAreThereToo() {
    RawMessage message =
        SampleMail.attachment(
            "message/rfc822",
            "",
            "7bit",
            SampleMail.text(SampleMail.attachment("inner.bin", "7bit", "x")));
    assertThat(MessageFacts.of(message).attachments())
        .extracting(AttachedFile::name)
        .containsExactly("inner.bin");
  }

  @Test
  void theHeaderIsLinesOfText() {
    RawMessage message =
        RawMessage.wrap(
            SampleMail.bytes(
                "Subject: <b>x</b>\r\n folded \u001b[31m\u0000\r\nX: =?utf-8?Q?=0A?=\r\n\r\nbody"));
    assertThat(MessageFacts.of(message).header())
        .containsExactly("Subject: <b>x</b>", " folded \\u{1b}[31m\\u{0}", "X: =?utf-8?Q?=0A?=");
  }

  @Test
  void aHugeHeaderIsCut() {
    MessageFacts facts =
        MessageFacts.of(
            RawMessage.wrap(
                SampleMail.bytes(
                    "X: " + "y".repeat(5_000) + "\r\n".concat("Z: z\r\n".repeat(5_000)) + "\r\n")));
    assertThat(facts.header()).hasSize(MessageFacts.MOST_LINES);
    assertThat(facts.header()).allSatisfy(line -> assertThat(line).hasSizeLessThan(210));
    assertThat(facts.whole()).isFalse();
  }

  @Test
  void manyPartsAndDeepNestsEndSoon() {
    String parts = "--b\r\nContent-Disposition: attachment\r\n\r\nx\r\n".repeat(20_000);
    RawMessage wide =
        SampleMail.mail("Content-Type: multipart/mixed; boundary=b\r\n\r\n" + parts + "--b--\r\n");
    StringBuilder nested = new StringBuilder();
    for (int i = 0; i < 2_000; i++) {
      nested.append("Content-Type: multipart/mixed; boundary=b%d\r\n\r\n--b%d\r\n".formatted(i, i));
    }
    RawMessage deep = SampleMail.mail(nested.toString());
    assertTimeoutPreemptively(
        Duration.ofSeconds(20),
        () -> {
          assertThat(MessageFacts.of(wide).attachments()).hasSizeLessThanOrEqualTo(200);
          assertThat(MessageFacts.of(wide).whole()).isFalse();
          assertThat(MessageFacts.of(deep).whole()).isFalse();
        });
  }

  @Test
  void anyOctetsAreTakenAsTheyAre() {
    Random random = new Random(42);
    List<RawMessage> seeds =
        List.of(
            SampleMail.attachment("a.bin", "base64", SampleMail.base64("abc")),
            SampleMail.attachment("a.bin", "quoted-printable", "a=3D=\r\nb"),
            SampleMail.mail("\r\n" + SampleMail.uuencoded("a", "b")));
    for (int round = 0; round < 2_000; round++) {
      byte[] bytes = seeds.get(random.nextInt(seeds.size())).toByteArray();
      for (int change = random.nextInt(20); change >= 0; change--) {
        bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
      }
      MessageFacts facts = MessageFacts.of(RawMessage.wrap(bytes));
      assertThat(facts.header())
          .allSatisfy(line ->
              assertThat(line.codePoints())
                  .noneMatch(c -> c < 32 || c == 127 || c == 0x202e || c == 0x2028));
    }
    byte[] noise = new byte[50_000];
    random.nextBytes(noise);
    assertThat(MessageFacts.of(RawMessage.wrap(noise)).attachments()).isEmpty();
    assertThat(MessageFacts.of(RawMessage.wrap(new byte[0])).header()).isEmpty();
  }
}
