package org.milena.scanner.builtin;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/** What one scan has used of its {@link ScanLimits}. */
final class Budget {

  private final ScanLimits limits;

  private int depth;
  private int parts;
  private int archiveDepth;
  private int entries;
  private long unpacked;
  private long packed;

  Budget(ScanLimits limits) {
    this.limits = limits;
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

  void part() throws LimitException {
    if (++parts > limits.parts()) {
      throw new LimitException("more than " + limits.parts() + " parts");
    }
  }

  void enterArchive() throws LimitException {
    if (++archiveDepth > limits.archiveDepth()) {
      throw new LimitException("archives nested deeper than " + limits.archiveDepth() + " levels");
    }
  }

  void leaveArchive() {
    archiveDepth--;
  }

  void entry() throws LimitException {
    if (++entries > limits.archiveEntries()) {
      throw new LimitException("more than " + limits.archiveEntries() + " files in archives");
    }
  }

  /** A stream of packed octets, as they stand in the message. */
  InputStream packed(InputStream in) {
    return archiveDepth > 1 ? in : new Counting(in, false);
  }

  /** A stream of what was unpacked. */
  InputStream unpacked(InputStream in) {
    return new Counting(in, true);
  }

  private void countUnpacked(long octets) throws IOException {
    unpacked += octets;
    if (unpacked > limits.unpackedBytes()) {
      throw new LimitException("unpacks to more than " + limits.unpackedBytes() + " octets");
    }
    if (unpacked > ScanLimits.RATIO_FLOOR && unpacked / Math.max(1, packed) > limits.ratio()) {
      throw new LimitException("unpacks to more than " + limits.ratio() + " times its size");
    }
    if (Thread.currentThread().isInterrupted()) {
      throw new IOException("interrupted");
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
      int got = super.read(buffer, offset, length);
      if (got > 0) {
        count(got);
      }
      return got;
    }

    @Override
    public long skip(long octets) throws IOException {
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
