package org.milena.ingress.acceptance;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.milena.ingress.policy.ByteBudget;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A message while it arrives: in memory as long as it is small and the budget has room, then in a
 * file. What comes after the limit, or after the disk was full, is counted and dropped.
 *
 * <p>For one thread. Must be closed, which deletes the file and gives the memory back.
 */
public final class ArrivingMessage implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(ArrivingMessage.class);
  private static final int FIRST_CAPACITY = 16 * 1024;

  private final int limit;
  private final int threshold;
  private final ByteBudget budget;
  private final Path folder;

  private byte[] memory = new byte[0];
  private long taken;
  private long size;
  private boolean overflowed;
  private boolean failed;
  private @Nullable Path file;
  private @Nullable OutputStream out;

  /**
   * @param limit octets it may have
   * @param threshold octets from which on it goes to a file
   * @param folder for that file; must be there
   */
  public ArrivingMessage(int limit, int threshold, ByteBudget budget, Path folder) {
    this.limit = limit;
    this.threshold = threshold;
    this.budget = budget;
    this.folder = folder;
  }

  /** Takes the next octets. Never fails: what went wrong is told at the end. */
  public void append(byte[] bytes, int from, int length) {
    long before = size;
    size += length;
    if (size > limit) {
      if (!overflowed) {
        overflowed = true;
        discard();
      }
      return;
    }
    if (failed) {
      return;
    }
    if (out == null && fits(before, length)) {
      System.arraycopy(bytes, from, memory, (int) before, length);
      return;
    }
    try {
      OutputStream stream = out == null ? openFile((int) before) : out;
      stream.write(bytes, from, length);
    } catch (IOException e) {
      failed = true;
      log.warn("A message could not be kept in {}: {}", folder, e.toString());
      discard();
    }
  }

  /** Octets so far, dropped ones included. */
  public long size() {
    return size;
  }

  /** Whether it has more octets than it may have. */
  boolean overflowed() {
    return overflowed;
  }

  /** Whether it lies in a file. */
  boolean inFile() {
    return file != null;
  }

  /**
   * All of it, in an array that nobody else holds; null when there is no room for it. The budget is
   * held until {@link #close}.
   */
  byte @Nullable [] toBytes() {
    if (failed || overflowed) {
      return null;
    }
    if (out == null) {
      return Arrays.copyOf(memory, (int) size);
    }
    if (!budget.tryTake(size)) {
      return null;
    }
    taken += size;
    try {
      out.close();
      byte[] bytes = Files.readAllBytes(java.util.Objects.requireNonNull(file));
      if (bytes.length != size) {
        throw new IOException("has " + bytes.length + " octets instead of " + size);
      }
      return bytes;
    } catch (IOException e) {
      log.warn("A message could not be read back from {}: {}", file, e.toString());
      return null;
    }
  }

  /** Grows the memory when it must and may. */
  private boolean fits(long before, int more) {
    long needed = before + more;
    if (needed > threshold) {
      return false;
    }
    if (needed <= memory.length) {
      return true;
    }
    int capacity =
        (int) Math.min(threshold, Math.max(Math.max(needed, 2L * memory.length), FIRST_CAPACITY));
    if (!budget.tryTake(capacity - (long) memory.length)) {
      return false;
    }
    taken += capacity - (long) memory.length;
    memory = Arrays.copyOf(memory, capacity);
    return true;
  }

  private OutputStream openFile(int inMemory) throws IOException {
    Path path = Files.createTempFile(folder, "arriving-", ".eml");
    file = path;
    // not buffered: what comes here comes in blocks already
    OutputStream stream = Files.newOutputStream(path);
    out = stream;
    stream.write(memory, 0, inMemory);
    forgetMemory();
    return stream;
  }

  private void forgetMemory() {
    budget.giveBack(taken);
    taken = 0;
    memory = new byte[0];
  }

  private void discard() {
    forgetMemory();
    try {
      if (out != null) {
        out.close();
      }
      if (file != null) {
        Files.deleteIfExists(file);
      }
    } catch (IOException e) {
      log.warn("{} could not be deleted: {}", file, e.toString());
    }
  }

  @Override
  public void close() {
    discard();
  }

  /**
   * Deletes what a killed process left behind.
   *
   * @throws UncheckedIOException when the folder can't be made or read
   */
  public static void prepare(Path folder) {
    try {
      Files.createDirectories(folder);
      try (var left = Files.newDirectoryStream(folder, "arriving-*.eml")) {
        for (Path path : left) {
          Files.deleteIfExists(path);
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
