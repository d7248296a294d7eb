package org.milena.common.web;

import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import java.io.IOException;
import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * Watches how fast what is written is taken. Only the time counts that writing waits, not that in
 * which an answer is made: a reader who takes all at once is never slow.
 */
final class PacedOutput extends ServletOutputStream {
  /** Octets that are written at once: the time that they wait is looked at behind each. */
  private static final int PIECE = 8192;

  private final ServletOutputStream out;
  private final long leastRate;
  private final long window;
  private final LongSupplier nanoTime;
  private long waited;
  private long taken;
  private boolean ended;

  /**
   * @param leastRate octets a second that a reader has to take
   * @param window time of waiting after which the rate is looked at
   * @param nanoTime as of {@link System#nanoTime}
   */
  PacedOutput(ServletOutputStream out, long leastRate, Duration window, LongSupplier nanoTime) {
    this.out = out;
    this.leastRate = leastRate;
    this.window = window.toNanos();
    this.nanoTime = nanoTime;
  }

  /** Whether the reader was too slow. */
  boolean ended() {
    return ended;
  }

  @Override
  public void write(int octet) throws IOException {
    write(new byte[] {(byte) octet}, 0, 1);
  }

  @Override
  public void write(byte[] octets, int from, int length) throws IOException {
    for (int at = 0; at < length; at += PIECE) {
      int piece = Math.min(PIECE, length - at);
      int first = from + at;
      watched(() -> out.write(octets, first, piece), piece);
    }
  }

  @Override
  public void flush() throws IOException {
    watched(out::flush, 0);
  }

  private interface Writing {
    void run() throws IOException;
  }

  private void watched(Writing writing, int octets) throws IOException {
    if (ended) {
      throw tooSlow();
    }
    long begin = nanoTime.getAsLong();
    writing.run();
    waited += nanoTime.getAsLong() - begin;
    taken += octets;
    if (waited >= window) {
      if (taken < leastRate * (waited / 1e9)) {
        ended = true;
        throw tooSlow();
      }
      waited = 0;
      taken = 0;
    }
  }

  private BrokenOffException tooSlow() {
    return new BrokenOffException(
        "a reader takes less than " + leastRate + " octets a second of an answer");
  }

  @Override
  public boolean isReady() {
    return out.isReady();
  }

  @Override
  public void setWriteListener(WriteListener listener) {
    out.setWriteListener(listener);
  }

  @Override
  public void close() throws IOException {
    if (!ended) {
      out.close();
    }
  }
}
