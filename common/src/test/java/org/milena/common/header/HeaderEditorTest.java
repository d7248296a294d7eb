package org.milena.common.header;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.nio.charset.Charset;
import java.util.Arrays;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.milena.common.mail.RawMessage;

class HeaderEditorTest {

  private static final UnaryOperator<HeaderEditor> PREPEND = editor -> editor.prepend("X", "new");
  private static final UnaryOperator<HeaderEditor> APPEND = editor -> editor.append("X", "new");
  private static final UnaryOperator<HeaderEditor> REPLACE = editor -> editor.replace("A", "new");
  private static final UnaryOperator<HeaderEditor> REMOVE = editor -> editor.remove("a");

  static Stream<Arguments> edits() {
    return Stream.of(
        edit(PREPEND, "A: 1\r\n\r\nb", "X: new\r\nA: 1\r\n\r\nb"),
        edit(APPEND, "A: 1\r\n\r\nb", "A: 1\r\nX: new\r\n\r\nb"),
        edit(REPLACE, "B: 0\r\nA: 1\r\n 2\r\nC: 3\r\n\r\nb", "B: 0\r\nA: new\r\nC: 3\r\n\r\nb"),
        edit(REPLACE, "A: 1\r\nB: 0\r\na: 2\r\n\r\nb", "A: new\r\nB: 0\r\n\r\nb"),
        edit(REPLACE, "B: 0\r\n\r\nb", "B: 0\r\nA: new\r\n\r\nb"),
        edit(REMOVE, "A: 1\r\nB: 0\r\na : 2\r\n 3\r\n\r\nb", "B: 0\r\n\r\nb"),
        edit(REMOVE, "B:  0 \r\n\r\nb", "B:  0 \r\n\r\nb"),
        edit(REMOVE, "A: 1\r\n\r\nb", "\r\nb"),
        // line ends follow the header, and stay as they are elsewhere
        edit(PREPEND, "A: 1\n\nb", "X: new\nA: 1\n\nb"),
        edit(PREPEND, "A: 1\nB: 2\r\n\nb", "X: new\r\nA: 1\nB: 2\r\n\nb"),
        edit(PREPEND, "A: 1\r\r\nB\r\n", "X: new\r\nA: 1\r\r\n\r\nB\r\n"),
        edit(PREPEND, "body\nmore", "X: new\n\nbody\nmore"),
        // mbox lines stay on top
        edit(PREPEND, "From x 11:11:11\nA: 1\n\nb", "From x 11:11:11\nX: new\nA: 1\n\nb"),
        edit(PREPEND, "From x 11:11:11", "From x 11:11:11\r\nX: new\r\n"),
        edit(PREPEND, " y\r\nA: 1\r\n\r\nb", " y\r\nX: new\r\nA: 1\r\n\r\nb"),
        // a body is never swallowed
        edit(PREPEND, "body", "X: new\r\n\r\nbody"),
        edit(PREPEND, "  body\r\nmore\r\n", "X: new\r\n\r\n  body\r\nmore\r\n"),
        edit(APPEND, "A: 1\r\nbody", "A: 1\r\nX: new\r\n\r\nbody"),
        edit(REMOVE, "A: 1\r\nbody", "\r\nbody"),
        edit(PREPEND, "\r\nbody", "X: new\r\n\r\nbody"),
        // no body
        edit(PREPEND, "", "X: new\r\n"),
        edit(APPEND, "A: 1", "A: 1\r\nX: new\r\n"),
        edit(APPEND, "A: 1\r\n", "A: 1\r\nX: new\r\n"),
        edit(PREPEND, "A: 1", "X: new\r\nA: 1"),
        edit(REMOVE, "A: 1", ""));
  }

  private static Arguments edit(UnaryOperator<HeaderEditor> edit, String before, String after) {
    return Arguments.of(edit, before, after);
  }

  @ParameterizedTest
  @MethodSource("edits")
  void changesThatAndNothingElse(UnaryOperator<HeaderEditor> edit, String before, String after) {
    assertThat(text(edit.apply(editor(before)).toMessage())).isEqualTo(after);
  }

  @Test
  void withoutAnEditTheMessageIsTheSame() {
    var message = RawMessage.wrap("body without header".getBytes(ISO_8859_1));
    assertThat(HeaderEditor.of(message).toMessage()).isSameAs(message);
    assertThat(HeaderEditor.of(message).remove("X").toMessage()).isSameAs(message);
  }

  @Test
  void editsSeeThoseBeforeThem() {
    var editor =
        editor("A: 1\r\n\r\nb")
            .prepend("X", "1")
            .prepend("X", "2")
            .append("Y", "3")
            .replace("X", "4")
            .replace("Y", "5")
            .replace("Z", "6")
            .remove("A");
    assertThat(text(editor.toMessage())).isEqualTo("X: 4\r\nY: 5\r\nZ: 6\r\n\r\nb");
    editor.remove("x");
    assertThat(text(editor.toMessage())).isEqualTo("Y: 5\r\nZ: 6\r\n\r\nb");
  }

  @Test
  void theLastPutOnTopIsOnTop() {
    var editor = editor("A: 1\r\n\r\n").prepend("X", "1").prepend("Y", "2");
    assertThat(text(editor.toMessage())).isEqualTo("Y: 2\r\nX: 1\r\nA: 1\r\n\r\n");
  }

  @Test
  void removesWhatMatches() {
    var editor =
        editor("X-Spam: 1\r\nTo: a\r\nX-Loop: 2\r\n\r\n")
            .removeIf(field -> field.name().startsWith("X-") && field.value().equals("1"));
    assertThat(text(editor.toMessage())).isEqualTo("To: a\r\nX-Loop: 2\r\n\r\n");
  }

  @Test
  void foldsLongValuesAtSpaces() {
    String value = "word ".repeat(60).strip();
    String message = text(editor("\r\n").prepend("Subject", value).toMessage());
    assertThat(message.split("\r\n", -1))
        .hasSizeGreaterThan(3)
        .allMatch(line -> line.length() <= 78);
    assertThat(first(message, "Subject").value()).isEqualTo(value);
  }

  @Test
  void neverMakesALineOfSpaces() {
    String value = "a" + " ".repeat(200) + "b" + " ".repeat(200) + "c";
    String message = text(editor("\r\n").prepend("X", value).toMessage());
    assertThat(message.split("\r\n", 3)[0]).isNotBlank();
    assertThat(message.substring(0, message.length() - 4).split("\r\n")).noneMatch(String::isBlank);
    assertThat(first(message, "X").value()).isEqualTo(value);
  }

  @Test
  void keepsAWordThatIsTooLongWhole() {
    String id = "<" + "x".repeat(300) + "@y>";
    assertThat(text(editor("\r\n").prepend("Message-ID", id).toMessage()))
        .isEqualTo("Message-ID: " + id + "\r\n\r\n");
    assertThat(text(editor("\r\n").prepend("References", "<a@b> " + id + " <c@d>").toMessage()))
        .isEqualTo("References: <a@b>\r\n " + id + "\r\n <c@d>\r\n\r\n");
  }

  @Test
  void encodesWhatIsNotAscii() {
    String message = text(editor("\n").prepend("Subject", "[users] Grüße aus Köln").toMessage());
    assertThat(message)
        .isEqualTo("Subject: [users] =?UTF-8?Q?Gr=C3=BC=C3=9Fe?= aus =?UTF-8?Q?K=C3=B6ln?=\n\n");
    assertThat(first(message, "subject").decoded()).isEqualTo("[users] Grüße aus Köln");
  }

  @ParameterizedTest
  @ValueSource(strings = {"ä", "日本語のとても長い件名です", "Ελληνικά κείμενα", "😀 emoji 😀"})
  void longTextOfAnyKindStaysWithinItsLines(String part) {
    String value = (part + " ").repeat(30).strip();
    String message = text(editor("\r\n").prepend("Subject", value).toMessage());
    assertThat(message.split("\r\n", -1)).allMatch(line -> line.length() <= 78);
    assertThat(first(message, "Subject").decoded()).isEqualTo(value);
  }

  @Test
  void leavesEncodedWordsOfTheTextAlone() {
    String message =
        text(editor("\r\n").prepend("Subject", "[ä] =?utf-8?q?=C3=BC?= ö").toMessage());
    assertThat(message).contains("=?utf-8?q?=C3=BC?=");
    assertThat(first(message, "Subject").decoded()).isEqualTo("[ä] ü ö");
  }

  @Test
  void writesRawValuesAsTheyAre() {
    String value = "v=1; b=" + "x".repeat(90) + "\r\n\ty ";
    assertThat(text(editor("A: 1\r\n\r\n").prependRaw("DKIM-Signature", value).toMessage()))
        .isEqualTo("DKIM-Signature: " + value + "\r\nA: 1\r\n\r\n");
    var utf8 = editor("A: 1\n\n").prependRaw("From", "<ä@b.example>\r\n x").toMessage();
    assertThat(text(utf8, UTF_8)).isEqualTo("From: <ä@b.example>\n x\nA: 1\n\n");
    assertThat(text(editor("A: 1\r\n\r\n").replaceRaw("a", "2").toMessage()))
        .isEqualTo("a: 2\r\n\r\n");
  }

  @ParameterizedTest
  @ValueSource(strings = {"a\r\nBcc: x", "a\nb", "a\rb", "a\0b", "a\r\n b"})
  void letsNoLineBreakIn(String value) {
    var editor = editor("A: 1\r\n\r\n");
    assertThatIllegalArgumentException().isThrownBy(() -> editor.prepend("X", value));
    assertThatIllegalArgumentException().isThrownBy(() -> editor.append("X", value));
    assertThatIllegalArgumentException().isThrownBy(() -> editor.replace("A", value));
    assertThat(text(editor.toMessage())).isEqualTo("A: 1\r\n\r\n");
  }

  @ParameterizedTest
  @ValueSource(strings = {"a\r\nBcc: x", "a\nb", "a\rb", "a\r b", "a\0b", "a\r\n", "a\r\n\r\n b"})
  void letsOnlyFoldsIntoRawValues(String value) {
    assertThatIllegalArgumentException().isThrownBy(() -> editor("").prependRaw("X", value));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "A:", "A B", "A\r\n", "Ä", ":", "\0"})
  void refusesWhatIsNoName(String name) {
    assertThatIllegalArgumentException().isThrownBy(() -> editor("").prepend(name, "x"));
  }

  @Test
  void doesNotTouchTheOriginal() {
    byte[] bytes = "A: 1\r\n\r\nb".getBytes(ISO_8859_1);
    var message = RawMessage.copyOf(bytes);
    assertThat(HeaderEditor.of(message).remove("A").prepend("B", "2").toMessage().size())
        .isPositive();
    assertThat(Arrays.equals(message.unsafeBytes(), bytes)).isTrue();
  }

  private static HeaderEditor editor(String text) {
    return HeaderEditor.of(RawMessage.wrap(text.getBytes(ISO_8859_1)));
  }

  private static HeaderField first(String message, String name) {
    return HeaderBlock.of(RawMessage.wrap(message.getBytes(ISO_8859_1))).first(name).orElseThrow();
  }

  private static String text(RawMessage message) {
    return text(message, ISO_8859_1);
  }

  private static String text(RawMessage message, Charset charset) {
    return new String(message.toByteArray(), charset);
  }
}
