package org.milena.archive.search;

import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Properties;

/** What can be wrong with a query. What is said of it stands in a catalogue for each language. */
public enum QueryMistake {
  TOO_LONG,
  TOO_MUCH_AROUND_XOR,
  BRACKET_NOT_CLOSED,
  BRACKET_NOT_OPEN,
  OTHER_BRACKET,
  TOO_DEEP,
  TOO_MANY_THREADS,
  TOO_MANY_XORS,
  TOO_MANY_TERMS,
  NOTHING_AFTER,
  NOTHING_BEFORE,
  MIXED_NEAR,
  NEAR_BETWEEN_WORDS,
  NEAR_WITH_STAR,
  NEAR_IN_PLACES,
  NEAR_DISTANCE,
  QUOTES_NOT_CLOSED,
  NO_OBJECT_ID,
  NOTHING_BEHIND,
  HAS,
  IS,
  NO_PATCH_ID,
  NO_THREAD,
  STAR,
  SHORT_BEGINNING,
  ENDS_BEFORE,
  NO_AGE,
  NO_SIZE,
  NOTHING_DATED,
  NO_DATE,
  THREADS_TOO_COMMON;

  private static final class Catalogues {
    static final Properties ENGLISH = read("en");
    static final Properties GERMAN = read("de");
  }

  /** Its name in the catalogues. */
  String key() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** One sentence or two, in English for whoever reads another language than there are. */
  String say(Locale locale, List<String> args) {
    boolean german = locale.getLanguage().equals(Locale.GERMAN.getLanguage());
    String text = (german ? Catalogues.GERMAN : Catalogues.ENGLISH).getProperty(key());
    return String.format(Locale.ROOT, Objects.requireNonNull(text, key()), args.toArray());
  }

  /** The catalogue of a language. */
  static Properties read(String language) {
    String name = "mistakes_" + language + ".properties";
    Properties texts = new Properties();
    try (InputStream in =
        Objects.requireNonNull(QueryMistake.class.getResourceAsStream(name), name)) {
      texts.load(new InputStreamReader(in, StandardCharsets.UTF_8));
      return texts;
    } catch (IOException e) {
      throw new UncheckedIOException(name, e);
    }
  }
}
