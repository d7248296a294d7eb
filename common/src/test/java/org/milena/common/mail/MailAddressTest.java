package org.milena.common.mail;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** RFC 5321 section 4.1.2, RFC 6531 section 3.3. */
class MailAddressTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\0',
      textBlock =
          """
          user@example.org            | user        | example.org          | user@example.org
          User@EXAMPLE.Org            | User        | example.org          | User@example.org
          a.b+c=d@x.example           | a.b+c=d     | x.example            | a.b+c=d@x.example
          user@localhost              | user        | localhost            | user@localhost
          "a b"@example.org           | a b         | example.org          | "a b"@example.org
          "a\\"b"@example.org         | a"b         | example.org          | "a\\"b"@example.org
          "a\\\\b"@example.org        | a\\b        | example.org          | "a\\\\b"@example.org
          "list"@example.org          | list        | example.org          | list@example.org
          "T@ext"@example.org         | T@ext       | example.org          | "T@ext"@example.org
          "a..b"@example.org          | a..b        | example.org          | "a..b"@example.org
          T%ext@example.org           | T%ext       | example.org          | T%ext@example.org
          ext!T@example.org           | ext!T       | example.org          | ext!T@example.org
          a@[192.0.2.1]               | a           | [192.0.2.1]          | a@[192.0.2.1]
          a@[IPv6:2001:DB8:0:0::1]    | a           | [IPv6:2001:db8::1]   | a@[IPv6:2001:db8::1]
          a@[ipv6:::1]                | a           | [IPv6:::1]           | a@[IPv6:::1]
          a@[IPv6:::]                 | a           | [IPv6:::]            | a@[IPv6:::]
          a@[IPv6:1:0:0:2:0:0:0:3]    | a           | [IPv6:1:0:0:2::3]    | a@[IPv6:1:0:0:2::3]
          a@[IPv6:1:0:2:3:4:5:6:7]    | a           | [IPv6:1:0:2:3:4:5:6:7] | a@[IPv6:1:0:2:3:4:5:6:7]
          a@[IPv6:::ffff:192.0.2.1]   | a           | [IPv6:::ffff:192.0.2.1] | a@[IPv6:::ffff:192.0.2.1]
          jörg@example.org            | jörg        | example.org          | jörg@example.org
          a@bücher.example            | a           | xn--bcher-kva.example | a@xn--bcher-kva.example
          a@BÜCHER.example            | a           | xn--bcher-kva.example | a@xn--bcher-kva.example
          a@straße.example            | a           | xn--strae-oqa.example | a@xn--strae-oqa.example
          用户@例え.テスト               | 用户          | xn--r8jz45g.xn--zckzah | 用户@xn--r8jz45g.xn--zckzah
          """)
  void readsMailboxes(String text, String localPart, String domain, String wire) {
    var address = valid(text);
    assertThat(address.localPart()).isEqualTo(localPart);
    assertThat(address.domain()).isEqualTo(domain);
    assertThat(address).hasToString(wire);
    assertThat(MailAddress.of(wire)).isEqualTo(address);
  }

  @Test
  void takesAnEmptyQuotedLocalPart() {
    assertThat(valid("\"\"@example.org").localPart()).isEmpty();
    assertThat(valid("\"\"@example.org")).hasToString("\"\"@example.org");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "@",
        "user",
        "@example.org",
        "user@",
        "<user@example.org>",
        " user@example.org",
        "user@example.org ",
        "user @example.org",
        "user@ example.org",
        "a@b@example.org",
        "T@ext@[192.0.2.1]",
        "\"T@ext\"",
        "\"T%ext\"",
        "ext!T",
        "@srv:T@ext",
        "@a.example,@b.example:c@d.example",
        ".a@example.org",
        "a.@example.org",
        "a..b@example.org",
        "a b@example.org",
        "a,b@example.org",
        "a(b)@example.org",
        "\"a@example.org",
        "\"a\"b@example.org",
        "\"a\\\"@example.org",
        "user@example.org.",
        "user@.example.org",
        "user@example..org",
        "user@-example.org",
        "user@example-.org",
        "user@exa_mple.org",
        "user@exa mple.org",
        "user@example.org:25",
        "user@example.org\r\nRCPT TO:<x@y>",
        "us\ner@example.org",
        "\"us\ner\"@example.org",
        "\"us\0er\"@example.org",
        "\"us\\\rer\"@example.org",
        "\"us\ter\"@example.org",
        "\"a<b\"@example.org",
        "\"a>b\"@example.org",
        "a%0d%0ab@example.org",
        "a%0Ab@example.org",
        "a%00@example.org",
        "user@1.2.3.4",
        "user@example.123",
        "user@4294967295",
        "user@[4294967295]",
        "user@[1.2.3]",
        "user@[1.2.3.256]",
        "user@[01.2.3.4]",
        "user@[1.2.3.4",
        "user@1.2.3.4]",
        "user@[IPv6:]",
        "user@[IPv6:::1%eth0]",
        "user@[IPv6:1:2:3]",
        "user@[IPv6:::g]",
        "user@[x-tag:whatever]",
        "user@[]",
        "user@xn--",
        "user@exam\u3002ple.org\u3002",
        "user@1\uFF0E2\uFF0E3\uFF0E4",
        "user@a\u202Eb.example",
        "a\u202Eb@example.org",
        "a\u200Bb@example.org",
        "a\u00A0b@example.org",
        "a\u0085b@example.org",
        "a\u2028b@example.org",
        "\u212Aevin@example.org",
        "a\uD800b@example.org",
        "user\uFF20example.org"
      })
  void refusesWhatIsNoMailbox(String text) {
    var parsed = MailAddress.parse(text);
    assertThat(parsed).isInstanceOf(ParsedAddress.Invalid.class);
    assertThat(((ParsedAddress.Invalid) parsed).reason()).isNotBlank().isPrintable().isASCII();
    assertThatIllegalArgumentException().isThrownBy(() -> MailAddress.of(text));
  }

  @Test
  void keepsTheLimitsOfLength() {
    String label = "d".repeat(63);
    assertThat(valid("a".repeat(64) + "@x.example").localPart()).hasSize(64);
    assertInvalid("a".repeat(65) + "@x.example", "64");
    assertThat(valid("ü".repeat(32) + "@x.example").localPart()).hasSize(32);
    assertInvalid("ü".repeat(33) + "@x.example", "64");
    assertInvalid("\"" + "a".repeat(61) + "..\"@x.example", "64");
    assertThat(valid("a@" + label + ".example").domain()).hasSize(71);
    assertInvalid("a@" + label + "d.example", "63");
    String domain = String.join(".", label, label, label) + "." + "e".repeat(60);
    assertThat(valid("a@" + domain).toString()).hasSize(254);
    assertInvalid("aa@" + domain, "254");
    assertInvalid("a@" + "d.".repeat(200) + "example", "254");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new MailAddress("a", "d.".repeat(130) + "example"))
        .withMessageContaining("255");
  }

  @Test
  void keepsTheCaseOfTheLocalPartButLooksUpWithout() {
    assertThat(MailAddress.of("List@Example.org")).isNotEqualTo(MailAddress.of("list@example.org"));
    assertThat(MailAddress.of("List@Example.org").key()).isEqualTo("list@example.org");
    assertThat(MailAddress.of("\"LIST\"@example.org").key()).isEqualTo("list@example.org");
    assertThat(MailAddress.of("JÖRG@example.org").key()).isEqualTo("jörg@example.org");
  }

  @Test
  void looksUpComposedAndDecomposedAlikeAndConfusableApart() {
    assertThat(MailAddress.of("jo\u0308rg@example.org").key())
        .isEqualTo(MailAddress.of("j\u00F6rg@example.org").key());
    assertThat(MailAddress.of("p\u0430ul@example.org").key())
        .isNotEqualTo(MailAddress.of("paul@example.org").key());
  }

  @Test
  void knowsWhetherItNeedsSmtpUtf8() {
    assertThat(MailAddress.of("a@bücher.example").isAscii()).isTrue();
    assertThat(MailAddress.of("ä@example.org").isAscii()).isFalse();
  }

  @Test
  void movesToAnotherLocalPart() {
    var bounces = MailAddress.of("users@example.org").withLocalPart("users-bounces+a=b");
    assertThat(bounces).hasToString("users-bounces+a=b@example.org");
    assertThatIllegalArgumentException().isThrownBy(() -> bounces.withLocalPart("a\r\nb"));
  }

  @Test
  void checksWhatIsBuiltFromItsParts() {
    assertThat(new MailAddress("a b", "EXAMPLE.org")).hasToString("\"a b\"@example.org");
    assertThatIllegalArgumentException().isThrownBy(() -> new MailAddress("a", "b>"));
    assertThatIllegalArgumentException().isThrownBy(() -> new MailAddress("a\n", "b.example"));
  }

  private static MailAddress valid(String text) {
    return switch (MailAddress.parse(text)) {
      case ParsedAddress.Valid(var address) -> address;
      case ParsedAddress.Invalid(var reason) -> throw new AssertionError(text + ": " + reason);
    };
  }

  private static void assertInvalid(String text, String reasonPart) {
    assertThat(MailAddress.parse(text))
        .isInstanceOfSatisfying(
            ParsedAddress.Invalid.class,
            invalid -> assertThat(invalid.reason()).contains(reasonPart));
  }
}
