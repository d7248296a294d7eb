package org.milena.listexpander.digest;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.milena.common.header.HeaderBlock;
import org.milena.common.header.HeaderField;
import org.milena.common.mail.RawMessage;
import org.milena.common.settings.DeliveryMode;
import org.milena.common.settings.ListSettings;
import org.milena.listexpander.digest.DigestWorld.Sent;
import org.milena.testkit.corpus.Corpus;
import org.milena.testkit.corpus.CorpusMessage;

/** Mail as it is in the world, between two of our own. */
class DigestCorpusTest {
  private static final String FIRST = "From: ann@a.example\nSubject: First\n\nOne\n";
  private static final String LAST = "From: ann@a.example\nSubject: Last\n\nThree\n";

  @TestFactory
  List<DynamicTest> anyMailStandsInBothFormsAndHidesNoOther() {
    return Corpus.torture().stream()
        .map(mail ->
            DynamicTest.dynamicTest(mail.name(), () -> digest(mail.name(), mail.withCrlf())))
        .toList();
  }

  @Test
  void aWholeListIsReadAgain() {
    List<CorpusMessage> all = Corpus.listMessages("tomoyo-users-en");
    assertThat(all).hasSize(66);
    all.forEach(mail -> digest(mail.name(), mail.withCrlf()));
  }

  @Test
  void soIsMailWithOctetsTurnedAround() {
    List<CorpusMessage> mails =
        Corpus.torture().stream().filter(mail -> mail.message().size() < 20_000).toList();
    Random random = new Random(11);
    IntStream.range(0, 300)
        .forEach(round -> {
          CorpusMessage mail = mails.get(random.nextInt(mails.size()));
          byte[] octets = mail.withCrlf().toByteArray();
          for (int i = random.nextInt(20); i > 0 && octets.length > 0; i--) {
            int at = random.nextInt(octets.length);
            octets[at] = (byte) "\r\n-=:;\" \0\u00ff\u0080ab".charAt(random.nextInt(13));
          }
          digest(mail.name() + " " + round, RawMessage.wrap(octets));
        });
  }

  private static void digest(String name, RawMessage message) {
    DigestWorld world = new DigestWorld(ListSettings.DISCUSSION.with("digestPosts", 3));
    world.member("mime@a.example", DeliveryMode.MIME_DIGEST);
    world.member("plain@a.example", DeliveryMode.PLAIN_DIGEST);
    world.post(FIRST);
    world.post(message);
    world.post(LAST);
    List<RawMessage> kept =
        Waiting.forDigest(world.waiting()).stream()
            .map(row -> world.reader().read(row.content()).message())
            .toList();
    world.chores();
    assertThat(world.waiting()).as(name).isEmpty();
    List<String> parts = new ArrayList<>();
    List<String> texts = new ArrayList<>();
    for (Sent sent : world.sent()) {
      if (sent.recipients().contains("mime@a.example")) {
        parts.addAll(DigestParser.leaves(sent.text(), "message/rfc822"));
      } else {
        texts.addAll(DigestParser.messages(sent.text()));
      }
    }
    assertThat(parts).as(name).hasSize(3);
    assertThat(parts.getFirst()).isEqualTo(FIRST.replace("\n", "\r\n"));
    assertThat(parts.getLast()).isEqualTo(LAST.replace("\n", "\r\n"));
    if (kept.get(1).size() <= DigestWorld.LIMITS.post()) {
      assertThat(parts.get(1)).as(name).isEqualTo(withoutDropped(kept.get(1)));
    }
    assertThat(texts).as(name).hasSize(3);
    assertThat(texts.getFirst()).startsWith("Message: 1\n").endsWith("\n\nOne");
    assertThat(texts.get(1)).as(name).startsWith("Message: 2\n");
    assertThat(texts.getLast()).startsWith("Message: 3\n").endsWith("\n\nThree");
  }

  /**
   * The octets of a message with the lines of other fields cut out; with an empty line where a body
   * follows without one ({@link org.milena.common.header.HeaderEditor}).
   */
  private static String withoutDropped(RawMessage message) {
    StringBuilder octets =
        new StringBuilder(new String(message.unsafeBytes(), StandardCharsets.ISO_8859_1));
    HeaderBlock header = HeaderBlock.of(message);
    List<HeaderField> fields = header.fields();
    int end = fields.getLast().end();
    if (header.bodyOffset() == end && end < message.size()) {
      octets.insert(end, "\r\n");
    }
    for (HeaderField field : fields.reversed()) {
      if (!PostPart.isKept(field.name())) {
        octets.delete(field.start(), field.end());
      }
    }
    return octets.toString();
  }
}
