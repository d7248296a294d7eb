package org.milena.common.event;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Something said to people: in English, and where other languages can say it, what they say it
 * from.
 *
 * @param text in English
 * @param key names it in the catalogues of languages, or is {@link #NUMBER}; null for what is the
 *     same in every language. Never another one for the same sentence
 * @param args what stands in it, in the order of the catalogue's places
 */
public record Sentence(
    String text,
    @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String key,
    @JsonInclude(JsonInclude.Include.NON_EMPTY) List<Sentence> args) {
  /** The key of a number: its one argument is the number as computers write it. */
  public static final String NUMBER = "number";

  @SuppressWarnings("NullAway") // absent in JSON where there are none
  public Sentence {
    args = args == null ? List.of() : List.copyOf(args);
  }

  /** What is the same in every language: an address, a subject, what somebody wrote. */
  public static Sentence plain(String text) {
    return new Sentence(text, null, List.of());
  }

  /** A number, which languages group in their own way. */
  public static Sentence number(long number) {
    return new Sentence(
        String.format(Locale.ENGLISH, "%,d", number),
        NUMBER,
        List.of(plain(Long.toString(number))));
  }

  /**
   * A number that is rounded.
   *
   * @param decimals how many digits stand behind the point
   */
  public static Sentence number(double number, int decimals) {
    String written = String.format(Locale.ROOT, "%." + decimals + "f", number);
    return new Sentence(written, NUMBER, List.of(plain(written)));
  }

  /** These, in English. */
  public static List<String> texts(List<Sentence> sentences) {
    return sentences.stream().map(Sentence::text).toList();
  }

  /** In English. */
  @Override
  public String toString() {
    return text;
  }
}
