package org.milena.common.mime;

import java.io.IOException;
import java.io.OutputStream;

/**
 * Encodes what is written into it as quoted-printable (RFC 2045 section 6.7). Holds one octet back,
 * for how an octet is written depends on the next one. No line begins with {@code -}, so none ends
 * a part (RFC 2046 section 5.1.1).
 */
public final class QuotedPrintableOutput extends OutputStream {
  private static final byte[] HEX = {
    '0', '1', '2', '3', '4', '5', '6', '7', '8', '9', 'A', 'B', 'C', 'D', 'E', 'F'
  };
  private static final int NONE = -1;

  /** Characters of a line, its end left out. */
  private static final int LINE = 76;

  private final OutputStream out;
  private final byte[] lineEnd;
  private int held = NONE;
  private int column;

  /**
   * @param out is not closed
   * @param lineEnd that of the message: a line end of the content is written so, too
   */
  public QuotedPrintableOutput(OutputStream out, byte[] lineEnd) {
    this.out = out;
    this.lineEnd = lineEnd;
  }

  @Override
  public void write(int octet) throws IOException {
    int next = octet & 0xff;
    int before = held;
    held = next;
    if (before == '\r' && next == '\n') {
      return; // one line end
    }
    if (before != NONE) {
      encode(before, next);
    }
  }

  /** Writes the octet that is held back. */
  @Override
  public void close() throws IOException {
    if (held != NONE) {
      encode(held, NONE);
      held = NONE;
    }
  }

  private void encode(int octet, int next) throws IOException {
    if (octet == '\n') {
      out.write(lineEnd);
      column = 0;
      return;
    }
    boolean last = next == NONE || next == '\n' || next == '\r';
    boolean literal =
        (octet > ' ' && octet < 0x7f && octet != '=') || ((octet == ' ' || octet == '\t') && !last);
    if (column + (literal ? 1 : 3) > LINE - 1) {
      out.write('=');
      out.write(lineEnd);
      column = 0;
    }
    if (octet == '-' && column == 0) {
      literal = false; // or what a sender hid from his boundary would be a line of it
    }
    if (literal) {
      out.write(octet);
    } else {
      out.write('=');
      out.write(HEX[octet >> 4]);
      out.write(HEX[octet & 15]);
    }
    column += literal ? 1 : 3;
  }
}
