package org.milena.archive.intake;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.function.Supplier;
import org.milena.archive.extract.AttachmentReader;
import org.milena.archive.identity.LinkKeys;
import org.milena.archive.message.Excerpt;
import org.milena.archive.message.MessageParser;
import org.milena.archive.message.ParsedMessage;
import org.milena.archive.post.ArchivedPost;
import org.milena.archive.post.NewPost;
import org.milena.archive.post.PostConflictException;
import org.milena.archive.post.PostsRefusedException;
import org.milena.archive.post.RemovedPosts;
import org.milena.archive.post.Shelf;
import org.milena.common.event.ArchiveId;
import org.milena.common.event.PostMeta;
import org.milena.common.event.RecordPosition;
import org.milena.common.event.Removal;
import org.milena.common.event.Topics;
import org.milena.common.failure.OutageException;
import org.milena.common.failure.UnreadableRecordException;
import org.milena.common.mail.RawMessage;
import org.milena.common.stage.BatchSink;
import org.milena.common.stage.InRecord;
import org.milena.common.stage.MailRecords;
import org.milena.common.stage.RefusedRecordsException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The sink of {@code mail.posts}. Batches are cut into slices of bounded size. A slice is kept and
 * shown before the next one is; while that waits for the search engine, the next one is read.
 */
public final class PostIntake implements BatchSink {
  /** The group that reads {@code mail.posts} into the index. */
  public static final String GROUP = "archive";

  private static final Logger log = LoggerFactory.getLogger(PostIntake.class);

  private static final int BATCH_POSTS = 1000;
  private static final int BATCH_BYTES = 8 << 20;

  /**
   * Each slice costs a dozen requests and a segment of the index, which is merged with others
   * later, however many posts it has: with half of this a third of the search engine's time went
   * into that.
   */
  private static final int MAX_SLICE_POSTS = 500;

  /** Two slices are in memory at a time. */
  private static final int MAX_SLICE_BYTES = 8 << 20;

  /** Another instance can be faster a few times while a list changes hands, not for ever. */
  private static final int MAX_TRIES = 5;

  private final MessageParser parser;
  private final Supplier<Shelf> shelves;
  private final RemovedPosts removals;
  private final boolean bySubject;
  private final Executor readAhead;
  private final InstantSource clock;
  private final Counter archived;
  private final Counter unchanged;
  private final Counter removed;
  private final Counter joined;
  private final Timer searchable;

  /**
   * Into what is given.
   *
   * @param shelves where posts go; asked again for each slice, for an index that was built anew may
   *     have taken the place of the one before
   * @param removals what must not come back, whoever writes it again
   * @param bySubject whether an answer that names no post joins the thread of its subject
   * @param reader reads documents that are attached, before a shelf is asked for anything
   * @param readAhead where posts are read while those before them are kept; one task at a time
   */
  public PostIntake(
      Supplier<Shelf> shelves,
      RemovedPosts removals,
      boolean bySubject,
      AttachmentReader reader,
      Executor readAhead,
      InstantSource clock,
      MeterRegistry meters) {
    this.parser = new MessageParser(reader);
    this.shelves = shelves;
    this.removals = removals;
    this.bySubject = bySubject;
    this.readAhead = readAhead;
    this.clock = clock;
    this.archived = meters.counter("milena.archive.posts", "result", "archived");
    this.unchanged = meters.counter("milena.archive.posts", "result", "unchanged");
    this.removed = meters.counter("milena.archive.posts", "result", "removed");
    this.joined = meters.counter("milena.archive.threads.joined");
    this.searchable =
        Timer.builder("milena.archive.searchable")
            .description("from the list's acceptance of a post until a search finds it")
            .publishPercentileHistogram()
            .minimumExpectedValue(Duration.ofMillis(10))
            .maximumExpectedValue(Duration.ofMinutes(10))
            .register(meters);
  }

  @Override
  public String name() {
    return GROUP;
  }

  @Override
  public String topic() {
    return Topics.POSTS;
  }

  @Override
  public int batchRecords() {
    return BATCH_POSTS;
  }

  @Override
  public int batchOctets() {
    return BATCH_BYTES;
  }

  @Override
  public void accept(List<InRecord> batch) {
    Map<RecordPosition, String> refused = new HashMap<>();
    try (ReadAhead<Slice> slices = new ReadAhead<>(slices(batch), this::read, readAhead)) {
      while (slices.hasNext()) {
        keep(slices.next(), refused);
      }
    }
    if (!refused.isEmpty()) {
      throw new RefusedRecordsException(refused);
    }
  }

  /** Its octets may be there already, while its document could not be written. */
  @Override
  public void undo(InRecord record) {
    record
        .key()
        .filter(ArchiveId::isOne)
        .map(ArchiveId::of)
        .ifPresent(id -> shelves.get().store().removeLeftovers(Set.of(id)));
  }

  private static List<List<InRecord>> slices(List<InRecord> batch) {
    List<List<InRecord>> slices = new ArrayList<>();
    List<InRecord> slice = new ArrayList<>();
    int bytes = 0;
    for (InRecord record : batch) {
      boolean full =
          slice.size() >= MAX_SLICE_POSTS || bytes + record.value().length > MAX_SLICE_BYTES;
      if (full && !slice.isEmpty()) {
        slices.add(slice);
        slice = new ArrayList<>();
        bytes = 0;
      }
      slice.add(record);
      bytes += record.value().length;
    }
    if (!slice.isEmpty()) {
      slices.add(slice);
    }
    return slices;
  }

  /** Keeps what the store takes; each time it refuses posts, there are fewer. */
  private void keep(Slice slice, Map<RecordPosition, String> refused) {
    Wishes wishes = slice.wishes();
    int tries = 1;
    while (true) {
      try {
        count(new ShelfWriter(shelves.get(), bySubject).write(wishes.posts(), wishes.tombstones()));
        break;
      } catch (PostsRefusedException e) {
        e.reasons().forEach((id, why) -> refused.put(wishes.withdraw(id).source(), why));
      } catch (PostConflictException e) {
        if (tries == MAX_TRIES) {
          throw new OutageException("another instance writes the same list", e);
        }
        tries++;
        log.info("looking again, since another instance was faster: {}", e.getMessage());
      }
    }
    Instant now = clock.instant();
    for (Instant acceptedAt : slice.acceptedAt()) {
      Duration took = Duration.between(acceptedAt, now);
      searchable.record(took.isNegative() ? Duration.ZERO : took);
    }
  }

  private void count(ShelfWriter.Written written) {
    archived.increment(written.archived());
    unchanged.increment(written.unchanged());
    removed.increment(written.removed());
    joined.increment(written.joined());
  }

  /** What a slice asks for. */
  private record Slice(Wishes wishes, List<Instant> acceptedAt) {}

  private Slice read(List<InRecord> records) {
    Wishes wishes = new Wishes();
    List<Instant> acceptedAt = new ArrayList<>();
    for (InRecord record : records) {
      if (record.isTombstone()) {
        wishes.remove(key(record));
      } else {
        PostMeta meta = MailRecords.meta(record, PostMeta.class);
        if (removals.of(meta.list(), meta.archiveId()).filter(Removal::isGone).isPresent()) {
          wishes.remove(meta.archiveId());
          continue;
        }
        wishes.keep(newPost(record, meta));
        acceptedAt.add(meta.acceptedAt());
      }
    }
    return new Slice(wishes, acceptedAt);
  }

  private static ArchiveId key(InRecord record) {
    return record
        .key()
        .filter(ArchiveId::isOne)
        .map(ArchiveId::of)
        .orElseThrow(
            () -> new UnreadableRecordException("a tombstone without an archive id: " + record));
  }

  private NewPost newPost(InRecord record, PostMeta meta) {
    RawMessage raw = MailRecords.message(record);
    ParsedMessage parsed = parser.parse(raw);
    ArchivedPost post =
        new ArchivedPost(
            meta.archiveId(),
            meta.list(),
            meta.mailId(),
            meta.archiveId(),
            PostDates.of(parsed.date(), meta.receivedAt(), meta.imported() != null),
            meta.receivedAt(),
            parsed.messageId(),
            parsed.references(),
            parsed.inReplyTo(),
            parsed.subject(),
            parsed.author(),
            parsed.to(),
            parsed.cc(),
            Excerpt.of(parsed.text().whole()),
            parsed.attachments(),
            raw.size(),
            meta.sha256(),
            raw.sha256(),
            parsed.defects());
    return new NewPost(
        post,
        parsed.text(),
        parsed.attachedText(),
        LinkKeys.of(raw, parsed.messageId(), meta),
        raw,
        record.position());
  }
}
