package org.milena.common.pattern;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.milena.common.mail.MailAddress;
import org.milena.common.pattern.AddressPatterns.OtherLists;

class AddressPatternsTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      textBlock =
          """
          ann@a.example           ; ann@a.example        ; true
          Ann@A.Example           ; aNN@a.example        ; true
          ann@a.example           ; ann@b.example        ; false
          "a b,c"@a.example       ; "A b,c"@a.example    ; true
          ^.*@a\\.example         ; ann@a.example        ; true
          ^.*@A\\.EXAMPLE$        ; Ann@a.example        ; true
          ^.*@a\\.example         ; ann@a.example.org    ; false
          ^ann                    ; ann@a.example        ; false
          ^(?:ann|bob)\\+?.*@.*   ; bob+x@a.example      ; true
          ^ann@münchen\\.example  ; ann@münchen.example  ; false
          ^ann@xn--mnchen-3ya\\.example ; ann@münchen.example ; true
          @dev@lists.example.org  ; ann@a.example        ; true
          @dev@lists.example.org  ; bob@a.example        ; false
          @no@lists.example.org   ; ann@a.example        ; false
          """)
  void meansTheAddressesItNames(String pattern, String address, boolean means) {
    assertThat(AddressPatterns.refusal(pattern)).isEmpty();
    OtherLists lists =
        (list, who) ->
            list.key().equals("dev@lists.example.org") && who.key().equals("ann@a.example");
    assertThat(AddressPatterns.of(List.of(pattern)).match(MailAddress.of(address), lists))
        .isEqualTo(means ? Optional.of(pattern) : Optional.empty());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "ann",
        "*@a.example",
        "@lists.example.org",
        "@",
        "@*",
        "^(",
        "^[a",
        "^a**",
        "^(?=a)b",
        "^(a)\\1",
        "^\\C",
        "^a{1001}",
        "^((a{1000}){1000}){1000}",
        "^(((((a{9}){9}){9}){9}){9}){9}",
        "^a{1,99999999999999999999}",
        "^[a-\\x{10FFFF}]",
        "^[a-\uDBFF\uDFFF]",
        "^x{1000}y{1000}"
      })
  void refusesWhatIsNone(String pattern) {
    assertThat(AddressPatterns.refusal(pattern)).isPresent();
    assertThat(AddressPatterns.refusal(List.of("ann@a.example", pattern))).isPresent();
    AddressPatterns patterns = AddressPatterns.of(List.of(pattern, "ann@a.example"));
    assertThat(patterns.match(MailAddress.of("ann@a.example"), OtherLists.NONE))
        .as("a broken one that is there all the same does not disturb the others")
        .contains("ann@a.example");
    assertThat(patterns.match(MailAddress.of("bob@a.example"), OtherLists.NONE)).isEmpty();
  }

  @Test
  void refusesTooMany() {
    List<String> many = IntStream.range(0, 10_001).mapToObj(i -> "a" + i + "@a.example").toList();
    assertThat(AddressPatterns.refusal(many)).isPresent();
    assertThat(AddressPatterns.refusal(many.subList(0, 10_000))).isEmpty();
    List<String> heavy = IntStream.range(0, 90).mapToObj(i -> "^" + i + "a{900}").toList();
    assertThat(AddressPatterns.refusal(heavy)).isPresent();
    assertThat(AddressPatterns.refusal("^" + "a".repeat(600))).isPresent();
  }

  @Test
  void isCompiledOnceForTheSamePatterns() {
    assertThat(AddressPatterns.of(List.of("^x", "b@b.example")))
        .isSameAs(AddressPatterns.of(new ArrayList<>(List.of("^x", "b@b.example"))));
  }

  /** Patterns on which a machine that goes back and forth takes years. */
  @Test
  void hostilePatternsTakeStepsInProportionToWhatTheyAreAskedAbout() {
    List<String> hostile =
        List.of(
            "^(a+)+$", "^(a|aa)+$", "^(.*a){20}$", "^([a-z]+)*@b$", "^(x+x+)+y", "^(a?){60}a{60}");
    assertThat(AddressPatterns.refusal(hostile)).isEmpty();
    AddressPatterns patterns = AddressPatterns.of(hostile);
    for (int i = 0; i < 200; i++) {
      assertThat(
              patterns.match(
                  MailAddress.of("a".repeat(64) + "@" + "a".repeat(60) + ".example"),
                  OtherLists.NONE))
          .isEmpty();
    }
  }

  @Test
  void neverThrowsWhateverItIsGiven() {
    Random random = new Random(4711);
    String[] pieces = {
      "^",
      "a",
      "@",
      ".",
      "*",
      "+",
      "?",
      "(",
      ")",
      "[",
      "]",
      "{",
      "}",
      "{3}",
      "{2,}",
      "{1000}",
      "{999,1000}",
      "|",
      "\\",
      "\\Q",
      "\\E",
      "\\pL",
      "\\p{Greek}",
      "\\b",
      "(?i)",
      "(?P<n>",
      "$",
      "[^",
      "[:alpha:]",
      "-",
      "\\x{10FFFF}",
      "\uD800",
      "\u00fc",
      "\u0000",
      "example",
      "\n",
      "ſ"
    };
    MailAddress address = MailAddress.of("a.example+x@a.example");
    int kept = 0;
    for (int i = 0; i < 3_000; i++) {
      StringBuilder pattern = new StringBuilder("^");
      for (int k = random.nextInt(24); k >= 0; k--) {
        pattern.append(pieces[random.nextInt(pieces.length)]);
      }
      kept += AddressPatterns.refusal(pattern.toString()).isEmpty() ? 1 : 0;
      var _ = AddressPatterns.of(List.of(pattern.toString())).match(address, OtherLists.NONE);
    }
    assertThat(kept).isPositive();
  }
}
