package org.milena.common.header;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.nio.charset.Charset;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class MailCharsetsTest {

  /** Octets are given as Latin-1. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\0',
      textBlock =
          """
          UTF-8        | \u00c3\u00a4       | ä
          utf8         | \u00c3\u00a4       | ä
          us-ascii     | \u00c3\u00a4       | ä
          us-ascii     | \u00e4             | ä
          iso-8859-1   | \u00e4\u0080       | ä€
          ISO-8859-15  | \u00a4             | €
          utf-8*de     | \u00c3\u00a4       | ä
          gb2312       | \u00c4\u00e3       | 你
          GBK          | \u00c4\u00e3       | 你
          big5         | \u00a4\u00a4       | 中
          ks_c_5601-1987 | \u00c7\u00d1     | 한
          windows-1251 | \u00cf             | П
          windows-874  | \u00a1             | ก
          utf-7        | a+AOQ-b+- +2D3eAA | aäb+ 😀
          unicode-1-1-utf-7 | +AOQ          | ä
          y            | \u00e4a            | \uFFFDa
          no such set! | \u00e4a            | \uFFFDa
          x-unknown    | \u00e4             | ä
          """)
  void decodes(String name, String octets, String expected) {
    byte[] bytes = octets.getBytes(ISO_8859_1);
    assertThat(MailCharsets.decode(bytes, 0, bytes.length, name)).isEqualTo(expected);
  }

  static Stream<Arguments> lies() {
    return Stream.of(
        arguments("iso-8859-1", "\u00c3\u00a4", "ä"),
        arguments("windows-1252", "a\u00c3\u00a4", "aä"),
        arguments("iso-8859-1", "\u00c3\u00a4\u00e4", "Ã¤ä"),
        arguments("iso-8859-1", "\u00c3\u00a4\u00e2\u0082", "ä\uFFFD"),
        arguments("utf-8", "Gr\u00fc\u00dfe", "Grüße"),
        arguments("utf-8", "\u00c3\u00a4\u00e4x", "ä\uFFFDx"),
        arguments("windows-1251", "\u00c2\u00b3", "Ві"),
        arguments("windows-1251", "\u00d0\u0094\u00d0\u00b0\u00d0\u00b0", "Даа"),
        arguments("koi8-r", "\u00d0\u0094\u00d0\u00b0\u00d0\u00b0", "Даа"),
        arguments("iso-8859-2", "\u0093\u00b1\u0094", "“±”"),
        arguments("iso-8859-2", "\u00b1", "ą"),
        arguments("iso-8859-5", "\u0085\u00cf", "…П"),
        arguments("iso-8859-7", "\u0093\u00e1", "“α"),
        arguments("iso-8859-15", "\u0080", "€"),
        arguments("cp949", "\u00c7\u00d1", "한"),
        arguments("ks_c_5601-1989", "\u00c7\u00d1", "한"),
        arguments("euc-cn", "\u00c4\u00e3", "你"),
        arguments("cn-big5", "\u00a4\u00a4", "中"),
        arguments("iso-2022-jp-ms", "\u001b$B-!\u001b(B", "①"),
        arguments("cp50221", "\u001b$B-!\u001b(B", "①"));
  }

  /** Names that lie, and other names of the same. */
  @ParameterizedTest
  @MethodSource("lies")
  void seesThroughNames(String name, String octets, String expected) {
    decodes(name, octets, expected);
  }

  @Test
  void decodesAPart() {
    byte[] bytes = "xx\u00c3\u00a4yy".getBytes(ISO_8859_1);
    assertThat(MailCharsets.decode(bytes, 2, 4, "utf-8")).isEqualTo("ä");
    assertThat(MailCharsets.guess(bytes, 0, 3)).isEqualTo("xxÃ");
    assertThat(MailCharsets.guess(bytes, 0, 0)).isEmpty();
  }

  @Test
  void findsSets() {
    assertThat(MailCharsets.find("GB2312"))
        .hasValueSatisfying(set -> assertThat(set.name()).isEqualTo("GB18030"));
    assertThat(MailCharsets.find("no such set")).isEmpty();
    assertThat(MailCharsets.find("")).isEmpty();
  }

  @Test
  void findsEverySetByEachOfItsNames() {
    Charset.availableCharsets()
        .forEach((name, charset) -> {
          if (name.startsWith("IBM")) {
            assertThat(MailCharsets.find(name)).contains(charset);
            assertThat(charset.aliases())
                .allSatisfy(
                    alias -> assertThat(MailCharsets.find(alias)).contains(Charset.forName(alias)));
          }
        });
    assertThat(MailCharsets.find("")).isEmpty();
    assertThat(MailCharsets.find("no such set")).isEmpty();
  }

  /** One by one through all providers of Java it is a minute. */
  @Test
  @Timeout(20)
  void looksForManyNamesThatNobodyKnows() {
    for (int i = 0; i < 1_000_000; i++) {
      assertThat(MailCharsets.find("x-" + i).isPresent()).isFalse();
    }
  }
}
