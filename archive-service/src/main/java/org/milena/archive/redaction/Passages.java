package org.milena.archive.redaction;

import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Texts to be taken out, wherever they stand: in capitals or not, broken into other lines, and
 * quoted.
 */
final class Passages {
  /** What stands there instead. */
  static final String INSTEAD = "[redacted]";

  /** Between two words; in an answer the next line begins with marks of quoting. */
  private static final String GAP = "[\\s\\h]+(?:[>|][>|\\s\\h]*)?";

  private final List<Pattern> patterns;

  Passages(List<String> passages) {
    this.patterns = passages.stream().map(Passages::pattern).toList();
  }

  private static Pattern pattern(String passage) {
    return Pattern.compile(
        Stream.of(passage.strip().split("[\\s\\h]+"))
            .map(Pattern::quote)
            .collect(Collectors.joining(GAP)),
        Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE);
  }

  /** The text without them. */
  String takeOut(String text) {
    String left = text;
    for (Pattern pattern : patterns) {
      left = pattern.matcher(left).replaceAll(INSTEAD);
    }
    return left;
  }

  /** Which of them are in none of these texts, by their number from 1. */
  List<Integer> missing(List<String> texts) {
    return Stream.iterate(1, number -> number <= patterns.size(), number -> number + 1)
        .filter(number ->
            texts.stream().noneMatch(text -> patterns.get(number - 1).matcher(text).find()))
        .toList();
  }

  /** Whether one of them is in the text. */
  boolean isIn(String text) {
    return patterns.stream().anyMatch(pattern -> pattern.matcher(text).find());
  }
}
