package org.milena.listexpander.template;

import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A language that our texts are written in. */
public enum Language {
  EN,
  DE;

  /** As it is stored: {@code en}, {@code de}. */
  public String tag() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** For numbers. */
  public Locale locale() {
    return Locale.forLanguageTag(tag());
  }

  /** The language of exactly this tag. */
  public static Optional<Language> of(@Nullable String tag) {
    return Stream.of(values()).filter(language -> language.tag().equals(tag)).findFirst();
  }

  /** The same, English for any other. */
  public static Language orEnglish(@Nullable String tag) {
    return of(tag).orElse(EN);
  }
}
