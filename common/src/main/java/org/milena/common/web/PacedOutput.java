package org.milena.common.web;

import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import java.io.IOException;
import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * Watches how fast what is written is taken. Only the time counts that writing waits, not that in
 * which an answer is made: a reader who takes all at once is never slow.
 *
 * <p>Waiting is a debt, which octets pay off. So no pause is too long that is shorter than what is
 * allowed, whenever it comes, and no fast beginning is saved up for one.
 */
final class PacedOutput extends ServletOutputStream {
  /** Octets that are written at once: the time that they wait is looked at behind each. */
  private static final int PIECE = 8192;

  private final ServletOutputStream out;
  private final long leastRate;
  private final long mostDebt;
  private final LongSupplier nanoTime;
  private double debt;
  private boolean ended;

  /**
   * @param leastRate octets a second that a reader has to take, above 0
   * @param window so long he may be waited for beyond the time that what he takes needs at this
   *     rate
   * @param nanoTime as of {@link System#nanoTime}
   */
  PacedOutput(ServletOutputStream out, long leastRate, Duration window, LongSupplier nanoTime) {
    this.out = out;
    this.leastRate = leastRate;
    mostDebt = window.toNanos();
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
    long waited = nanoTime.getAsLong() - begin;
    debt = Math.max(0, debt + waited - octets * 1e9 / leastRate);
    if (debt >= mostDebt) {
      ended = true;
      throw tooSlow();
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
