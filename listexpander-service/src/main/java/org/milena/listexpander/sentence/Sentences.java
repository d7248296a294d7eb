package org.milena.listexpander.sentence;

import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.milena.common.event.Sentence;
import org.milena.listexpander.template.Language;

/**
 * Says sentences in a language. Its patterns are UTF-8 property files, one for each language:
 * {@code {0}} is the place of the first argument, <code>{*; }</code> of all of them with a
 * semicolon between.
 */
public final class Sentences {
  private static final Pattern PLACE = Pattern.compile("\\{(?:(\\d)|\\*([^}]*))}");

  private static final String FOLDER = "/org/milena/listexpander/texts/";
  private static final Pattern NUMBER = Pattern.compile("-?\\d{1,18}(?:\\.(\\d{1,6}))?");

  private static final class Loaded {
    private static final Map<Language, Map<String, String>> ALL = read();
  }

  /** This sentence in a language; in English where that does not know it. */
  public static String in(Language language, Sentence sentence) {
    if (Sentence.NUMBER.equals(sentence.key())) {
      return number(language, sentence);
    }
    return pattern(language, sentence)
        .map(pattern ->
            fill(
                pattern, sentence.args().stream().map(argument -> in(language, argument)).toList()))
        .orElse(sentence.text());
  }

  /** These sentences. */
  public static List<String> in(Language language, List<Sentence> sentences) {
    return sentences.stream().map(sentence -> in(language, sentence)).toList();
  }

  /** Whether a language has a pattern that takes just these arguments. */
  static boolean fits(Language language, Sentence sentence) {
    return pattern(language, sentence).isPresent();
  }

  /** Empty also where another version gave other arguments. */
  private static Optional<String> pattern(Language language, Sentence sentence) {
    return Optional.ofNullable(sentence.key())
        .map(patterns(language)::get)
        .filter(pattern -> {
          Set<String> places = places(pattern);
          return places.contains("*")
              ? places.size() == 1
              : places.equals(
                  IntStream.range(0, sentence.args().size())
                      .mapToObj(Integer::toString)
                      .collect(Collectors.toSet()));
        });
  }

  /** Numbers of arguments, and {@code *}. */
  static Set<String> places(String pattern) {
    return PLACE
        .matcher(pattern)
        .results()
        .map(place -> place.group(1) == null ? "*" : place.group(1))
        .collect(Collectors.toSet());
  }

  /**
   * Reads the catalogues.
   *
   * @throws IllegalStateException when one has not just the phrases that there are
   */
  public static void check() {
    Set<String> keys = Stream.of(Phrase.values()).map(Phrase::key).collect(Collectors.toSet());
    for (Language language : Language.values()) {
      Set<String> there = patterns(language).keySet();
      if (!there.equals(keys)) {
        throw new IllegalStateException(
            "the sentences of %s are %s, not %s".formatted(language.tag(), there, keys));
      }
    }
  }

  /** The patterns of a language, by their keys. */
  static Map<String, String> patterns(Language language) {
    return Objects.requireNonNull(Loaded.ALL.get(language));
  }

  private static String fill(String pattern, List<String> args) {
    return PLACE.matcher(pattern).replaceAll(place -> Matcher.quoteReplacement(value(place, args)));
  }

  private static String value(MatchResult place, List<String> args) {
    return place.group(1) == null
        ? String.join(place.group(2), args)
        : args.get(Integer.parseInt(place.group(1)));
  }

  private static String number(Language language, Sentence sentence) {
    String written = sentence.args().stream().map(Sentence::text).collect(Collectors.joining());
    Matcher number = NUMBER.matcher(written);
    if (!number.matches()) {
      return sentence.text();
    }
    return number.group(1) == null
        ? String.format(language.locale(), "%,d", Long.parseLong(written))
        : String.format(
            language.locale(), "%." + number.group(1).length() + "f", new BigDecimal(written));
  }

  private static Map<Language, Map<String, String>> read() {
    Map<Language, Map<String, String>> all = new EnumMap<>(Language.class);
    for (Language language : Language.values()) {
      all.put(language, read(FOLDER + language.tag() + "/sentences.properties"));
    }
    return all;
  }

  private static Map<String, String> read(String path) {
    try (InputStream in = Sentences.class.getResourceAsStream(path)) {
      if (in == null) {
        throw new IllegalStateException("there is no resource " + path);
      }
      return read(new InputStreamReader(in, StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(path, e);
    }
  }

  /**
   * @throws IllegalStateException when a key stands there twice
   */
  static Map<String, String> read(Reader in) throws IOException {
    Map<String, String> patterns = new HashMap<>();
    new Properties() {
      @Override
      public synchronized Object put(Object key, Object pattern) {
        if (patterns.put((String) key, (String) pattern) != null) {
          throw new IllegalStateException("the key " + key + " stands there twice");
        }
        return super.put(key, pattern);
      }
    }.load(in);
    return Map.copyOf(patterns);
  }

  private Sentences() {}
}
