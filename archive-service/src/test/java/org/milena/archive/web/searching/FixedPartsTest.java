package org.milena.archive.web.searching;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.context.i18n.LocaleContextHolder;

class FixedPartsTest {
  private final List<String> made = new ArrayList<>();
  private final FixedParts parts =
      new FixedParts((template, locale) -> {
        String html = template + " " + locale;
        made.add(html);
        return html;
      });

  @AfterEach
  void forget() {
    LocaleContextHolder.resetLocaleContext();
  }

  @Test
  void rendersEachOnceInALanguage() {
    for (int i = 0; i < 2; i++) {
      assertThat(in(Locale.ENGLISH, "a")).isEqualTo("a en");
      assertThat(in(Locale.GERMAN, "a")).isEqualTo("a de");
      assertThat(in(Locale.GERMAN, "b")).isEqualTo("b de");
    }
    assertThat(made).containsExactly("a en", "a de", "b de");
  }

  @Test
  void keepsNoMoreThanTheLanguagesOfPages() {
    assertThat(in(Locale.FRENCH, "a")).isEqualTo("a en");
    assertThat(in(Locale.KOREAN, "a")).isEqualTo("a en");
    assertThat(made).containsExactly("a en");
  }

  private String in(Locale locale, String template) {
    LocaleContextHolder.setLocale(locale);
    return parts.html(template);
  }
}
