package org.milena.common.header;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** RFC 2047, its examples, and what programs write instead. */
class EncodedWordsTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\0',
      textBlock =
          """
          plain text                                          | plain text
          =?US-ASCII?Q?Keith_Moore?=                          | Keith Moore
          =?ISO-8859-1?Q?Keld_J=F8rn_Simonsen?= <k@d.example> | Keld Jørn Simonsen <k@d.example>
          =?ISO-8859-1?B?SWYgeW91IGNhbiByZWFkIHRoaXMgeW8=?= =?ISO-8859-2?B?dSB1bmRlcnN0YW5kIHRoZSBleGFtcGxlLg==?= | If you can read this you understand the example.
          =?ISO-8859-1?Q?a?=                                  | a
          =?ISO-8859-1?Q?a?= b                                | a b
          =?ISO-8859-1?Q?a?= =?ISO-8859-1?Q?b?=               | ab
          =?ISO-8859-1?Q?a?=    =?ISO-8859-1?Q?b?=            | ab
          =?ISO-8859-1?Q?a_b?=                                | a b
          =?ISO-8859-1?Q?a?= =?ISO-8859-2?Q?_b?=              | a b
          =?utf-8?q?=E2=82?= =?utf-8?q?=AC?=                  | €
          =?utf-8?b?4oI=?= =?UTF-8?q?=AC?=                    | €
          =?utf-8?q?a?==?utf-8?q?b?=                          | ab
          =?utf-8*en?Q?word?=                                 | word
          =?utf-8?Q?with raw spaces?=                         | with raw spaces
          =?utf-8?Q?raw ü?=                                   | raw ü
          =?utf-8?Q?what??=                                   | what?
          =?utf-8?Q??=                                        | ''
          x=?utf-8?Q?y?=z                                     | xyz
          =?utf-8?b?w6Q?=                                     | ä
          =?utf-8?b?w6Q===?=                                  | ä
          =?utf-8?b?w6 Q-=?=                                  | ä
          =?utf-8?q?=c3=a4=G1=?=                              | ä=G1=
          =?utf-8?q?=FF?=                                     | \uFFFD
          =?x-nobody-knows?q?a=FFb?=                          | a\uFFFDb
          =?x-nobody-knows?q?=C3=A4?=                         | ä
          =?iso-8859-1?q?=93x=94?=                            | “x”
          =?gb2312?b?xOO6ww==?=                               | 你好
          =?iso-2022-jp?B?GyRCRnxLXBsoQg==?=                  | 日本
          =?shift_jis?B?k/qWew==?=                            | 日本
          =?koi8-r?B?8NLJ18XU?=                               | Привет
          =?utf-7?Q?J+APY-rg?=                                | Jörg
          =?y?q?=C3=A4?=                                      | ä
          =?utf-8?x?y?=                                       | =?utf-8?x?y?=
          =?utf-8?q?never ends                                | =?utf-8?q?never ends
          =?utf-8?q?broken =?utf-8?q?whole?=                  | =?utf-8?q?broken whole
          =??q?x?=                                            | =??q?x?=
          =?utf-8?q?x=0D=0ABcc:_y=00?=                        | x Bcc: y\uFFFD
          =? =? ?= ?=                                         | =? =? ?= ?=
          """)
  void decodes(String text, String expected) {
    assertThat(EncodedWords.decode(text)).isEqualTo(expected.equals("''") ? "" : expected);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\0',
      textBlock =
          """
          plain text              | plain text
          Köln                    | =?UTF-8?Q?K=C3=B6ln?=
          a Köln b                | a =?UTF-8?Q?K=C3=B6ln?= b
          Köln für alle           | =?UTF-8?Q?K=C3=B6ln_f=C3=BCr?= alle
          Привет                  | =?UTF-8?B?0J/RgNC40LLQtdGC?=
          =?utf-8?q?x?=           | =?UTF-8?Q?=3D=3Futf-8=3Fq=3Fx=3F=3D?=
          Jörg <j@x>, Käthe <k@x> | =?UTF-8?Q?J=C3=B6rg?= <j@x>, =?UTF-8?Q?K=C3=A4the?= <k@x>
          """)
  void encodes(String text, String expected) {
    assertThat(EncodedWords.encode(text)).isEqualTo(expected);
  }

  @ParameterizedTest
  @ValueSource(strings = {"aä", "ää", "日本語", "😀", "a\u0308e", "=?ä", "ä b", "ä  ö\tü"})
  void decodesWhatItEncodesInLegalWords(String alphabet) {
    var random = new Random(alphabet.hashCode());
    int[] characters = alphabet.codePoints().toArray();
    for (int i = 0; i < 2_000; i++) {
      var text = new StringBuilder();
      for (int n = random.nextInt(200); n > 0; n--) {
        boolean plain = random.nextInt(5) == 0;
        text.appendCodePoint(
            plain ? ' ' + random.nextInt(95) : characters[random.nextInt(characters.length)]);
      }
      String original = text.toString().strip();
      String encoded = EncodedWords.encode(original);
      assertThat(encoded).matches("[ -~\t]*");
      assertThat(EncodedWords.decode(encoded)).as(encoded).isEqualTo(original);
      for (String word : encoded.split("[ \t]+", -1)) {
        assertThat(!word.startsWith("=?") || word.length() <= 75).as(word).isTrue();
      }
    }
  }

  @Test
  void decodesEveryMillionOfBeginningsInOnePass() {
    assertThat(EncodedWords.decode("=?".repeat(1_000_000))).hasSize(2_000_000);
    assertThat(EncodedWords.decode("=?a?q?x".repeat(500_000))).hasSize(3_500_000);
    assertThat(EncodedWords.decode("=?a?q?x".repeat(500_000) + "?=")).hasSizeGreaterThan(3_000_000);
    assertThat(EncodedWords.decode("=?utf-8?q?x?= ".repeat(300_000)))
        .startsWith("xxx")
        .hasSize(300_001);
    assertThat(EncodedWords.decode("=?utf-8?q?" + "x".repeat(2_000_000) + "?=")).hasSize(2_000_000);
  }
}
