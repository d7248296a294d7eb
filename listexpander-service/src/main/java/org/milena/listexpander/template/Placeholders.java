package org.milena.listexpander.template;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * A text that holds places for values: <code>${name}</code> stands for the value of that name,
 * {@code $$} for a dollar. A line that is nothing but one placeholder is left out, with an empty
 * line behind it, when the value is empty.
 */
public final class Placeholders {
  /** Longest text, in characters. */
  public static final int MAX_LENGTH = 20_000;

  /** Most placeholders of a text, so that a short one cannot become a huge mail. */
  static final int MAX_PLACES = 200;

  /** No name of ours is longer; what is, was not closed. */
  private static final int MAX_NAME = 40;

  private final List<List<Piece>> lines;

  private Placeholders(List<List<Piece>> lines) {
    this.lines = lines;
  }

  private sealed interface Piece {
    /** Stands there as it is. */
    record Literal(String text) implements Piece {}

    /** Stands for a value. */
    record Place(String name) implements Piece {}
  }

  /** What a text was read as. */
  public sealed interface Result {
    /** All is well. */
    record Fits(Placeholders text) implements Result {}

    /**
     * It cannot be used.
     *
     * @param line from 1
     * @param column from 1, in code points
     * @param why a sentence without its end
     */
    record Broken(int line, int column, String why) implements Result {}
  }

  /**
   * Reads a text.
   *
   * @param text lines that end in {@code \n}
   * @param known the names that may stand in it
   */
  static Result parse(String text, Collection<String> known) {
    if (text.length() > MAX_LENGTH) {
      return at(text, MAX_LENGTH, "the text is longer than %d characters".formatted(MAX_LENGTH));
    }
    return new Reader(text, known).read();
  }

  /**
   * A part of a text that fits as a whole; how long it is does not count.
   *
   * @throws IllegalArgumentException when it does not fit by itself
   */
  static Placeholders part(String text, Collection<String> known) {
    return switch (new Reader(text, known).read()) {
      case Result.Fits(var part) -> part;
      case Result.Broken broken ->
          throw new IllegalArgumentException("the whole is well, but not a part: " + broken);
    };
  }

  /** The names that stand in it. */
  Set<String> names() {
    return lines.stream()
        .flatMap(List::stream)
        .filter(Piece.Place.class::isInstance)
        .map(piece -> ((Piece.Place) piece).name())
        .collect(Collectors.toSet());
  }

  /**
   * The text with values in their places, each as it is.
   *
   * @throws IllegalArgumentException when one is missing
   */
  String fill(Map<String, String> values) {
    StringBuilder filled = new StringBuilder();
    for (int i = 0; i < lines.size(); i++) {
      List<Piece> line = lines.get(i);
      if (line.size() == 1
          && line.getFirst() instanceof Piece.Place(var name)
          && value(values, name).isEmpty()) {
        if (i + 1 < lines.size() && lines.get(i + 1).isEmpty()) {
          i++;
        }
        continue;
      }
      for (Piece piece : line) {
        switch (piece) {
          case Piece.Literal(var text) -> filled.append(text);
          case Piece.Place(var name) -> filled.append(value(values, name));
        }
      }
      if (i + 1 < lines.size()) {
        filled.append('\n');
      }
    }
    return filled.toString();
  }

  private static String value(Map<String, String> values, String name) {
    String value = values.get(name);
    if (value == null) {
      throw new IllegalArgumentException("no value for ${" + name + "}");
    }
    return value;
  }

  private static Result.Broken at(String text, int index, String why) {
    int line = 1;
    int begin = 0;
    for (int i = 0; i < index; i++) {
      if (text.charAt(i) == '\n') {
        line++;
        begin = i + 1;
      }
    }
    return new Result.Broken(line, text.codePointCount(begin, index) + 1, why);
  }

  /** Goes over a text once. */
  private static final class Reader {
    private final String text;
    private final Collection<String> known;
    private final List<List<Piece>> lines = new ArrayList<>();
    private final StringBuilder literal = new StringBuilder();
    private List<Piece> line = new ArrayList<>();
    private int places;

    Reader(String text, Collection<String> known) {
      this.text = text;
      this.known = known;
    }

    Result read() {
      int i = 0;
      while (i < text.length()) {
        char c = text.charAt(i);
        if (c == '\n') {
          endLine();
          i++;
        } else if (c != '$') {
          int whole = text.codePointAt(i);
          if (isUnfit(whole)) {
            return at(text, i, "there is a character that is not seen: U+%04X".formatted(whole));
          }
          literal.appendCodePoint(whole);
          i += Character.charCount(whole);
        } else if (text.startsWith("$$", i)) {
          literal.append('$');
          i += 2;
        } else if (!text.startsWith("${", i)) {
          return at(text, i, "a dollar stands alone; write $$ for a dollar, ${name} for a value");
        } else {
          int end = text.indexOf('}', i);
          String name = end < 0 ? "" : text.substring(i + 2, end);
          if (end < 0 || name.length() > MAX_NAME || name.indexOf('\n') >= 0) {
            return at(text, i, "this placeholder is not closed with }");
          }
          if (!known.contains(name)) {
            return at(
                text,
                i,
                (name.isBlank()
                        ? "this placeholder has no name"
                        : "there is no placeholder ${" + shown(name) + "}")
                    + "; known here are: "
                    + String.join(", ", known));
          }
          if (++places > MAX_PLACES) {
            return at(text, i, "there are more than %d placeholders".formatted(MAX_PLACES));
          }
          endLiteral();
          line.add(new Piece.Place(name));
          i = end + 1;
        }
      }
      endLine();
      return new Result.Fits(new Placeholders(List.copyOf(lines)));
    }

    private void endLiteral() {
      if (!literal.isEmpty()) {
        line.add(new Piece.Literal(literal.toString()));
        literal.setLength(0);
      }
    }

    private void endLine() {
      endLiteral();
      lines.add(List.copyOf(line));
      line = new ArrayList<>();
    }

    private static String shown(String name) {
      return name.codePoints()
          .mapToObj(c -> isUnfit(c) ? "?" : Character.toString(c))
          .collect(Collectors.joining());
    }

    /** Tabulators may stay. */
    private static boolean isUnfit(int c) {
      return c != '\t'
          && switch (Character.getType(c)) {
            case Character.CONTROL,
                Character.SURROGATE,
                Character.LINE_SEPARATOR,
                Character.PARAGRAPH_SEPARATOR ->
                true;
            default -> false;
          };
    }
  }
}
