package org.milena.listexpander.submission;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.milena.common.header.AddressListParser;
import org.milena.common.header.EncodedWords;
import org.milena.common.header.HeaderBlock;
import org.milena.common.header.HeaderField;
import org.milena.common.header.HeaderMailbox;
import org.milena.common.mail.MailAddress;
import org.milena.common.mail.MessageId;
import org.milena.common.mail.RawMessage;
import org.milena.listexpander.fake.Fixtures;
import org.milena.listexpander.incoming.FirstText;

class WrittenPostTest {
  private static final MailAddress ANN = MailAddress.of("ann@a.example");
  private static final MessageId ID = new MessageId("1@lists.example.org");

  @Test
  void isAnOrdinaryMessage() {
    RawMessage message = message(post("Änne Åström", "Grüße", "Größe\nund so weiter"));
    HeaderBlock header = HeaderBlock.of(message);
    assertThat(AddressListParser.parse(value(header, "From")))
        .containsExactly(new HeaderMailbox("Änne Åström", ANN));
    assertThat(value(header, "To")).isEqualTo("users@lists.example.org");
    assertThat(EncodedWords.decode(value(header, "Subject"))).isEqualTo("Grüße");
    assertThat(value(header, "Date")).isEqualTo("Sun, 1 Mar 2026 10:00:00 +0000");
    assertThat(value(header, "Message-ID")).isEqualTo("<1@lists.example.org>");
    assertThat(header.has("In-Reply-To")).isFalse();
    assertThat(header.has("References")).isFalse();
    assertThat(value(header, "Content-Type")).isEqualTo("text/plain; charset=utf-8");
    assertThat(value(header, "Content-Transfer-Encoding")).isEqualTo("quoted-printable");
    assertThat(text(message)).isEqualTo("Größe\r\nund so weiter\r\n");
    assertThat(message.toByteArray()).as("seven bits wide").doesNotContain(-61);
  }

  @Test
  void linesOfAnyLengthPassInShortOnes() {
    String text = "ä".repeat(5_000) + "\r\n.\rFrom here\n\n" + "word ".repeat(1_000) + "end";
    RawMessage message = message(post("Ann", "x".repeat(WrittenPost.MAX_SUBJECT), text));
    assertThat(text(message))
        .isEqualTo(text.replace("\r\n", "\n").replace('\r', '\n').replace("\n", "\r\n") + "\r\n");
    assertThat(new String(message.toByteArray(), StandardCharsets.US_ASCII).split("\r\n"))
        .allSatisfy(line -> assertThat(line).hasSizeLessThan(998).doesNotContain("\n", "\r"));
  }

  @Test
  void noFieldCanBecomeAnother() {
    String bad = "a\r\nBcc: eve@e.example\r\n\r\nbody\u0000";
    RawMessage message = message(post(bad, bad, "text"));
    HeaderBlock header = HeaderBlock.of(message);
    assertThat(header.fields().stream().map(HeaderField::name))
        .containsExactly(
            "From",
            "To",
            "Subject",
            "Date",
            "Message-ID",
            "MIME-Version",
            "Content-Type",
            "Content-Transfer-Encoding");
    assertThat(value(header, "Subject")).isEqualTo("a Bcc: eve@e.example body");
    assertThat(AddressListParser.parse(value(header, "From")))
        .extracting(HeaderMailbox::address)
        .containsExactly(ANN);
    assertThat(text(message)).isEqualTo("text\r\n");
  }

  @Test
  void whatLooksLikeAnEncodedWordIsReadAsItWasWritten() {
    String subject = "=?utf-8?q?Hi=0ABcc:_x?= and more";
    HeaderBlock header = HeaderBlock.of(message(post("", subject, "text")));
    assertThat(EncodedWords.decode(value(header, "Subject"))).isEqualTo(subject);
    assertThat(header.has("Bcc")).isFalse();
  }

  @Test
  void theAnsweredPostIsTheLastReference() {
    MessageId first = new MessageId("first@x");
    MessageId second = new MessageId("second@x");
    HeaderBlock header = answer(Optional.of(first), List.of(first, second));
    assertThat(value(header, "In-Reply-To")).isEqualTo("<first@x>");
    assertThat(MessageId.parseAll(value(header, "References"))).containsExactly(second, first);
    assertThat(value(answer(Optional.of(first), List.of()), "References")).isEqualTo("<first@x>");
    HeaderBlock threadOnly = answer(Optional.empty(), List.of(first));
    assertThat(threadOnly.has("In-Reply-To")).isFalse();
    assertThat(value(threadOnly, "References")).isEqualTo("<first@x>");
  }

  @Test
  void manyReferencesAreFoldedBetweenIds() {
    List<MessageId> many =
        IntStream.range(0, WrittenPost.MAX_REFERENCES)
            .mapToObj(i -> new MessageId(i + "." + "x".repeat(60) + "@x"))
            .toList();
    HeaderBlock header = answer(Optional.empty(), many);
    assertThat(MessageId.parseAll(value(header, "References"))).isEqualTo(many);
  }

  @Test
  void takesNothingThatDoesNotFit() {
    MessageId foreign = new MessageId("ä@x");
    MessageId tooLong = new MessageId("x".repeat(901));
    assertThat(WrittenPost.canName(foreign)).isFalse();
    assertThat(WrittenPost.canName(tooLong)).isFalse();
    assertThatThrownBy(() -> answer(Optional.of(foreign), List.of()))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> answer(Optional.empty(), List.of(tooLong)))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> post("", "s", "x".repeat(WrittenPost.MAX_TEXT + 1)))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> post("", "s".repeat(WrittenPost.MAX_SUBJECT + 1), "x"))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private static WrittenPost post(String name, String subject, String text) {
    return new WrittenPost(
        new HeaderMailbox(name, ANN), subject, text, Optional.empty(), List.of());
  }

  private static HeaderBlock answer(Optional<MessageId> inReplyTo, List<MessageId> references) {
    return HeaderBlock.of(
        message(
            new WrittenPost(new HeaderMailbox("", ANN), "Re: x", "text", inReplyTo, references)));
  }

  private static RawMessage message(WrittenPost post) {
    return post.message(Fixtures.USERS, ID, Fixtures.NOW);
  }

  private static String value(HeaderBlock header, String name) {
    assertThat(header.all(name)).as(name).hasSize(1);
    return header.all(name).getFirst().value().strip();
  }

  private static String text(RawMessage message) {
    return FirstText.of(message, 1 << 20).orElseThrow();
  }
}
