package org.milena.engines.kafka;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How the run before this one ended. A killed broker loses nothing, because what it wrote is with
 * the operating system; when the operating system went too, what was not on the disk is gone.
 *
 * <p>Kafka leaves a mark on a clean stop; whether the machine was started anew shows in the boot id
 * of Linux (proc(5)). Where there is none, every stop that was not clean counts as a loss of power.
 */
final class LastRun {
  private static final Logger LOG = LoggerFactory.getLogger(LastRun.class);
  private static final Path BOOT_ID = Path.of("/proc/sys/kernel/random/boot_id");

  private final Path folder;
  private final Optional<String> boot;
  private final boolean lostPower;

  LastRun(Path folder, Optional<String> boot) throws IOException {
    this.folder = folder;
    this.boot = boot;
    Path note = note();
    boolean before = Files.exists(note);
    boolean sameBoot =
        before && boot.isPresent() && Files.readString(note).strip().equals(boot.get());
    boolean clean = Files.exists(folder.resolve("logs").resolve(".kafka_cleanshutdown"));
    this.lostPower = before && !clean && !sameBoot;
  }

  /**
   * Looks at a broker's folder.
   *
   * @throws IOException when it can't be read
   */
  static LastRun in(Path folder) throws IOException {
    LastRun last =
        new LastRun(
            folder,
            Files.isReadable(BOOT_ID)
                ? Optional.of(Files.readString(BOOT_ID).strip())
                : Optional.empty());
    if (last.lostPower()) {
      LOG.warn(
          "The machine went down under the Kafka broker of {}: the last seconds of what it wrote"
              + " may be missing.",
          folder);
    }
    return last;
  }

  /** Whether the machine went down under the broker that used this folder before. */
  boolean lostPower() {
    return lostPower;
  }

  /**
   * Notes this run: what the one before may have lost has been seen to.
   *
   * @throws IOException when the folder can't be written
   */
  void settle() throws IOException {
    Path draft = folder.resolve("boot.id.new");
    Files.writeString(draft, boot.orElse("unknown"));
    Files.move(draft, note(), StandardCopyOption.ATOMIC_MOVE);
  }

  private Path note() {
    return folder.resolve("boot.id");
  }
}
