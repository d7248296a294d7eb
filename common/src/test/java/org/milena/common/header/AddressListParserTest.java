package org.milena.common.header;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.milena.common.mail.MailAddress;

/** RFC 5322 section 3.4, 4.4 and appendix A, and what programs write instead. */
class AddressListParserTest {

  static Stream<Arguments> lists() {
    return Stream.of(
        list("a@b.example", "|a@b.example"),
        list("<a@b.example>", "|a@b.example"),
        list("Ann <a@b.example>", "Ann|a@b.example"),
        list("Ann Example<a@b.example>", "Ann Example|a@b.example"),
        list("\"Example, Ann\" <a@b.example>", "Example, Ann|a@b.example"),
        list("\"A \\\"B\\\" \\\\C\" <a@b.example>", "A \"B\" \\C|a@b.example"),
        list("a@b.example (Ann (the first))", "Ann (the first)|a@b.example"),
        list("Ann (home) <a@b.example> (really)", "Ann|a@b.example"),
        list("a@b.example, Bob <b@c.example>", "|a@b.example", "Bob|b@c.example"),
        list("\u0645\u06cc\u200c\u062e <a@b.example>", "\u0645\u06cc\u200c\u062e|a@b.example"),
        list("Ann\u202e\u2028 Example <a@b.example>", "Ann Example|a@b.example"),
        list("a@b.example,,, b@c.example,", "|a@b.example", "|b@c.example"),
        list(
            "Pete(A nice \\) chap) <pete(his account)@silly.test(his host)>",
            "Pete|pete@silly.test"),
        list(
            "A Group:Ed <ed@x.test>,joe@y.test,John <jdoe@one.test>;",
            "Ed|ed@x.test",
            "|joe@y.test",
            "John|jdoe@one.test"),
        list("Undisclosed recipients:;"),
        list("(Empty list)(start)Hidden recipients  :(nobody(that I know))  ;"),
        list("A:a@x.test;, B:b@x.test;", "|a@x.test", "|b@x.test"),
        list(
            "Mary <@node.test,@other.test:mary@example.net>, , jdoe@test   . example",
            "Mary|mary@example.net",
            "|jdoe@test.example"),
        list("=?utf-8?Q?J=C3=B6rg?= <j@x.test>", "Jörg|j@x.test"),
        list("=?utf-8?Q?M=C3=BCller,_J=C3=B6rg?= <j@x.test>", "Müller, Jörg|j@x.test"),
        list("=?utf-8?Q?M=C3=BCller,J?= <j@x.test>", "Müller,J|j@x.test"),
        list("\"=?utf-8?Q?J=C3=B6rg?=\" <j@x.test>", "Jörg|j@x.test"),
        list("=?utf-8?B?SsO2?= =?utf-8?B?cmc=?= <j@x.test>", "Jörg|j@x.test"),
        list("Jörg <j@x.test>", "Jörg|j@x.test"),
        list("=?utf-8?Q?a=0D=0ABcc:_b?= <j@x.test>", "a Bcc: b|j@x.test"),
        list("Ann via List <list@x.test>", "Ann via List|list@x.test"),
        list("\"x@y.test\" <evil@z.test>", "x@y.test|evil@z.test"),
        list("x@y.test <evil@z.test>", "x@y.test|evil@z.test"),
        list("\"a b,c\"@a.example", "|\"a b,c\"@a.example"),
        list("a@[192.0.2.1], b@[IPv6:::1]", "|a@[192.0.2.1]", "|b@[IPv6:::1]"),
        list("[list] Ann <a@b.example>", "[list] Ann|a@b.example"),
        // forgiven
        list("a@b.example; b@c.example", "|a@b.example", "|b@c.example"),
        list("Ann <a@b.example> Bob <b@c.example>", "Ann|a@b.example", "Bob|b@c.example"),
        list("Ann <a@b.example", "Ann|a@b.example"),
        list("Ann <a@b.example, Bob <b@c.example>", "Ann|a@b.example", "Bob|b@c.example"),
        list("<<a@b.example>>", "|a@b.example"),
        list("'a@b.example'", "|a@b.example"),
        list("<mailto:a@b.example>, mailto:b@c.example", "|a@b.example", "|b@c.example"),
        list("a@b.example.", "|a@b.example"),
        list("a..b@docomo.test, c.@docomo.test", "|\"a..b\"@docomo.test", "|\"c.\"@docomo.test"),
        list("\"Ann <a@b.example>", "\"Ann|a@b.example"),
        list("Ann (oh <a@b.example>", "Ann (oh|a@b.example"),
        list("Ann <a@bücher.example>", "Ann|a@xn--bcher-kva.example"),
        // no addresses
        list(""),
        list("Ann"),
        list("<>"),
        list("Ann <>"),
        list("user at host.example (Ann)"),
        list("a@b@c.example"),
        list("<a@1.2.3.4>, ok@b.example", "|ok@b.example"),
        list("@, ::;;<>(),\"\""));
  }

  private static Arguments list(String value, String... mailboxes) {
    return Arguments.of(value, List.of(mailboxes));
  }

  @ParameterizedTest
  @MethodSource("lists")
  void reads(String value, List<String> expected) {
    assertThat(AddressListParser.parse(value))
        .extracting(mailbox -> mailbox.displayName() + "|" + mailbox.address())
        .isEqualTo(expected);
  }

  @Test
  void givesTheFirst() {
    assertThat(AddressListParser.first("nobody, Ann <a@b.example>, c@d.example"))
        .contains(new HeaderMailbox("Ann", MailAddress.of("a@b.example")));
    assertThat(AddressListParser.first("nobody")).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\0',
      textBlock =
          """
          ''            | a@b.example
          Ann           | Ann <a@b.example>
          Ann Example   | Ann Example <a@b.example>
          Example, Ann  | "Example, Ann" <a@b.example>
          J. R. "Bob"   | "J. R. \\"Bob\\"" <a@b.example>
          a@b           | "a@b" <a@b.example>
          Jörg, M.      | =?UTF-8?Q?J=C3=B6rg=2C_M=2E?= <a@b.example>
          =?x?=         | =?UTF-8?Q?=3D=3Fx=3F=3D?= <a@b.example>
          """)
  void writesMailboxesItReadsAgain(String name, String expected) {
    var mailbox = new HeaderMailbox(name.equals("''") ? "" : name, MailAddress.of("a@b.example"));
    assertThat(mailbox).hasToString(expected);
    assertThat(AddressListParser.parse(expected)).containsExactly(mailbox);
  }

  @Test
  void anyNameSurvivesWritingAndReading() {
    var mutator = new Mutator(11);
    var address = MailAddress.of("a@b.example");
    for (int i = 0; i < 20_000; i++) {
      var mailbox = new HeaderMailbox(mutator.mutate("Ann \"Ä\" Example, (日本) <x@y>"), address);
      assertThat(AddressListParser.parse(mailbox.toString())).containsExactly(mailbox);
    }
  }

  @Test
  void hostileListsAreReadInOnePass() {
    int n = 500_000;
    for (String part :
        List.of("(", "\"", "<", "[", "=?", ":", "@[", "a@b (", "<\"", "<(", "\\", "=?x?q?")) {
      assertThat(AddressListParser.parse(part.repeat(n)).size()).isLessThanOrEqualTo(n);
    }
    assertThat(AddressListParser.parse("a@b.example,".repeat(100_000))).hasSize(100_000);
    assertThat(AddressListParser.parse("(".repeat(n) + ")".repeat(n) + "a@b.example")).hasSize(1);
    assertThat(AddressListParser.parse("a@b.example" + ".".repeat(10 * n))).hasSize(1);
    assertThat(AddressListParser.parse("@" + ".".repeat(10 * n))).isEmpty();
  }
}
