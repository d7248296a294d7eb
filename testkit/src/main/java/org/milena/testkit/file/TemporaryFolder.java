package org.milena.testkit.file;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Comparator;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.slf4j.LoggerFactory;

/**
 * A folder for what outlives a test, or is entered by another user, where JUnit's {@code @TempDir}
 * does not serve. It is gone when its user says so, or else when this JVM ends.
 */
public final class TemporaryFolder {
  private static final Set<Path> LEFT = ConcurrentHashMap.newKeySet();
  private static final Queue<Runnable> CLOSED_FIRST = new ConcurrentLinkedQueue<>();
  private static final Duration PAUSE = Duration.ofMillis(100);
  private static final int TRIES = 30;

  static {
    Runtime.getRuntime()
        .addShutdownHook(new Thread(TemporaryFolder::deleteAll, "delete-temporary-folders"));
  }

  /** One that only this user may enter. */
  public static Path create(String prefix) {
    return create(prefix, "rwx------");
  }

  /** One that everybody may enter: Elasticsearch may run as another user. */
  public static Path createForAll(String prefix) {
    return create(prefix, "rwxr-xr-x");
  }

  private static Path create(String prefix, String permissions) {
    try {
      Path folder =
          Files.createTempDirectory(
              prefix,
              PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(permissions)));
      LEFT.add(folder);
      return folder;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Deletes it with all that is in it; who still writes there may go on for some seconds. */
  public static void delete(Path folder) {
    for (int tries = 1; ; tries++) {
      try {
        deleteOnce(folder);
        LEFT.remove(folder);
        return;
      } catch (IOException | UncheckedIOException e) {
        if (tries == TRIES) {
          LoggerFactory.getLogger(TemporaryFolder.class).warn("{} stays behind", folder, e);
          return;
        }
        LockSupport.parkNanos(PAUSE.toNanos());
      }
    }
  }

  private static void deleteOnce(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(file);
      }
    } catch (NoSuchFileException e) {
      if (Files.exists(folder)) {
        throw e;
      }
    }
  }

  /** Stops, when this JVM ends, what writes into such a folder, before the folder is deleted. */
  public static void closeFirst(Runnable close) {
    CLOSED_FIRST.add(close);
  }

  private static void deleteAll() {
    CLOSED_FIRST.forEach(Runnable::run);
    LEFT.forEach(TemporaryFolder::delete);
  }

  private TemporaryFolder() {}
}
