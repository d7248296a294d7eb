package org.milena.listexpander.preparation.content;

import java.io.ByteArrayOutputStream;

/** A range of octets that is copied from front to end, with some of it replaced. */
final class Cutting {
  private final byte[] source;
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private int at;
  private boolean changed;

  Cutting(byte[] source, int from) {
    this.source = source;
    this.at = from;
  }

  byte[] source() {
    return source;
  }

  /** Replaces a range behind those before. */
  void replace(int from, int to, byte[] with) {
    out.write(source, at, from - at);
    out.writeBytes(with);
    at = to;
    changed = true;
  }

  boolean changed() {
    return changed;
  }

  /** All of it up to here. */
  byte[] upTo(int end) {
    out.write(source, at, end - at);
    at = end;
    return out.toByteArray();
  }
}
