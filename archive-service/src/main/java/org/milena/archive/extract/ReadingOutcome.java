package org.milena.archive.extract;

/** What became of reading a document. */
public sealed interface ReadingOutcome {

  /**
   * It was read.
   *
   * @param whole whether that is all of it
   */
  record Read(String text, boolean whole) implements ReadingOutcome {}

  /**
   * It was not.
   *
   * @param reason half a sentence: {@code it is encrypted}
   */
  record Unread(String reason) implements ReadingOutcome {}
}
