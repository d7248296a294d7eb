package org.milena.archive.marking;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.milena.archive.search.Snippet;

/**
 * Pieces of texts around marks. A piece begins with its sentence where that is near, and ends
 * between words: half an address is none that could be hidden.
 */
final class Pieces {
  private static final int LENGTH = 180;
  private static final int BEST = 2;

  /** Characters that a piece has before its first mark, at most. */
  private static final int BEFORE = 80;

  /** Characters in which the sign of an address is looked for; a local part has at most 64. */
  private static final int LONGEST_LOCAL = 320;

  /** Characters that no local part has, unless it is quoted (RFC 5322 section 3.4.1). */
  private static final String BEHIND_LOCAL = "()<>[]:;,\\";

  private static final String BETWEEN = " … ";

  /** Number of different phrases, then of marks. */
  private record Worth(int phrases, int marks) {}

  private record Piece(int text, int from, int until, List<Mark> marks, Worth worth) {}

  private final List<String> texts = new ArrayList<>();
  private final List<Piece> pieces = new ArrayList<>();

  /** The whole of a text, on one line. */
  static Snippet whole(String text, List<Mark> marks) {
    Runs runs = new Runs();
    runs.add(text, 0, text.length(), marks);
    return runs.snippet();
  }

  /**
   * Another text.
   *
   * @param marks in its order
   */
  void add(String text, List<Mark> marks) {
    int number = texts.size();
    texts.add(text);
    int end = 0;
    for (int i = 0; i < marks.size(); ) {
      int from = begin(text, marks.get(i).from(), end);
      int last = i + 1;
      while (last < marks.size() && marks.get(last).until() <= from + LENGTH) {
        last++;
      }
      List<Mark> within = marks.subList(i, last);
      end = end(text, from, within.getLast().until());
      if (!isInAddress(text, end)) {
        pieces.add(new Piece(number, from, end, within, worth(within)));
      }
      i = last;
      while (i < marks.size() && marks.get(i).from() < end) {
        i++; // reaches out of the piece
      }
    }
  }

  private static Worth worth(List<Mark> marks) {
    BitSet phrases = new BitSet();
    marks.forEach(mark -> phrases.set(mark.phrase()));
    return new Worth(phrases.cardinality(), marks.size());
  }

  /**
   * Where a piece begins.
   *
   * @param before where the piece before it ends
   */
  private static int begin(String text, int mark, int before) {
    int earliest = Math.max(before, mark - BEFORE);
    int space = -1;
    for (int i = mark; i > earliest; i--) {
      if (Character.isWhitespace(text.charAt(i - 1))) {
        space = i;
        if (i > 1 && endsSentence(text, i - 2)) {
          return i;
        }
      }
    }
    if (earliest == before && (before == 0 || space < 0)) {
      return before;
    }
    return space < 0 ? mark : space;
  }

  private static boolean endsSentence(String text, int at) {
    return switch (text.charAt(at)) {
      case '.', '!', '?', '…', '。' -> true;
      case '\n' -> text.charAt(at + 1) == '\n';
      default -> false;
    };
  }

  /** Where a piece ends; never before its last mark does. */
  private static int end(String text, int from, int lastMark) {
    int end = Math.max(lastMark, from + LENGTH);
    if (end >= text.length()) {
      return text.length();
    }
    for (int i = end; i > lastMark; i--) {
      if (Character.isWhitespace(text.charAt(i))) {
        return i;
      }
    }
    // what is marked may go on for some more
    for (int i = lastMark; i < Math.min(text.length(), lastMark + BEFORE); i++) {
      if (Character.isWhitespace(text.charAt(i))) {
        return i;
      }
    }
    return lastMark;
  }

  /** Whether an address goes on there: what is left of it would not look like one. */
  private static boolean isInAddress(String text, int at) {
    for (int i = at; i < Math.min(text.length(), at + LONGEST_LOCAL); i++) {
      char c = text.charAt(i);
      if (c == '@') {
        return true;
      }
      if (Character.isWhitespace(c) || BEHIND_LOCAL.indexOf(c) >= 0) {
        return false;
      }
    }
    return false;
  }

  /** The pieces that are worth most, in the order of the texts; empty where there are none. */
  Optional<Snippet> best() {
    if (pieces.isEmpty()) {
      return Optional.empty();
    }
    Runs runs = new Runs();
    pieces.stream()
        .sorted(
            Comparator.comparing(
                Piece::worth,
                Comparator.comparingInt(Worth::phrases).thenComparingInt(Worth::marks).reversed()))
        .limit(BEST)
        .sorted(Comparator.comparingInt(Piece::text).thenComparingInt(Piece::from))
        .forEach(piece -> {
          runs.between(BETWEEN);
          runs.add(texts.get(piece.text()), piece.from(), piece.until(), piece.marks());
        });
    return Optional.of(runs.snippet());
  }

  /** Text on one line: spaces and ends of lines become one space. */
  private static final class Runs {
    private final List<Snippet.Run> runs = new ArrayList<>();
    private final StringBuilder run = new StringBuilder();
    private boolean marked;
    private boolean space;

    void between(String text) {
      if (!runs.isEmpty() || !run.isEmpty()) {
        mark(false);
        run.append(text);
        space = false;
      }
    }

    void add(String text, int from, int until, List<Mark> marks) {
      int next = 0;
      boolean begun = false;
      for (int i = from; i < until; i++) {
        char c = text.charAt(i);
        if (Character.isWhitespace(c)) {
          space = begun;
          continue;
        }
        while (next < marks.size() && marks.get(next).until() <= i) {
          next++;
        }
        boolean hit = next < marks.size() && marks.get(next).from() <= i;
        if (space) {
          mark(hit && marked && marks.get(next).from() < i);
          run.append(' ');
          space = false;
        }
        mark(hit);
        run.append(c);
        begun = true;
      }
      space = false;
    }

    private void mark(boolean hit) {
      if (hit != marked) {
        flush();
        marked = hit;
      }
    }

    private void flush() {
      if (!run.isEmpty()) {
        runs.add(new Snippet.Run(run.toString(), marked));
        run.setLength(0);
      }
    }

    Snippet snippet() {
      flush();
      return new Snippet(runs);
    }
  }
}
