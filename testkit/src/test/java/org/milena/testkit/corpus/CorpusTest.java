package org.milena.testkit.corpus;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.milena.common.mail.RawMessage;

class CorpusTest {

  @ParameterizedTest
  @ValueSource(strings = {"tomoyo-users-en", "samba-technical-part1"})
  void givesTheBytesThatTheIndexNames(String list) {
    List<CorpusMessage> messages = Corpus.list(list);
    assertThat(messages.stream().map(message -> message.message().sha256()))
        .containsExactlyElementsOf(Corpus.index(list).stream().map(IndexEntry::sha256).toList());
  }

  @Test
  void givesTheSameMessagesOneByOne() {
    assertThat(Corpus.listMessages("tomoyo-users-en").stream().map(CorpusMessage::message))
        .containsExactlyInAnyOrderElementsOf(
            Corpus.list("tomoyo-users-en").stream().map(CorpusMessage::message).toList());
  }

  @Test
  void findsTheTortureMessages() {
    assertThat(Corpus.torture()).hasSizeGreaterThan(500);
  }

  @Test
  void unquotesOneMarkOfFromLines() {
    byte[] mbox =
        "From a b\nA: b\n\n>From me\n>>From you\n> From\n\nFrom c d\nC: d\n\nx\n\n"
            .getBytes(StandardCharsets.US_ASCII);
    assertThat(MboxReader.read(mbox).stream().map(RawMessage::toByteArray).map(String::new))
        .containsExactly("A: b\n\nFrom me\n>From you\n> From\n", "C: d\n\nx\n");
  }

  @Test
  void makesEveryLineEndCrlf() {
    RawMessage message = RawMessage.wrap("a\nb\r\nc\rd\r\n".getBytes(StandardCharsets.US_ASCII));
    assertThat(new CorpusMessage("x", message).withCrlf().toByteArray())
        .asString()
        .isEqualTo("a\r\nb\r\nc\r\nd\r\n");
  }
}
