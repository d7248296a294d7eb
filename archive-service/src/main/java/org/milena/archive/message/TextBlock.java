package org.milena.archive.message;

/**
 * Some lines of a post that are of one kind.
 *
 * @param text its lines, LF between them, none at the end; never empty
 */
public record TextBlock(Kind kind, String text) {

  public TextBlock {
    if (text.isEmpty()) {
      throw new IllegalArgumentException("a block of text without text");
    }
  }

  /** What lines are to a reader. */
  public enum Kind {
    /** What the author wrote. */
    NEW('n'),
    /** What the author quotes, and the line that says whom. */
    QUOTED('q'),
    /** Behind {@code "-- "} (RFC 3676 section 4.3), and what lists and programs put at the end. */
    SIGNATURE('s'),
    /** The lines before the hunks of a file: {@code diff}, {@code index}, {@code ---}, … */
    DIFF_HEAD('h'),
    /** {@code @@} lines. */
    DIFF_HUNK('u'),
    /** Lines that a patch adds. */
    DIFF_ADDED('a'),
    /** Lines that a patch takes away. */
    DIFF_REMOVED('r'),
    /** Lines of a patch that stay. */
    DIFF_CONTEXT('c');

    private final char letter;

    Kind(char letter) {
      this.letter = letter;
    }

    /** Stands for it where a text is kept. */
    public char letter() {
      return letter;
    }

    /** Whether it is part of a patch. */
    public boolean isDiff() {
      return switch (this) {
        case NEW, QUOTED, SIGNATURE -> false;
        case DIFF_HEAD, DIFF_HUNK, DIFF_ADDED, DIFF_REMOVED, DIFF_CONTEXT -> true;
      };
    }

    /**
     * The kind with this letter.
     *
     * @throws IllegalArgumentException when there is none
     */
    public static Kind of(char letter) {
      for (Kind kind : values()) {
        if (kind.letter == letter) {
          return kind;
        }
      }
      throw new IllegalArgumentException("no kind of text: " + letter);
    }
  }
}
