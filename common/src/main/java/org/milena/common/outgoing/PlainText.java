package org.milena.common.outgoing;

/** Text that needs no encoding. */
public final class PlainText {

  /** RFC 5322 section 2.1.1, with some to spare. */
  private static final int LONGEST_LINE = 900;

  /** Whether it can stand in a message as it is: short lines of ASCII that end in CRLF. */
  public static boolean isPlain(byte[] text) {
    int column = 0;
    for (int i = 0; i < text.length; i++) {
      int octet = text[i] & 0xFF;
      boolean end = octet == '\r' && i + 1 < text.length && text[i + 1] == '\n';
      if (end) {
        column = 0;
        i++;
      } else if ((octet < ' ' && octet != '\t') || octet > '~' || ++column > LONGEST_LINE) {
        return false;
      }
    }
    return true;
  }

  private PlainText() {}
}
