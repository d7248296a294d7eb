package org.milena.ingress.tls;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.function.Supplier;
import org.milena.common.failure.UnfitException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The identity in two PEM files, read again when one of them has changed: a certificate is renewed
 * without a restart. What can't be read then is said in the log, and the old one stays.
 */
public final class Identities implements Supplier<ServerIdentity> {
  private static final Logger log = LoggerFactory.getLogger(Identities.class);
  private static final Duration LOOK_AGAIN = Duration.ofSeconds(10);

  private record Loaded(ServerIdentity identity, FileTime version, Instant lookedAt) {}

  private final Path certificates;
  private final Path key;
  private final InstantSource clock;
  private volatile Loaded loaded;

  private Identities(Path certificates, Path key, InstantSource clock) {
    this.certificates = certificates;
    this.key = key;
    this.clock = clock;
    ServerIdentity first = PemFiles.read(certificates, key);
    this.loaded = new Loaded(first, version(), clock.instant());
  }

  /**
   * The operator's files.
   *
   * @throws UnfitException when they can't be used
   */
  public static Identities of(Path certificates, Path key, InstantSource clock) {
    return new Identities(certificates, key, clock);
  }

  /**
   * Our own in this folder, made if it is not there.
   *
   * @throws UnfitException when it can't be made or used
   */
  public static Identities selfSigned(
      Path folder, String hostname, InstantSource clock, SecureRandom random) {
    Path certificates = folder.resolve("smtp.crt");
    Path key = folder.resolve("smtp.key");
    try {
      Files.createDirectories(folder);
      if (!Files.exists(certificates) || !Files.exists(key)) {
        write(SelfSigned.create(hostname, clock.instant(), random), certificates, key);
        log.info("Made a self-signed certificate for {} in {}", hostname, certificates);
      }
    } catch (IOException e) {
      throw new UnfitException("No certificate can be made in " + folder + ": " + e, e);
    }
    return new Identities(certificates, key, clock);
  }

  private static void write(ServerIdentity identity, Path certificates, Path key)
      throws IOException {
    Files.deleteIfExists(key);
    try {
      Files.createFile(
          key, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    } catch (UnsupportedOperationException _) {
      Files.createFile(key);
    } catch (FileAlreadyExistsException e) {
      throw new IOException("another process makes it at the same time", e);
    }
    PemFiles.write(key, List.of(identity.key()));
    PemFiles.write(certificates, identity.chain());
  }

  @Override
  public ServerIdentity get() {
    Loaded now = loaded;
    Instant at = clock.instant();
    if (at.isBefore(now.lookedAt().plus(LOOK_AGAIN))) {
      return now.identity();
    }
    Loaded next = look(now, at);
    loaded = next;
    return next.identity();
  }

  private Loaded look(Loaded before, Instant at) {
    try {
      FileTime version = version();
      if (version.equals(before.version())) {
        return new Loaded(before.identity(), version, at);
      }
      ServerIdentity renewed = PemFiles.read(certificates, key);
      log.info("The certificate in {} was renewed", certificates);
      return new Loaded(renewed, version, at);
    } catch (UnfitException | UncheckedIOException e) {
      log.error("The old certificate stays in use: {}", e.getMessage());
      return new Loaded(before.identity(), before.version(), at);
    }
  }

  private FileTime version() {
    try {
      FileTime one = Files.getLastModifiedTime(certificates);
      FileTime other = Files.getLastModifiedTime(key);
      return one.compareTo(other) > 0 ? one : other;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
