package org.milena.archive.web;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PageFrameTest {

  @ParameterizedTest
  @CsvSource({
    "q=a%20b&list=x@y, ?q=a%20b&list=x@y&lang=de",
    "lang=en, ?lang=de",
    "q=a&lang=en&list=x, ?q=a&list=x&lang=de",
    "lang, ?lang=de",
    "language=en&q=lang=en, ?language=en&q=lang=en&lang=de",
    "&&, ?lang=de",
  })
  void keepsWhatWasAskedInAnotherLanguage(String query, String url) {
    assertThat(PageFrame.inLanguage(query, "de")).isEqualTo(url);
  }

  @Test
  void keepsNothingOfNoQueryAndOfAVeryLongOne() {
    assertThat(PageFrame.inLanguage(null, "de")).isEqualTo("?lang=de");
    assertThat(PageFrame.inLanguage("q=" + "a".repeat(500), "de")).isEqualTo("?lang=de");
  }
}
