package org.milena.standalone.source;

import java.io.IOException;

/** What was named is no archive of its kind. The message is a sentence for people. */
public class UnfitSourceException extends IOException {
  private static final long serialVersionUID = 1;

  /** With that sentence. */
  public UnfitSourceException(String sentence) {
    super(sentence);
  }
}
