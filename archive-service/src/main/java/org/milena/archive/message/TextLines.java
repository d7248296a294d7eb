package org.milena.archive.message;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.milena.archive.message.TextBlock.Kind;

/** The lines of a text, and what each was found to be; {@code NEW} until something is found. */
final class TextLines {
  /** No pattern is tried on longer ones. */
  static final int LONGEST_LOOKED_AT = 1000;

  private final String[] lines;
  private final Kind[] kinds;

  /** Of a text whose lines end in LF, but the last one. */
  TextLines(String text) {
    lines = text.split("\n", -1);
    kinds = new Kind[lines.length];
    Arrays.fill(kinds, Kind.NEW);
  }

  int count() {
    return lines.length;
  }

  /** The line; empty behind the last one. */
  String at(int index) {
    return index >= 0 && index < lines.length ? lines[index] : "";
  }

  /** The line as patterns may see it: empty where it is too long to be of a form. */
  String form(int index) {
    String line = at(index);
    return line.length() > LONGEST_LOOKED_AT ? "" : line;
  }

  boolean isBlank(int index) {
    return at(index).isBlank();
  }

  Kind kind(int index) {
    return kinds[index];
  }

  void mark(int index, Kind kind) {
    kinds[index] = kind;
  }

  void mark(int from, int to, Kind kind) {
    Arrays.fill(kinds, from, to, kind);
  }

  /** The first line that is not blank, from here on, or the count of lines. */
  int skipBlank(int from) {
    int index = from;
    while (index < lines.length && isBlank(index)) {
      index++;
    }
    return index;
  }

  /**
   * Puts lines of one kind together. Blank lines outside of patches belong to what is before them,
   * those at the beginning to what follows.
   */
  PostText blocks() {
    blankLines();
    List<TextBlock> blocks = new ArrayList<>();
    StringBuilder block = new StringBuilder(lines[0]);
    for (int i = 1; i < lines.length; i++) {
      if (kinds[i] == kinds[i - 1]) {
        block.append('\n');
      } else {
        blocks.add(new TextBlock(kinds[i - 1], block.toString()));
        block.setLength(0);
      }
      block.append(lines[i]);
    }
    blocks.add(new TextBlock(kinds[lines.length - 1], block.toString()));
    return new PostText(blocks);
  }

  private void blankLines() {
    int first = skipBlank(0);
    if (first == lines.length) {
      return;
    }
    mark(0, first, kinds[first]);
    for (int i = first + 1; i < lines.length; i++) {
      if (isBlank(i) && (!kinds[i].isDiff() || isLonely(i))) {
        kinds[i] = kinds[i - 1];
      }
    }
  }

  /** A block has text, so an empty line that would be one belongs to its neighbour. */
  private boolean isLonely(int index) {
    return lines[index].isEmpty()
        && kinds[index] != kinds[index - 1]
        && (index + 1 == lines.length || kinds[index] != kinds[index + 1]);
  }
}
