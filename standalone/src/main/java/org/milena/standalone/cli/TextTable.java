package org.milena.standalone.cli;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Rows under headings. What strangers wrote is shown without its control characters. */
final class TextTable {

  private static final int WIDEST = 72;

  private final List<String> headings;
  private final List<List<String>> rows = new ArrayList<>();

  /**
   * @param headings one that begins with {@code >} is of a column of numbers
   */
  TextTable(String... headings) {
    this.headings = List.of(headings);
  }

  TextTable row(Object... cells) {
    rows.add(Arrays.stream(cells).map(cell -> cut(clean(cell.toString()))).toList());
    return this;
  }

  boolean isEmpty() {
    return rows.isEmpty();
  }

  /** Prints the rows, or a sentence when there are none. */
  void print(PrintWriter out, String whenEmpty) {
    if (rows.isEmpty()) {
      out.println(whenEmpty);
    } else {
      line(out, headings.stream().map(TextTable::heading).toList());
      rows.forEach(row -> line(out, row));
    }
  }

  /** Without what a terminal would obey, or what would break a line. */
  static String clean(String text) {
    StringBuilder clean = new StringBuilder(text.length());
    text.codePoints()
        .map(c ->
            switch (Character.getType(c)) {
              case Character.CONTROL, Character.LINE_SEPARATOR, Character.PARAGRAPH_SEPARATOR ->
                  ' ';
              case Character.FORMAT, Character.SURROGATE, Character.PRIVATE_USE -> '\ufffd';
              default -> c;
            })
        .forEach(clean::appendCodePoint);
    return clean.toString();
  }

  private void line(PrintWriter out, List<String> cells) {
    StringBuilder line = new StringBuilder();
    for (int i = 0; i < cells.size(); i++) {
      String cell = cells.get(i);
      int gap = width(i) - cell.codePointCount(0, cell.length());
      line.append(i == 0 ? "" : "  ");
      if (headings.get(i).startsWith(">")) {
        line.repeat(' ', gap).append(cell);
      } else {
        line.append(cell).repeat(' ', gap);
      }
    }
    out.println(line.toString().stripTrailing());
  }

  private int width(int column) {
    int width = heading(headings.get(column)).length();
    for (List<String> row : rows) {
      String cell = row.get(column);
      width = Math.max(width, cell.codePointCount(0, cell.length()));
    }
    return width;
  }

  private static String heading(String heading) {
    return heading.startsWith(">") ? heading.substring(1) : heading;
  }

  private static String cut(String text) {
    return text.codePointCount(0, text.length()) <= WIDEST
        ? text
        : text.substring(0, text.offsetByCodePoints(0, WIDEST - 1)) + "…";
  }
}
