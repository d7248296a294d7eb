package org.milena.archive.redaction;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Texts to be taken out, wherever they stand: in capitals or not, broken into other lines, quoted,
 * and with characters in them that nobody sees.
 */
final class Passages {
  /** What stands there instead. */
  static final String INSTEAD = "[redacted]";

  /** All words that a redaction itself writes. */
  private static final List<String> OURS =
      List.of(
          INSTEAD,
          Redactor.MARK + ": 1 passage and 1 attachment",
          "passages attachments",
          PassageRewriting.REMOVED_NAME,
          PassageRewriting.REMOVED);

  /**
   * Between two words; in an answer the next line begins with marks of quoting. Takes all it can
   * and gives nothing back, and no word begins with what it takes: so nothing is tried twice.
   */
  private static final String GAP = "[\\s\\h]++(?:[>|][>|\\s\\h]*+)?+";

  private static final Pattern GAPS = Pattern.compile(GAP);
  private static final Pattern MARKS = Pattern.compile("^[>|\\s\\h]+");

  /** Soft hyphens, joiners and the like. */
  private static final String UNSEEN = "\\p{Cf}*+";

  /** A place in a text. */
  private record Span(int start, int end) {}

  private final List<Pattern> patterns;

  Passages(List<String> passages) {
    this.patterns = passages.stream().map(Passages::pattern).toList();
  }

  /** A passage with one space for each gap, without marks of quoting and what nobody sees. */
  static String plain(String passage) {
    String seen = passage.replaceAll("\\p{Cf}", "");
    return GAPS.matcher(MARKS.matcher(seen).replaceFirst("")).replaceAll(" ").strip();
  }

  /** Whether a passage stands in what is written in the place of passages. */
  static boolean isOurs(String passage) {
    String small = passage.toLowerCase(Locale.ROOT);
    return OURS.stream().anyMatch(ours -> ours.toLowerCase(Locale.ROOT).contains(small));
  }

  private static Pattern pattern(String passage) {
    return Pattern.compile(
        Stream.of(plain(passage).split(" "))
            .map(Passages::word)
            .collect(Collectors.joining(UNSEEN + GAP)),
        Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE);
  }

  private static String word(String word) {
    return word.codePoints()
        .mapToObj(c -> Pattern.quote(Character.toString(c)))
        .collect(Collectors.joining(UNSEEN));
  }

  /** The text without them. What two of them share goes with both. */
  String takeOut(String text) {
    List<Span> spans = new ArrayList<>();
    for (Pattern pattern : patterns) {
      Matcher matcher = pattern.matcher(text);
      for (int at = 0; at <= text.length() && matcher.find(at); at = matcher.start() + 1) {
        spans.add(new Span(matcher.start(), matcher.end()));
      }
    }
    if (spans.isEmpty()) {
      return text;
    }
    spans.sort(Comparator.comparingInt(Span::start));
    StringBuilder left = new StringBuilder(text.length());
    int done = 0;
    int end = -1;
    for (Span span : spans) {
      if (span.start() >= end) {
        left.append(text, done, span.start()).append(INSTEAD);
      }
      end = Math.max(end, span.end());
      done = end;
    }
    return left.append(text, done, text.length()).toString();
  }

  /** Which of them are in none of these texts, by their number from 1. */
  List<Integer> missing(List<String> texts) {
    return IntStream.rangeClosed(1, patterns.size())
        .filter(number ->
            texts.stream().noneMatch(text -> patterns.get(number - 1).matcher(text).find()))
        .boxed()
        .toList();
  }

  /** Whether there are any. */
  boolean isEmpty() {
    return patterns.isEmpty();
  }

  /** Whether one of them is in the text. */
  boolean isIn(String text) {
    return patterns.stream().anyMatch(pattern -> pattern.matcher(text).find());
  }
}
