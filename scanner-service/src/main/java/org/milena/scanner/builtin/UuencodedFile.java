package org.milena.scanner.builtin;

import java.io.IOException;
import java.io.InputStream;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/**
 * A uuencoded file inside a text (POSIX uuencode, also its base64 form), read as a stream. Ends
 * with its {@code end} line, or where a line is none of it.
 */
final class UuencodedFile extends InputStream {

  private final PeekedInput text;
  private final String name;
  private final boolean base64;

  private byte @Nullable [] line;
  private int position;
  private boolean ended;

  /** The text stands behind its first line, which gave the name. */
  UuencodedFile(PeekedInput text, String name, boolean base64) {
    this.text = text;
    this.name = name;
    this.base64 = base64;
    this.line = new byte[0];
  }

  /** As the text has it. */
  String name() {
    return name;
  }

  @Override
  public int read() throws IOException {
    byte[] current = current();
    return current == null ? -1 : current[position++] & 0xFF;
  }

  @Override
  public int read(byte[] buffer, int offset, int length) throws IOException {
    if (length == 0) {
      return 0;
    }
    byte[] current = current();
    if (current == null) {
      return -1;
    }
    int count = Math.min(length, current.length - position);
    System.arraycopy(current, position, buffer, offset, count);
    position += count;
    return count;
  }

  private byte @Nullable [] current() throws IOException {
    byte[] current = line;
    while (current != null && position == current.length) {
      current = ended ? null : decode(text.readLine(EmbeddedContent.MAX_LINE));
      line = current;
      position = 0;
    }
    return current;
  }

  private byte @Nullable [] decode(@Nullable String encoded) {
    if (encoded == null || encoded.equals("end") || encoded.equals("====")) {
      ended = true;
      return null;
    }
    byte[] octets = base64 ? decodeBase64(encoded) : decodeLine(encoded);
    ended = octets == null;
    return octets;
  }

  private static byte @Nullable [] decodeBase64(String encoded) {
    try {
      return Base64.getMimeDecoder().decode(encoded);
    } catch (IllegalArgumentException _) {
      return null;
    }
  }

  /** Null when it is no line of a uuencoded file. */
  private static byte @Nullable [] decodeLine(String encoded) {
    if (encoded.isEmpty() || encoded.charAt(0) < ' ' || encoded.charAt(0) > '`') {
      return null;
    }
    int length = (encoded.charAt(0) - ' ') & 0x3F;
    byte[] octets = new byte[length];
    int out = 0;
    for (int in = 1; out < length; in += 4) {
      int group = 0;
      for (int i = 0; i < 4; i++) {
        // blanks at the end of a line get lost on the way, and mean zero
        int c = in + i < encoded.length() ? encoded.charAt(in + i) : ' ';
        group = (group << 6) | ((c - ' ') & 0x3F);
      }
      for (int shift = 16; shift >= 0 && out < length; shift -= 8) {
        octets[out++] = (byte) (group >> shift);
      }
    }
    return octets;
  }
}
