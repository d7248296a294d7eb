package org.milena.archive.message;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.milena.common.event.MailJson;
import org.milena.common.mail.RawMessage;
import org.milena.testkit.corpus.Corpus;
import org.milena.testkit.corpus.CorpusMessage;
import org.milena.testkit.corpus.IndexEntry;

/** Real mail, and mail that broke other parsers. */
class MessageParserCorpusTest {
  private final MessageParser parser = new MessageParser();

  @Test
  void readsWhatTortureLeaves() throws IOException {
    int withText = 0;
    List<CorpusMessage> messages = Corpus.torture();
    for (CorpusMessage message : messages) {
      ParsedMessage parsed = parser.parse(message.message());
      assertThat(parsed.messageId()).as(message.name()).isNotEmpty();
      assertThat(parser.defects(message.message())).isEqualTo(parsed.defects());
      assertThat(MailJson.text(parsed)).as(message.name()).isNotEmpty();
      withText += parsed.text().isEmpty() && parsed.attachments().isEmpty() ? 0 : 1;
      for (Attachment attachment : parsed.attachments()) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        assertThat(parser.writePart(message.message(), attachment.part(), out))
            .as(message.name() + " part " + attachment.part())
            .isTrue();
        assertThat((long) out.size()).as(message.name()).isEqualTo(attachment.size());
      }
    }
    assertThat(withText).as("of " + messages.size()).isGreaterThan(messages.size() * 9 / 10);
  }

  @Test
  void neverThrowsOnMailThatIsCutOrChanged() {
    Random random = new Random(7);
    for (CorpusMessage message : Corpus.torture()) {
      byte[] bytes = message.message().toByteArray();
      for (int round = 0; round < 3 && bytes.length > 0 && bytes.length < 100_000; round++) {
        byte[] changed = new byte[1 + random.nextInt(bytes.length)];
        System.arraycopy(bytes, 0, changed, 0, changed.length);
        for (int i = 0; i < 5; i++) {
          changed[random.nextInt(changed.length)] = (byte) random.nextInt(256);
        }
        ParsedMessage parsed = parser.parse(RawMessage.wrap(changed));
        assertThat(parsed.text()).isNotNull();
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"tomoyo-users-en", "samba-technical-part1", "usrp-users-part1"})
  void readsAListAsAnotherProgramDoes(String list) {
    List<CorpusMessage> messages = Corpus.list(list);
    List<IndexEntry> index = Corpus.index(list);
    List<String> differences = new ArrayList<>();
    for (int i = 0; i < messages.size(); i++) {
      ParsedMessage parsed = parser.parse(messages.get(i).message());
      IndexEntry expected = index.get(i);
      compare(differences, expected, "id", expected.messageId(), parsed.messageId());
      compare(
          differences, expected, "from", lower(expected.from()), lower(parsed.author().address()));
      compare(
          differences,
          expected,
          "date",
          String.valueOf(expected.date()),
          parsed.date() == null ? "null" : String.valueOf(parsed.date().getEpochSecond()));
      compare(
          differences,
          expected,
          "subject",
          CleanText.line(String.valueOf(expected.subject()), 2000),
          parsed.subject());
      // sizes differ: a line end in quoted-printable is CRLF (RFC 2045 section 6.7), theirs is LF
      List<String> ours =
          new ArrayList<>(parsed.attachments().stream().map(Attachment::type).toList());
      for (IndexEntry.IndexedAttachment attachment : expected.attachments()) {
        if (!ours.remove(attachment.type())) {
          differences.add(expected.n() + " attachment missing: " + attachment);
        }
      }
      // theirs leaves out parts without disposition and name: signatures, images of a page
      ours.removeIf(type -> type.startsWith("image/") || type.equals("application/pgp-signature"));
      compare(differences, expected, "more attachments", "[]", ours.toString());
    }
    assertThat(differences).isEmpty();
  }

  private static String lower(@Nullable String text) {
    return text == null ? "" : text.toLowerCase(Locale.ROOT);
  }

  private static void compare(
      List<String> differences,
      IndexEntry entry,
      String what,
      @Nullable String theirs,
      String ours) {
    if (!ours.equals(theirs)) {
      differences.add(entry.n() + " " + what + ": theirs " + theirs + ", ours " + ours);
    }
  }
}
