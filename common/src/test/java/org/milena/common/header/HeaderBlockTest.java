package org.milena.common.header;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** RFC 5322 section 2.2, and what is forgiven. */
class HeaderBlockTest {

  static Stream<Arguments> messages() {
    return Stream.of(
        message("plain", "A: 1\r\nB: 2\r\n\r\nbody", "body", "A=1", "B=2"),
        message("bare LF", "A: 1\nB: 2\n\nbody", "body", "A=1", "B=2"),
        message("mixed line ends", "A: 1\nB: 2\r\nC: 3\n\r\nbody", "body", "A=1", "B=2", "C=3"),
        message("CR CR LF", "A: 1\r\r\nB: 2\r\r\n\r\r\nbody", "body", "A=1", "B=2"),
        message("folded", "A: 1\r\n 2\r\n\t3\r\n\r\n", "", "A=1 2\t3"),
        message("folded over a blank line", "A: 1\r\n \r\n 2\r\n\r\nb", "b", "A=1  2"),
        message("no body", "A: 1\r\n", "", "A=1"),
        message("no last line end", "A: 1\r\nB: 2", "", "A=1", "B=2"),
        message("empty", "", ""),
        message("only the empty line", "\r\nbody", "body"),
        message("empty value", "A:\r\nB: \r\n\r\n", "", "A=", "B="),
        message("no space after the colon", "A:1\r\n\r\n", "", "A=1"),
        message("space before the colon", "A : 1\r\nB\t : 2\r\n\r\n", "", "A=1", "B=2"),
        message("nothing before the colon", ": 1\r\nB: 2\r\n\r\n", "", "=1", "B=2"),
        message("odd names", "__proto__: 1\r\na.b!{}~: 2\r\n\r\n", "", "__proto__=1", "a.b!{}~=2"),
        message("NUL", "A: 1\u00002\r\n\r\nb", "b", "A=1\uFFFD2"),
        message("stray CR", "A: 1\r2\r\n\r\nb", "b", "A=1 2"),
        message("8-bit", "A: caf\u00e9\r\n\r\nb", "b", "A=café"),
        message("UTF-8", "A: caf\u00c3\u00a9\r\n\r\nb", "b", "A=café"),
        message("windows-1252", "A: \u0093x\u0094\r\n\r\nb", "b", "A=“x”"),
        message("body without header", "Hello\r\nA: 1\r\n\r\nb", "Hello\r\nA: 1\r\n\r\nb"),
        message("indented body without header", "  Hello\r\n\r\nb", "  Hello\r\n\r\nb"),
        message("sentence", "From here on: 1\r\n", "From here on: 1\r\n"),
        message("no empty line", "A: 1\r\nHello there\r\nbye", "Hello there\r\nbye", "A=1"),
        message("MIME boundary", "A: 1\r\n--x\r\nTo: y\r\n\r\n", "--x\r\nTo: y\r\n\r\n", "A=1"),
        message("8-bit name", "A: 1\r\n\u00e9: 2\r\n\r\n", "\u00e9: 2\r\n\r\n", "A=1"),
        message("mbox line", "From a@b Fri Feb 22 17:06:23 2008\nA: 1\n\nb", "b", "A=1"),
        message("quoted mbox line", ">From a Fri Feb 22 17:06:23 2008\nA: 1\n\nb", "b", "A=1"),
        message("short mbox line", "From nobody\nA: 1\n\nb", "b", "A=1"),
        message("field From", "From : a@b\r\n\r\nb", "b", "From=a@b"),
        message(
            "mbox line inside",
            "A: 1\nFrom a@b Fri Feb 22 17:06:23 2008\nB: 2\n\nb",
            "b",
            "A=1",
            "=From a@b Fri Feb 22 17:06:23 2008",
            "B=2"),
        message("indent before all", " x\r\nA: 1\r\n\r\nb", "b", "A=1"),
        message("indent lost", "A: 1\r\nand 2\r\nTo: x\r\n\r\nb", "b", "A=1 and 2", "To=x"),
        message("lost twice", "A: 1\n2\n3\nX-B: 4\n\nb", "b", "A=1 2 3", "X-B=4"),
        message("text, no field", "A: 1\nHi,\n\nTo: x\n\n", "Hi,\n\nTo: x\n\n", "A=1"),
        message("text, odd field", "A: 1\nHi,\nNote: x\n\n", "Hi,\nNote: x\n\n", "A=1"));
  }

  private static Arguments message(String what, String text, String body, String... fields) {
    return Arguments.of(what, text, body, List.of(fields));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("messages")
  void reads(String what, String text, String body, List<String> fields) {
    byte[] bytes = text.getBytes(ISO_8859_1);
    var block = HeaderBlock.of(bytes, bytes.length);
    assertThat(block.fields())
        .as(what)
        .extracting(field -> field.name() + "=" + field.value())
        .isEqualTo(fields);
    assertThat(text.substring(block.bodyOffset())).isEqualTo(body);
  }

  @Test
  void knowsWhereAFieldLies() {
    String text = "From x Fri 17:06:23\nA: 1\r\n 2\r\nB: 3\r\n\r\n";
    var block = block(text);
    var field = block.first("a").orElseThrow();
    assertThat(text.substring(field.start(), field.end())).isEqualTo("A: 1\r\n 2\r\n");
    assertThat(field.toByteArray()).asString(ISO_8859_1).isEqualTo("A: 1\r\n 2\r\n");
  }

  @Test
  void findsFieldsInAnyCase() {
    var block = block("Received: 1\r\nSUBJECT: x\r\nreceived: 2\r\nReceived-SPF: no\r\n\r\n");
    assertThat(block.all("RECEIVED")).extracting(HeaderField::value).containsExactly("1", "2");
    assertThat(block.first("Subject")).map(HeaderField::value).contains("x");
    assertThat(block.has("sUbJeCt")).isTrue();
    assertThat(block.has("Subjec")).isFalse();
    assertThat(block.first("X")).isEmpty();
  }

  @Test
  void readsOnlySoManyOctets() {
    byte[] bytes = "A: 1\r\n\r\nbody".getBytes(ISO_8859_1);
    assertThat(HeaderBlock.of(bytes, 4).fields())
        .extracting(HeaderField::value)
        .containsExactly("1");
    assertThat(HeaderBlock.of(bytes, 4).bodyOffset()).isEqualTo(4);
  }

  @Test
  void decodesWhatIsForPeople() {
    var field = block("Subject: =?utf-8?q?caf=C3=A9?=\r\n =?utf-8?q?_x=0D=0ABcc:_y?=\r\n\r\n");
    assertThat(field.first("subject").orElseThrow().decoded()).isEqualTo("café x Bcc: y");
  }

  /** Done in the time of a few passes over the octets, or not within the patience of a build. */
  @Test
  void manyFieldsAndLongOnesAreNoTrouble() {
    assertThat(block("X: y\r\n".repeat(1_000_000) + "\r\n").fields()).hasSize(1_000_000);
    assertThat(block("X: " + "y\r\n ".repeat(1_000_000) + "z\r\n\r\n").fields()).hasSize(1);
    assertThat(block("x".repeat(4_000_000)).fields()).isEmpty();
    assertThat(block("A: b\n" + "junk\n".repeat(1_000_000)).fields()).hasSize(1);
    assertThat(block("A: b\n" + "j\nk\nX-Y: z\n".repeat(500_000)).fields()).hasSize(500_001);
    assertThat(block(" \n".repeat(1_000_000)).fields()).isEmpty();
    assertThat(block("From x 11:11:11\n".repeat(500_000)).fields()).isEmpty();
    assertThat(block("\r".repeat(2_000_000)).fields()).isEmpty();
    var cold = block("\r\r\r\r\r\r\r\r\nA".repeat(200_000));
    assertThat(cold.bodyOffset()).isEqualTo(9);
  }

  private static HeaderBlock block(String text) {
    byte[] bytes = text.getBytes(ISO_8859_1);
    return HeaderBlock.of(bytes, bytes.length);
  }
}
