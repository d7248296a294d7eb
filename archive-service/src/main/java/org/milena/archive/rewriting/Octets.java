package org.milena.archive.rewriting;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;

/** Octets that are made while they are written, and need not lie in memory as a whole. */
@FunctionalInterface
public interface Octets {

  /**
   * Writes all of them, the same each time; does not close.
   *
   * @throws IOException when the stream refuses
   */
  void writeTo(OutputStream out) throws IOException;

  /** Those of an array that nobody changes. */
  static Octets of(byte[] octets) {
    return out -> out.write(octets);
  }

  /** How many they are; makes them for it. */
  default long count() {
    Counting counting = new Counting();
    write(counting);
    return counting.octets;
  }

  /** All of them. They are counted first: an array that grows takes three times as much. */
  default byte[] toByteArray() {
    return toByteArray(count());
  }

  /**
   * All of them, made once.
   *
   * @param count how many they are; where they are more, it takes more memory
   */
  default byte[] toByteArray(long count) {
    Exact exact = new Exact(Math.toIntExact(count));
    write(exact);
    return exact.array();
  }

  private void write(OutputStream out) {
    try {
      writeTo(out);
    } catch (IOException e) {
      throw new UncheckedIOException("memory refuses nothing", e);
    }
  }

  /** Takes nothing but their number. */
  final class Counting extends OutputStream {
    private long octets;

    private Counting() {}

    @Override
    public void write(int octet) {
      octets++;
    }

    @Override
    public void write(byte[] all, int from, int length) {
      octets += length;
    }
  }

  /** An array of just their number. */
  final class Exact extends ByteArrayOutputStream {
    private Exact(int size) {
      super(size);
    }

    private byte[] array() {
      return count == buf.length ? buf : toByteArray();
    }
  }
}
