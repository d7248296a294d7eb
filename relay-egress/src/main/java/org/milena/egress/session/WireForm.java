package org.milena.egress.session;

import org.milena.common.mail.RawMessage;

/**
 * A message as it stands on the wire between DATA and its reply: dots doubled at the start of lines
 * (RFC 5321 section 4.5.2), with the final dot. Made once, sent to many.
 *
 * <p>Only CRLF ends a line in it: a CR or LF that stands alone becomes a space, so that no host on
 * the way can take it for a line end and what follows for a command (outbound smuggling). Such a
 * message cannot come through our own edge; the author's signature would break, the mail still
 * comes.
 */
public final class WireForm {
  private static final byte[] FINAL_DOT = {'.', '\r', '\n'};

  private final byte[] octets;
  private final int length;
  private final int messageSize;
  private final boolean eightBit;

  private WireForm(byte[] octets, int length, int messageSize, boolean eightBit) {
    this.octets = octets;
    this.length = length;
    this.messageSize = messageSize;
    this.eightBit = eightBit;
  }

  /** The wire form of a message. Does not copy a message that needs no change. */
  public static WireForm of(RawMessage message) {
    byte[] in = message.unsafeBytes();
    int dots = 0;
    int strays = 0;
    boolean eightBit = false;
    boolean lineStart = true;
    for (int i = 0; i < in.length; i++) {
      byte c = in[i];
      if (lineStart && c == '.') {
        dots++;
      }
      lineStart = false;
      if (c == '\r') {
        if (i + 1 < in.length && in[i + 1] == '\n') {
          i++;
          lineStart = true;
        } else {
          strays++;
        }
      } else if (c == '\n') {
        strays++;
      } else if (c < 0) {
        eightBit = true;
      }
    }
    if (dots == 0 && strays == 0 && lineStart) {
      return new WireForm(in, in.length, in.length, eightBit);
    }
    return encode(in, in.length + dots + (lineStart ? 0 : 2), lineStart, eightBit);
  }

  private static WireForm encode(byte[] in, int size, boolean endsWithLine, boolean eightBit) {
    byte[] out = new byte[size];
    int to = 0;
    boolean lineStart = true;
    for (int i = 0; i < in.length; i++) {
      byte c = in[i];
      if (lineStart && c == '.') {
        out[to++] = '.';
      }
      lineStart = false;
      if (c == '\r' && i + 1 < in.length && in[i + 1] == '\n') {
        out[to++] = '\r';
        out[to++] = '\n';
        i++;
        lineStart = true;
      } else {
        out[to++] = c == '\r' || c == '\n' ? (byte) ' ' : c;
      }
    }
    if (!endsWithLine) {
      out[to++] = '\r';
      out[to++] = '\n';
    }
    return new WireForm(out, to, in.length, eightBit);
  }

  /** Octets of the message, for SIZE (RFC 1870). */
  public int messageSize() {
    return messageSize;
  }

  /** Octets this form holds in memory. */
  public int heldOctets() {
    return length;
  }

  /** Whether an octet above 127 is in it (RFC 6152). */
  public boolean eightBit() {
    return eightBit;
  }

  /**
   * Writes it all, final dot included, in pieces of {@code block} octets.
   *
   * @param beforeEach run before each piece: what sets the time it may take
   */
  void writeTo(Wire wire, int block, Runnable beforeEach) throws WireException {
    int at = 0;
    do {
      beforeEach.run();
      int piece = Math.min(block, length - at);
      wire.write(octets, at, piece);
      at += piece;
    } while (at < length);
    wire.write(FINAL_DOT, 0, FINAL_DOT.length);
  }
}
