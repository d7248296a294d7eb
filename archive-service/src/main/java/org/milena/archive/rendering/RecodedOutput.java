package org.milena.archive.rendering;

import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.Charset;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import org.milena.archive.rewriting.Unclosed;

/** Writes UTF-8 on in another charset, a little at a time. */
final class RecodedOutput extends OutputStream {
  private static final int PIECE = 8192;

  private final Writer out;
  private final CharsetDecoder decoder =
      StandardCharsets.UTF_8
          .newDecoder()
          .onMalformedInput(CodingErrorAction.REPLACE)
          .onUnmappableCharacter(CodingErrorAction.REPLACE);
  private final ByteBuffer octets = ByteBuffer.allocate(PIECE);
  private final CharBuffer characters = CharBuffer.allocate(PIECE);

  /**
   * @param out is not closed
   */
  RecodedOutput(OutputStream out, Charset charset) {
    this.out = new OutputStreamWriter(new Unclosed(out), charset);
  }

  @Override
  public void write(int octet) throws IOException {
    if (!octets.hasRemaining()) {
      decode(false);
    }
    octets.put((byte) octet);
  }

  @Override
  public void write(byte[] all, int from, int length) throws IOException {
    int at = from;
    while (at < from + length) {
      if (!octets.hasRemaining()) {
        decode(false);
      }
      int some = Math.min(octets.remaining(), from + length - at);
      octets.put(all, at, some);
      at += some;
    }
  }

  /** What is cut off within a character waits for the rest of it. */
  private void decode(boolean last) throws IOException {
    octets.flip();
    // a character of UTF-8 has no fewer octets than characters of Java, so all of them fit
    var unused = decoder.decode(octets, characters, last);
    octets.compact();
    out.append(characters.flip());
    characters.clear();
  }

  /** Writes what is left, and what leads back to the beginning of a charset with shifts. */
  @Override
  public void close() throws IOException {
    decode(true);
    out.close();
  }
}
