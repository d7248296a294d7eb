package org.milena.scanner.builtin;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.function.LongSupplier;
import org.milena.common.failure.OutageException;
import org.milena.scanner.builtin.archive.MemoryUse;

/** What one scan has used of its {@link ScanLimits}. */
final class Budget implements MemoryUse, AutoCloseable {

  /** Names that directories and second lists give to the files of archives, for each file. */
  private static final int NAMES_PER_ENTRY = 4;

  private final ScanLimits limits;
  private final MemoryPool pool;
  private final LongSupplier nanoTime;

  private long deadline;
  private int depth;
  private int parts;
  private int archiveDepth;
  private int entries;
  private int names;
  private long unpacked;
  private long packed;
  private long memory;
  private boolean inPool;

  Budget(ScanLimits limits, MemoryPool pool, LongSupplier nanoTime) {
    this.limits = limits;
    this.pool = pool;
    this.nanoTime = nanoTime;
    this.deadline = nanoTime.getAsLong() + limits.time().toNanos();
  }

  /** One more multipart or message around what comes. */
  void enter() throws LimitException {
    if (++depth > limits.depth()) {
      throw new LimitException("nested deeper than " + limits.depth() + " levels");
    }
  }

  void leave() {
    depth--;
  }

  void part() throws IOException {
    if (++parts > limits.parts()) {
      throw new LimitException("more than " + limits.parts() + " parts");
    }
    time();
  }

  void enterArchive() throws LimitException {
    if (++archiveDepth > limits.archiveDepth()) {
      throw new LimitException("archives nested deeper than " + limits.archiveDepth() + " levels");
    }
  }

  void leaveArchive() {
    archiveDepth--;
  }

  void entry() throws IOException {
    if (++entries > limits.archiveEntries()) {
      throw new LimitException("more than " + limits.archiveEntries() + " files in archives");
    }
    time();
  }

  /** One more name for a file in an archive. */
  void name() throws LimitException {
    if (++names > (long) NAMES_PER_ENTRY * limits.archiveEntries()) {
      throw new LimitException("more names than files in archives");
    }
  }

  @Override
  public void take(long octets) throws IOException {
    memory += octets;
    if (memory > pool.perScan()) {
      throw new LimitException("wants more than " + (pool.perScan() >> 20) + " MiB to unpack");
    }
    if (memory > MemoryPool.UNCOUNTED && !inPool) {
      long before = nanoTime.getAsLong();
      try {
        inPool = pool.enter();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new IOException("interrupted", e);
      }
      if (!inPool) {
        throw new OutageException("all memory for archives is taken");
      }
      deadline += nanoTime.getAsLong() - before;
    }
  }

  @Override
  public void giveBack(long octets) {
    memory -= octets;
  }

  /** Ends the scan. */
  @Override
  public void close() {
    if (inPool) {
      inPool = false;
      pool.leave();
    }
  }

  /** The message itself, or one in it. */
  InputStream timed(InputStream in) {
    return new FilterInputStream(in) {
      @Override
      public int read(byte[] buffer, int offset, int length) throws IOException {
        time();
        return super.read(buffer, offset, length);
      }
    };
  }

  /** A stream of packed octets, as they stand in the message. */
  InputStream packed(InputStream in) {
    return archiveDepth > 1 ? in : new Counting(in, false);
  }

  /** A stream of what was unpacked. */
  InputStream unpacked(InputStream in) {
    return new Counting(in, true);
  }

  private void time() throws IOException {
    if (nanoTime.getAsLong() - deadline > 0) {
      throw new LimitException("took longer than " + limits.time().toSeconds() + " s");
    }
    if (Thread.currentThread().isInterrupted()) {
      throw new IOException("interrupted");
    }
  }

  private void countUnpacked(long octets) throws IOException {
    unpacked += octets;
    if (unpacked > limits.unpackedBytes()) {
      throw new LimitException("unpacks to more than " + limits.unpackedBytes() + " octets");
    }
    if (unpacked > ScanLimits.RATIO_FLOOR && unpacked / Math.max(1, packed) > limits.ratio()) {
      throw new LimitException("unpacks to more than " + limits.ratio() + " times its size");
    }
  }

  private final class Counting extends FilterInputStream {

    private final boolean isUnpacked;

    Counting(InputStream in, boolean isUnpacked) {
      super(in);
      this.isUnpacked = isUnpacked;
    }

    @Override
    public int read() throws IOException {
      int octet = super.read();
      if (octet >= 0) {
        count(1);
      }
      return octet;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
      time();
      int got = super.read(buffer, offset, length);
      if (got > 0) {
        count(got);
      }
      return got;
    }

    @Override
    public long skip(long octets) throws IOException {
      time();
      long skipped = super.skip(octets);
      count(skipped);
      return skipped;
    }

    @Override
    public boolean markSupported() {
      return false;
    }

    private void count(long octets) throws IOException {
      if (isUnpacked) {
        countUnpacked(octets);
      } else {
        packed += octets;
      }
    }
  }
}
