package org.milena.listexpander.migration;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import java.util.Random;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PythonPatternsTest {

  @ParameterizedTest(name = "{0} is {1}")
  @CsvSource(
      delimiter = ' ',
      value = {
        "ann@a.example ann@a.example",
        "Ann@a.example Ann@a.example",
        "@other @other@lists.example.org",
        "@other@b.example @other@b.example",
        "^.*@a\\.example$ ^.*@a\\.example",
        "^ann ^ann.*",
        "^ann.* ^ann.*",
        "^ann\\.* ^ann\\.*.*",
        "^a\\$ ^a\\$.*",
        "^a|b ^(?:a|b).*",
        "^(a|b)@ ^(a|b)@.*",
        "^[|]@ ^[|]@.*",
        "^a\\Z ^a\\z.*",
      })
  void keepsWhatItMeans(String mailman, String ours) {
    assertThat(PythonPatterns.ofAddress(mailman, "lists.example.org")).contains(ours);
  }

  @ParameterizedTest
  @CsvSource(
      value = {
        "^(?=a)",
        "^(?!a)",
        "^(?<=a)b",
        "^(a)\\1",
        "^(?P=n)",
        "^(",
        "^a++",
        "^a{1001}",
        "^(?u)a",
        "^(?x)a",
        "ann",
        "@",
        "^[a"
      })
  void leavesWhatRe2CannotRead(String mailman) {
    assertThat(PythonPatterns.ofAddress(mailman, "lists.example.org")).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ' ',
      value = {
        "^subject:.*casino subject casino",
        "^Subject:.casino subject ^casino",
        "subject:casino subject ^casino",
        "x-spam-level:\\s*[*]{5} x-spam-level ^\\s*[*]{5}",
        "^to:.* to .*",
        "^from:a|b from ^(?:a|b)",
      })
  void cutsARuleAtItsColon(String rule, String header, String pattern) {
    assertThat(PythonPatterns.ofHeader(rule)).contains(new PythonPatterns.Field(header, pattern));
  }

  @Test
  void cutsAtTheColonWithItsBlankFirst() {
    assertThat(PythonPatterns.ofHeader("^subject: .*a: b"))
        .contains(new PythonPatterns.Field("subject", "a: b"));
  }

  @ParameterizedTest
  @CsvSource(value = {"^x-.*: y", "nothing", "^(to|cc): x", ": x", "^subject: (?!a)"})
  void leavesARuleThatIsForNoOneField(String rule) {
    assertThat(PythonPatterns.ofHeader(rule)).isEmpty();
  }

  @Test
  void whateverIsThereNeverThrowsAndWhatIsTakenCompiles() {
    Random random = new Random(7);
    String alphabet = "^$.*+?|()[]{}\\@:-ab1 \u00e9";
    for (int i = 0; i < 20_000; i++) {
      StringBuilder text = new StringBuilder();
      for (int n = random.nextInt(24); n > 0; n--) {
        text.append(alphabet.charAt(random.nextInt(alphabet.length())));
      }
      Optional<String> address = PythonPatterns.ofAddress(text.toString(), "a.example");
      address
          .filter(pattern -> pattern.startsWith("^"))
          .ifPresent(pattern -> assertThat(Pattern.compile(pattern)).isNotNull());
      PythonPatterns.ofAlias(text.toString())
          .ifPresent(pattern -> assertThat(Pattern.compile(pattern)).isNotNull());
      PythonPatterns.ofHeader(text.toString())
          .ifPresent(field -> assertThat(Pattern.compile(field.pattern())).isNotNull());
    }
  }
}
