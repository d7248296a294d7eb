package org.milena.common.directory;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SearchNameTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "  ",
        "a\nb",
        "a\tb",
        "a\u0000",
        "a\u0085b",
        "a\u2028b",
        "\u202eevil",
        "a\u2066b",
        "a\ud83d",
        "\u200b",
        "\u200d\u00ad",
        "\u0301"
      })
  void nothingThatCannotBeSeenAsALineIsOne(String typed) {
    assertThat(SearchName.of(typed)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"x", "kernel/net: 50% done; \"now\"", "Käfer", "👩‍💻 code", "می‌خواهم", "<b>"})
  void allElseIs(String typed) {
    assertThat(SearchName.of(typed)).contains(typed);
  }

  @Test
  void countsWhatPeopleSeeAndNotUnits() {
    assertThat(SearchName.of("🐞".repeat(100))).isPresent();
    assertThat(SearchName.of("🐞".repeat(101))).isEmpty();
    assertThat(SearchName.of(" " + "a".repeat(100) + "\n")).contains("a".repeat(100));
  }

  @Test
  void spacesAndFormsOfLettersAreOne() {
    assertThat(SearchName.of("  my \u00a0 bu\u0308ro \u3000x ")).contains("my b\u00fcro x");
  }

  @Test
  void caseTellsNoTwoApart() {
    assertThat(SearchName.folded("STRASSE")).isEqualTo(SearchName.folded("straße"));
    assertThat(SearchName.folded("ΣΟΦΟΣ")).isEqualTo(SearchName.folded("σοφος"));
    assertThat(SearchName.folded("ÄRGER")).isEqualTo(SearchName.folded("ärger"));
    assertThat(SearchName.folded("arger")).isNotEqualTo(SearchName.folded("ärger"));
  }
}
