package org.milena.common.mail;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * A change of a message: what stands instead of some of its octets.
 *
 * @param start of what is replaced, in octets from the message's first
 * @param end behind what is replaced; equal to {@code start} where only something is put in
 * @param octets what stands there now, each as the character of its number (ISO 8859-1)
 */
public record Splice(int start, int end, String octets) {

  public Splice {
    if (start < 0 || end < start) {
      throw new IllegalArgumentException("no such place: " + start + " to " + end);
    }
  }

  /** Puts these octets there, leaving out of the change what both have at its ends. */
  public static Splice of(byte[] message, int start, int end, byte[] with) {
    int most = Math.min(end - start, with.length);
    int head = 0;
    while (head < most && message[start + head] == with[head]) {
      head++;
    }
    int tail = 0;
    while (tail < most - head && message[end - 1 - tail] == with[with.length - 1 - tail]) {
      tail++;
    }
    return new Splice(
        start + head,
        end - tail,
        new String(with, head, with.length - head - tail, StandardCharsets.ISO_8859_1));
  }

  /**
   * The message with these changes.
   *
   * @param splices in the order of their places
   * @throws IllegalArgumentException when they overlap or lie outside
   */
  public static RawMessage apply(RawMessage message, List<Splice> splices) {
    byte[] bytes = message.unsafeBytes();
    ByteArrayOutputStream changed = new ByteArrayOutputStream(bytes.length + 64);
    int done = 0;
    for (Splice splice : splices) {
      if (splice.start < done || splice.end > bytes.length) {
        throw new IllegalArgumentException(
            "a message of %d octets has no place %d to %d behind %d"
                .formatted(bytes.length, splice.start, splice.end, done));
      }
      changed.write(bytes, done, splice.start - done);
      changed.writeBytes(splice.octets.getBytes(StandardCharsets.ISO_8859_1));
      done = splice.end;
    }
    changed.write(bytes, done, bytes.length - done);
    return RawMessage.wrap(changed.toByteArray());
  }
}
