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
        "\u0301",
        "\u3164",
        "\u115f\u1160",
        "\uffa0",
        "\u2800 \u2800",
        "\ufe0f",
        "\udb40\udc41"
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

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Mine\u200b",
        "\ufeffMine",
        "Mi\u00adne",
        "Mine\u3164",
        "Mine\u2800",
        "Mine \u200b",
        "Mi\u2060ne",
        "\u200dMine\u200c"
      })
  void whatCannotBeSeenTellsNoTwoApart(String typed) {
    assertThat(SearchName.folded(typed)).isEqualTo(SearchName.folded("Mine"));
  }

  @Test
  void joinersInsideAWordDo() {
    assertThat(SearchName.folded("می\u200cخواهم")).isNotEqualTo(SearchName.folded("میخواهم"));
    assertThat(SearchName.folded("👩‍💻")).isNotEqualTo(SearchName.folded("👩💻"));
    assertThat(SearchName.folded("❤\ufe0f\u200d🔥")).isNotEqualTo(SearchName.folded("❤🔥"));
    assertThat(SearchName.folded("a \u200d b")).isEqualTo("a b");
  }
}
