package org.milena.egress.file;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.milena.common.event.MailJson;
import org.milena.common.failure.OutageException;
import org.milena.common.failure.UnfitException;
import org.milena.common.failure.UnreadableRecordException;
import org.milena.common.mail.RawMessage;
import org.milena.egress.capture.Outbox;
import org.milena.egress.capture.OutboxEntry;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A folder of messages: {@code ID.eml} holds the octets, {@code ID.json} the envelope. The latter
 * is written last, so whatever has one is complete. The oldest are removed when there are too many.
 *
 * <p>Survives the death of the process; a loss of power may cost the last seconds. Safe for use by
 * several threads.
 */
public final class FolderOutbox implements Outbox {
  private static final Logger log = LoggerFactory.getLogger(FolderOutbox.class);
  private static final Pattern ID = Pattern.compile("[0-9]{13}-[0-9]{8}");

  private final Path folder;
  private final int keep;
  private final ConcurrentSkipListSet<String> ids = new ConcurrentSkipListSet<>();
  private final AtomicLong sequence = new AtomicLong();
  private final AtomicLong count = new AtomicLong();

  /**
   * Reads what is there.
   *
   * @param keep how many messages there are at most
   * @throws OutageException when the folder cannot be read
   */
  public FolderOutbox(Path folder, int keep) {
    this.folder = folder;
    this.keep = keep;
    try {
      if (Files.isDirectory(folder)) {
        readIds();
      }
    } catch (IOException e) {
      throw new OutageException("the outbox " + folder + " cannot be read", e);
    }
    count.set(ids.size());
  }

  private void readIds() throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      files
          .map(file -> file.getFileName().toString())
          .filter(name -> name.endsWith(".json"))
          .map(name -> name.substring(0, name.length() - 5))
          .filter(name -> ID.matcher(name).matches())
          .forEach(ids::add);
    }
  }

  /**
   * Makes the folder.
   *
   * @throws UnfitException when that cannot be
   */
  public FolderOutbox prepare() {
    try {
      Files.createDirectories(folder);
      return this;
    } catch (IOException e) {
      throw new UnfitException("The outbox " + folder + " cannot be made: " + e, e);
    }
  }

  @Override
  public String nextId(long epochMillis) {
    return "%013d-%08d".formatted(epochMillis, sequence.getAndIncrement() % 100_000_000);
  }

  @Override
  public void keep(OutboxEntry entry, RawMessage prefix, RawMessage message) {
    Path octets = folder.resolve(entry.id() + ".eml");
    Path facts = folder.resolve(entry.id() + ".json");
    Path draft = folder.resolve(entry.id() + ".tmp");
    try {
      try (OutputStream out = Files.newOutputStream(octets)) {
        prefix.writeTo(out);
        message.writeTo(out);
      }
      Files.write(draft, MailJson.bytes(entry));
      Files.move(draft, facts, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      throw new OutageException("the outbox " + folder + " takes nothing: " + e.getMessage(), e);
    }
    ids.add(entry.id());
    if (count.incrementAndGet() > keep) {
      removeOldest();
    }
  }

  private void removeOldest() {
    String oldest = ids.pollFirst();
    if (oldest == null) {
      return;
    }
    count.decrementAndGet();
    try {
      Files.deleteIfExists(folder.resolve(oldest + ".json"));
      Files.deleteIfExists(folder.resolve(oldest + ".eml"));
    } catch (IOException e) {
      log.warn("cannot remove {} from the outbox", oldest, e);
    }
  }

  @Override
  public List<OutboxEntry> newest(String before, int limit, Predicate<OutboxEntry> wanted) {
    List<OutboxEntry> found = new ArrayList<>();
    var older = before.isEmpty() ? ids : ids.headSet(before, false);
    for (String id : older.descendingSet()) {
      if (found.size() == limit) {
        break;
      }
      find(id).filter(wanted).ifPresent(found::add);
    }
    return found;
  }

  @Override
  public Optional<OutboxEntry> find(String id) {
    return octets(id, ".json")
        .flatMap(json -> {
          try {
            return Optional.of(MailJson.read(json, OutboxEntry.class));
          } catch (UnreadableRecordException e) {
            log.warn("unreadable entry {} in the outbox", id, e);
            return Optional.empty();
          }
        });
  }

  @Override
  public Optional<RawMessage> message(String id) {
    return octets(id, ".eml").map(RawMessage::wrap);
  }

  private Optional<byte[]> octets(String id, String kind) {
    if (!ID.matcher(id).matches()) {
      return Optional.empty();
    }
    try {
      return Optional.of(Files.readAllBytes(folder.resolve(id + kind)));
    } catch (NoSuchFileException e) {
      return Optional.empty();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** How many messages there are. */
  public int size() {
    return ids.size();
  }
}
