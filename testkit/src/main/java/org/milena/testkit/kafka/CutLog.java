package org.milena.testkit.kafka;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * Does to the folder of a broker that stands what a loss of power does: a topic loses its end, and
 * nothing says that the broker was stopped cleanly.
 */
public final class CutLog {
  private CutLog() {}

  /**
   * Cuts every partition of a topic so that this many batches stay in each.
   *
   * @param dataFolder the broker's
   * @return how many batches were cut off
   */
  public static int leave(Path dataFolder, String topic, int batches) {
    Path logs = dataFolder.resolve("logs");
    try (Stream<Path> folders = Files.list(logs)) {
      List<Path> partitions =
          folders.filter(path -> path.getFileName().toString().matches(topic + "-\\d+")).toList();
      int lost = 0;
      for (Path partition : partitions) {
        lost += cut(partition, batches);
      }
      Files.delete(logs.resolve(".kafka_cleanshutdown"));
      return lost;
    } catch (IOException e) {
      throw new UncheckedIOException("the log of " + topic + " cannot be cut", e);
    }
  }

  /** A batch begins with its base offset (64 bits) and the length of what follows (32 bits). */
  private static int cut(Path partition, int batches) throws IOException {
    try (Stream<Path> files = Files.list(partition);
        FileChannel log =
            FileChannel.open(
                files.filter(path -> path.toString().endsWith(".log")).findFirst().orElseThrow(),
                StandardOpenOption.READ,
                StandardOpenOption.WRITE)) {
      List<Long> begins = new ArrayList<>();
      ByteBuffer length = ByteBuffer.allocate(Integer.BYTES);
      int head = Long.BYTES + Integer.BYTES;
      for (long at = 0; at + head <= log.size(); at += head + length.getInt(0)) {
        begins.add(at);
        length.clear();
        while (length.hasRemaining()) {
          if (log.read(length, at + Long.BYTES + length.position()) < 0) {
            throw new IOException("half a batch at the end of " + partition);
          }
        }
      }
      if (begins.size() <= batches) {
        return 0;
      }
      log.truncate(begins.get(batches));
      return begins.size() - batches;
    }
  }
}
