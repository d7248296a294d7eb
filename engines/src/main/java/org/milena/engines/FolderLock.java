package org.milena.engines;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;

/**
 * The right of one process to use a data folder: a lock the operating system gives back when the
 * process dies, however it dies.
 *
 * <p>The file {@code engine.lock} holds the process id of the owner, for the message to whoever
 * comes second. The file stays; only the lock on it counts.
 */
public final class FolderLock implements AutoCloseable {

  private static final String FILE = "engine.lock";

  private final FileChannel channel;

  private FolderLock(FileChannel channel) {
    this.channel = channel;
  }

  /**
   * Takes the folder, which is made if it is missing.
   *
   * @param engine the name of what will live there, for the message
   * @throws EngineStartException when another process, or another engine of this one, has the
   *     folder
   */
  public static FolderLock take(Path folder, String engine) {
    Path file = folder.resolve(FILE);
    try {
      Files.createDirectories(folder);
      FileChannel channel =
          FileChannel.open(
              file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
      try {
        FileLock lock = tryLock(channel, folder, engine);
        if (lock == null) {
          throw inUse(folder, engine, "process " + read(channel));
        }
        channel.truncate(0);
        channel.write(
            ByteBuffer.wrap(
                Long.toString(ProcessHandle.current().pid()).getBytes(StandardCharsets.US_ASCII)),
            0);
        return new FolderLock(channel);
      } catch (IOException | RuntimeException e) {
        channel.close();
        throw e;
      }
    } catch (IOException e) {
      throw new EngineStartException(
          "The " + engine + " folder " + folder + " cannot be used: " + e + ".", e);
    }
  }

  private static @Nullable FileLock tryLock(FileChannel channel, Path folder, String engine)
      throws IOException {
    try {
      return channel.tryLock();
    } catch (OverlappingFileLockException e) {
      // The file is not read here: closing a second handle would give away this process's lock.
      throw inUse(folder, engine, "this process");
    }
  }

  private static EngineStartException inUse(Path folder, String engine, String owner) {
    return new EngineStartException(
        "The %s folder %s is in use by %s: stop that one first, or choose another folder."
            .formatted(engine, folder, owner));
  }

  private static String read(FileChannel channel) throws IOException {
    ByteBuffer pid = ByteBuffer.allocate(20);
    channel.read(pid, 0);
    return pid.position() == 0
        ? "(unknown)"
        : new String(pid.array(), 0, pid.position(), StandardCharsets.US_ASCII);
  }

  @Override
  public void close() {
    try {
      channel.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
