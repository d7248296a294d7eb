package org.milena.listexpander.membership;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.milena.common.mail.MailAddress;
import org.milena.listexpander.membership.MemberLines.Line;

class MemberLinesTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      textBlock =
          """
          ann@a.example                      | ann@a.example | ~~
            ann@a.example                    | ann@a.example | ~~
          ann@a.example,Ann                  | ann@a.example | Ann
          ann@a.example;Ann Example          | ann@a.example | Ann Example
          ann@a.example,"Example, Ann"       | ann@a.example | Example, Ann
          "ann@a.example","The ""Boss"" Ann" | ann@a.example | The "Boss" Ann
          ann@a.example,Ann,member,2020      | ann@a.example | Ann
          Ann Example <ann@a.example>        | ann@a.example | Ann Example
          "Example, Ann" <ann@a.example>     | ann@a.example | Example, Ann
          <ann@a.example>                    | ann@a.example | ~~
          Ann@B\u00dcCHER.example            | Ann@xn--bcher-kva.example | ~~
          """)
  void reads(String line, String address, String name) {
    assertThat(MemberLines.read(line)).isEqualTo(new Line.Somebody(MailAddress.of(address), name));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "   ", "# a comment", "address,name", "E-Mail;Name", "\uFEFFemail"})
  void skips(String line) {
    assertThat(MemberLines.read(line)).isInstanceOf(Line.Nothing.class);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"ann", "ann@", "@a.example", "a b@c.example", "Ann <>", "Ann,ann@a.example"})
  void reportsWhatItCannotRead(String line) {
    assertThat(MemberLines.read(line)).isInstanceOf(Line.Bad.class);
  }

  @ParameterizedTest
  @ValueSource(ints = {2_001, 100_000})
  void reportsEndlessLines(int length) {
    assertThat(MemberLines.read("a".repeat(length))).isInstanceOf(Line.Bad.class);
    assertThat(MemberLines.read(" ".repeat(length))).isInstanceOf(Line.Bad.class);
  }
}
