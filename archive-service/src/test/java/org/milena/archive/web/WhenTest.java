package org.milena.archive.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.Locale;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.context.i18n.LocaleContextHolder;

class WhenTest {
  private static final Instant MOMENT = Instant.parse("2026-01-05T23:59:30Z");

  @AfterEach
  void forget() {
    LocaleContextHolder.resetLocaleContext();
  }

  @Test
  void isInTheLanguageOfThePage() {
    LocaleContextHolder.setLocale(Locale.ENGLISH);
    assertThat(When.of(MOMENT))
        .isEqualTo(new When("2026-01-05T23:59:30Z", "5 Jan 2026", "5 Jan 2026, 23:59 UTC"));
    LocaleContextHolder.setLocale(Locale.GERMAN);
    assertThat(When.of(MOMENT))
        .isEqualTo(new When("2026-01-05T23:59:30Z", "5. Jan. 2026", "5. Jan. 2026, 23:59 UTC"));
    LocaleContextHolder.setLocale(Locale.ENGLISH);
    assertThat(When.of(MOMENT).day()).isEqualTo("5 Jan 2026");
  }
}
