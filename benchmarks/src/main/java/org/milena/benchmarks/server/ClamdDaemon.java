package org.milena.benchmarks.server;

import java.io.BufferedWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.milena.scanner.scan.Eicar;

/**
 * A clamd of our own with a made-up database: so many signatures of random octets, which occur in
 * no mail, and one of the test virus, without which the scanner believes no engine. It has some
 * work with every octet, though less than with the real database.
 */
public final class ClamdDaemon implements AutoCloseable {

  /** Signatures in its database. */
  public static final int SIGNATURES = 200_000;

  private static final Duration START_LIMIT = Duration.ofMinutes(2);
  private static final int LENGTH = 24;

  private final Started process;
  private final Path socket;

  private ClamdDaemon(String program, Path folder) {
    this.socket = folder.resolve("clamd.sock");
    try {
      Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
      Path database = Files.createDirectories(folder.resolve("db"));
      writeSignatures(database.resolve("random.ndb"));
      Path config = folder.resolve("clamd.conf");
      Files.writeString(
          config,
          """
          DatabaseDirectory %s
          LocalSocket %s
          Foreground yes
          LogFile %s
          AlertExceedsMax yes
          AlertEncrypted yes
          MaxScanTime 30000
          StreamMaxLength 64M
          MaxThreads 10
          DisableCache yes
          """
              .formatted(database, socket, folder.resolve("clamd.log")));
      this.process =
          Started.start(
              "clamd",
              List.of(program, "--config-file=" + config),
              Map.of(),
              folder.resolve("out.log"),
              false);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    process.await("its socket", START_LIMIT, () -> Files.exists(socket));
  }

  /** Starts it and waits until it listens. */
  public static ClamdDaemon start(String program, Path folder) {
    return new ClamdDaemon(program, folder);
  }

  private static void writeSignatures(Path file) throws IOException {
    Random random = new Random(5);
    byte[] octets = new byte[LENGTH];
    try (BufferedWriter out = Files.newBufferedWriter(file)) {
      for (int i = 0; i < SIGNATURES; i++) {
        random.nextBytes(octets);
        out.write("Random.Octets-" + i + ":0:*:" + HexFormat.of().formatHex(octets) + "\n");
      }
      out.write(Eicar.SIGNATURE + ":0:*:" + HexFormat.of().formatHex(Eicar.octets()) + "\n");
    }
  }

  /** Where it listens. */
  public Path socket() {
    return socket;
  }

  /** Seconds of processor time. */
  public double cpuSeconds() {
    return process.cpuSeconds();
  }

  @Override
  public void close() {
    process.close();
  }
}
