package org.milena.archive.rewriting;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;

/** A stream for who closes what it writes to, while what is behind goes on. */
public final class Unclosed extends FilterOutputStream {

  /** In front of that one. */
  public Unclosed(OutputStream out) {
    super(out);
  }

  @Override
  public void write(byte[] octets, int from, int length) throws IOException {
    out.write(octets, from, length);
  }

  @Override
  public void close() {
    // what is behind goes on
  }
}
