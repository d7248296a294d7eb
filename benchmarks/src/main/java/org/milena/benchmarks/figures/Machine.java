package org.milena.benchmarks.figures;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.stream.Stream;

/** What figures were measured on. */
public final class Machine {
  private static final int FSYNCS = 200;
  private static final int OCTETS = 10_240;

  /**
   * Cores, memory, kernel, Java, and the disk.
   *
   * @param folder on the disk that is measured
   */
  public static Table describe(Path folder) {
    Sample fsyncs = fsyncs(folder.resolve("fsync"));
    return new Table("machine", "")
        .row("cores", Integer.toString(Runtime.getRuntime().availableProcessors()))
        .row("memory", first("/proc/meminfo").replaceAll("[^0-9]+", "") + " kB")
        .row("kernel", System.getProperty("os.name") + " " + System.getProperty("os.version"))
        .row("Java", Runtime.version().toString())
        .row("file system of " + folder.getParent(), fileSystem(folder))
        .row(
            "write and fsync of 10 KB, median (spread)",
            Sample.number(fsyncs.median(), 2) + " ms (" + fsyncs.spread(2) + ")");
  }

  /** The load average of the last minute. */
  public static double load() {
    return Double.parseDouble(first("/proc/loadavg").split(" ")[0]);
  }

  private static String fileSystem(Path folder) {
    try {
      return Files.getFileStore(folder).type();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Sample fsyncs(Path file) {
    Sample sample = new Sample();
    try (FileChannel channel =
        FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.APPEND)) {
      for (int i = 0; i < FSYNCS; i++) {
        long start = System.nanoTime();
        int unused = channel.write(ByteBuffer.allocate(OCTETS));
        channel.force(true);
        sample.add((System.nanoTime() - start) / 1e6);
      }
      return sample;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String first(String file) {
    try (Stream<String> lines = Files.lines(Path.of(file))) {
      return lines.findFirst().orElseThrow();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Machine() {}
}
