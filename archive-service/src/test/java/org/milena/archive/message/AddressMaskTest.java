package org.milena.archive.message;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AddressMaskTest {

  @ParameterizedTest
  @CsvSource({
    "write to alice@example.org now, write to a…@example.org now",
    "<alice.b+c@example.org>, <a…@example.org>",
    "a @ b, a @ b"
  })
  void hidesWhatStandsBeforeTheSign(String text, String masked) {
    assertThat(AddressMask.mask(text)).isEqualTo(masked);
  }

  /** Accents and vowel signs that are characters of their own belong to the name. */
  @Test
  void hidesNamesOfAllScripts() {
    assertThat(AddressMask.mask("an jose\u0301@example.org")).isEqualTo("an j…@example.org");
    assertThat(AddressMask.mask("\u0938\u0902\u092a\u0930\u094d\u0915@example.org"))
        .isEqualTo("\u0938…@example.org");
    assertThat(AddressMask.mask("\u0915\u094d\u200d\u0937@example.org"))
        .isEqualTo("\u0915…@example.org");
  }
}
