package org.milena.egress.session;

import java.util.List;
import org.milena.common.mail.RawMessage;

/**
 * A message as it stands on the wire between DATA and its reply: dots doubled at the start of lines
 * (RFC 5321 section 4.5.2), with the final dot. Made once, sent to many.
 *
 * <p>Only CRLF ends a line in it: a CR or LF that stands alone becomes a space, so that no host on
 * the way can take it for a line end and what follows for a command (outbound smuggling). Such a
 * message cannot come through our own edge; the author's signature would break, the mail still
 * comes.
 *
 * <p>It may have places, at starts of lines, where each copy has lines of its own; the form itself
 * is shared by all copies.
 */
public final class WireForm {
  private static final byte[] FINAL_DOT = {'.', '\r', '\n'};

  private final byte[] octets;
  private final int length;
  private final int messageSize;
  private final boolean eightBit;
  private final int[] places;
  private final List<RawMessage> insertions;

  private WireForm(
      byte[] octets,
      int length,
      int messageSize,
      boolean eightBit,
      int[] places,
      List<RawMessage> insertions) {
    this.octets = octets;
    this.length = length;
    this.messageSize = messageSize;
    this.eightBit = eightBit;
    this.places = places;
    this.insertions = insertions;
  }

  /** The wire form of a message. Does not copy a message that needs no change. */
  public static WireForm of(RawMessage message) {
    return of(message, List.of());
  }

  /**
   * The wire form of a message with places.
   *
   * @param places octets of the message before each, in order; every one the start of a line
   */
  public static WireForm of(RawMessage message, List<Integer> places) {
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
      return new WireForm(in, in.length, in.length, eightBit, ints(places), List.of());
    }
    int size = in.length + dots + (lineStart ? 0 : 2);
    return encode(in, size, lineStart, eightBit, ints(places));
  }

  private static int[] ints(List<Integer> places) {
    return places.stream().mapToInt(Integer::intValue).toArray();
  }

  private static WireForm encode(
      byte[] in, int size, boolean endsWithLine, boolean eightBit, int[] places) {
    int place = 0;
    byte[] out = new byte[size];
    int to = 0;
    boolean lineStart = true;
    for (int i = 0; i < in.length; i++) {
      while (place < places.length && places[place] <= i) {
        places[place++] = to;
      }
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
    while (place < places.length) {
      places[place++] = to;
    }
    return new WireForm(out, to, in.length, eightBit, places, List.of());
  }

  /**
   * The form of one copy. Shares the octets with this one.
   *
   * @param lines what is put at each place: whole lines, in seven bits, none of which starts with a
   *     dot
   */
  public WireForm filled(List<RawMessage> lines) {
    if (lines.size() != places.length) {
      throw new IllegalArgumentException(lines.size() + " for " + places.length + " places");
    }
    int more = lines.stream().mapToInt(RawMessage::size).sum();
    return new WireForm(octets, length, messageSize + more, eightBit, places, List.copyOf(lines));
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
    int from = 0;
    for (int i = 0; i < insertions.size(); i++) {
      write(wire, from, places[i], block, beforeEach);
      RawMessage lines = insertions.get(i);
      wire.write(lines.unsafeBytes(), 0, lines.size());
      from = places[i];
    }
    write(wire, from, length, block, beforeEach);
    wire.write(FINAL_DOT, 0, FINAL_DOT.length);
  }

  private void write(Wire wire, int from, int to, int block, Runnable beforeEach)
      throws WireException {
    int at = from;
    do {
      beforeEach.run();
      int piece = Math.min(block, to - at);
      wire.write(octets, at, piece);
      at += piece;
    } while (at < to);
  }
}
