package org.milena.standalone.source;

/** How an mbox tells lines of text from lines that begin a message. */
public enum Quoting {
  /** One more {@code >} before each line that is {@code From } behind any number of them. */
  MBOXRD,
  /** One {@code >} before {@code From } alone: what had one already cannot be told apart. */
  MBOXO,
  /** None: Content-Length says where a message ends (mboxcl2), or nothing does (pipermail). */
  NONE;

  /** Where the text of a line begins: behind the mark, if it has one to be taken away. */
  int textStart(byte[] octets, int start, int end) {
    if (this == NONE || start == end || octets[start] != '>') {
      return start;
    }
    int at = start;
    while (at < end && octets[at] == '>') {
      at++;
    }
    boolean quoted = FromLine.begins(octets, at, end) && (this == MBOXRD || at == start + 1);
    return quoted ? start + 1 : start;
  }
}
