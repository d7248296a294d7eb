package org.milena.benchmarks.server;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** A temporary folder for everything a benchmark keeps. At the end it goes, and what runs in it. */
public final class WorkFolder implements AutoCloseable {
  private final Path path;

  private WorkFolder(Path path) {
    this.path = path;
  }

  /** A new one, where {@code TMPDIR} says; also gone when the benchmark is interrupted. */
  public static WorkFolder create() {
    try {
      Path path = Files.createTempDirectory("milena-benchmark");
      // Elasticsearch and Postfix run as other users
      Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rwxr-xr-x"));
      WorkFolder folder = new WorkFolder(path);
      Runtime.getRuntime().addShutdownHook(Thread.ofPlatform().unstarted(folder::close));
      return folder;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Where it is. */
  public Path path() {
    return path;
  }

  /** A folder of one's own below it. */
  public Path folder(String name) {
    try {
      return Files.createDirectories(path.resolve(name));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Ends what still runs and removes the folder; the second time does nothing. */
  @Override
  public synchronized void close() {
    Started.closeAll();
    if (!Files.exists(path)) {
      return;
    }
    try (Stream<Path> all = Files.walk(path)) {
      List<Path> deepestFirst = all.sorted(Comparator.reverseOrder()).toList();
      for (Path file : deepestFirst) {
        Files.deleteIfExists(file);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(path + " cannot be removed", e);
    }
  }
}
