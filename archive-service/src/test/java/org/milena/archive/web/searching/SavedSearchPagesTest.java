package org.milena.archive.web.searching;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Locale;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.context.i18n.LocaleContextHolder;

class SavedSearchPagesTest {

  @AfterEach
  void forget() {
    LocaleContextHolder.resetLocaleContext();
  }

  @ParameterizedTest
  @CsvSource({
    "search-exists, Eine andere Ihrer Suchen heißt schon so.",
    "search-changed, Diese Suche wurde inzwischen geändert: sehen Sie noch einmal nach.",
    "search-name, Ein Name hat 1 bis 100 sichtbare Zeichen und keine Steuerzeichen.",
    "what-there-is-not-yet, Das ließ sich nicht ausführen. Bitte versuchen Sie es noch einmal."
  })
  void refusalsAreSaidInTheLanguageOfThePage(String code, String text) {
    LocaleContextHolder.setLocale(Locale.GERMAN);
    assertThat(SavedSearchPages.said(code)).isEqualTo(text);
  }
}
