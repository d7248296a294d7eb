package org.milena.archive.intake;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.milena.archive.message.Excerpt;
import org.milena.archive.message.MessageParser;
import org.milena.archive.message.ParsedMessage;
import org.milena.archive.post.ArchivedPost;
import org.milena.archive.post.KeptPost;
import org.milena.archive.post.NewPost;
import org.milena.archive.post.PostConflictException;
import org.milena.archive.post.PostStore;
import org.milena.archive.thread.ThreadIndex;
import org.milena.archive.thread.ThreadPlan;
import org.milena.archive.thread.ThreadPlanner;
import org.milena.archive.thread.ThreadPost;
import org.milena.common.event.ArchiveId;
import org.milena.common.event.PostMeta;
import org.milena.common.event.Topics;
import org.milena.common.failure.OutageException;
import org.milena.common.failure.UnreadableRecordException;
import org.milena.common.mail.ListId;
import org.milena.common.mail.RawMessage;
import org.milena.common.stage.BatchSink;
import org.milena.common.stage.InRecord;
import org.milena.common.stage.MailRecords;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The sink of {@code mail.posts}. Batches are cut into slices of bounded size; a slice is kept and
 * shown before the next begins.
 */
public final class PostIntake implements BatchSink {
  /** The group that reads {@code mail.posts} into the index. */
  public static final String GROUP = "archive";

  private static final Logger log = LoggerFactory.getLogger(PostIntake.class);
  private static final int MAX_SLICE_POSTS = 200;
  private static final int MAX_SLICE_BYTES = 16 << 20;

  /** Another instance can be faster a few times while a list changes hands, not for ever. */
  private static final int MAX_TRIES = 5;

  private final MessageParser parser = new MessageParser();
  private final PostStore store;
  private final ThreadPlanner planner;
  private final InstantSource clock;
  private final Counter archived;
  private final Counter unchanged;
  private final Counter removed;
  private final Counter joined;
  private final Timer searchable;

  /** Into this store; the threads it has so far are asked from {@code index}. */
  public PostIntake(PostStore store, ThreadIndex index, InstantSource clock, MeterRegistry meters) {
    this.store = store;
    this.planner = new ThreadPlanner(index);
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
  public void accept(List<InRecord> batch) {
    List<InRecord> slice = new ArrayList<>();
    int bytes = 0;
    for (InRecord record : batch) {
      boolean full =
          slice.size() >= MAX_SLICE_POSTS || bytes + record.value().length > MAX_SLICE_BYTES;
      if (full && !slice.isEmpty()) {
        take(slice);
        slice = new ArrayList<>();
        bytes = 0;
      }
      slice.add(record);
      bytes += record.value().length;
    }
    if (!slice.isEmpty()) {
      take(slice);
    }
  }

  private void take(List<InRecord> records) {
    Slice slice = read(records);
    for (int tries = 1; ; tries++) {
      try {
        keep(slice);
        break;
      } catch (PostConflictException e) {
        if (tries == MAX_TRIES) {
          throw new OutageException("another instance writes the same list", e);
        }
        log.info("looking again, since another instance was faster: {}", e.getMessage());
      }
    }
    Instant now = clock.instant();
    for (Instant acceptedAt : slice.acceptedAt()) {
      Duration took = Duration.between(acceptedAt, now);
      searchable.record(took.isNegative() ? Duration.ZERO : took);
    }
  }

  /**
   * What a slice asks for. Of several records under one id the last counts.
   *
   * @param posts with their own id for a thread, until that is found
   */
  private record Slice(
      Map<ArchiveId, NewPost> posts, Set<ArchiveId> tombstones, List<Instant> acceptedAt) {}

  private Slice read(List<InRecord> records) {
    Map<ArchiveId, NewPost> posts = new LinkedHashMap<>();
    Set<ArchiveId> tombstones = new HashSet<>();
    List<Instant> acceptedAt = new ArrayList<>();
    for (InRecord record : records) {
      if (record.isTombstone()) {
        ArchiveId id = key(record);
        posts.remove(id);
        tombstones.add(id);
      } else {
        PostMeta meta = MailRecords.meta(record, PostMeta.class);
        tombstones.remove(meta.archiveId());
        posts.put(meta.archiveId(), newPost(record, meta));
        acceptedAt.add(meta.acceptedAt());
      }
    }
    return new Slice(posts, tombstones, acceptedAt);
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
        post, parsed.text(), parsed.attachedText(), List.of(), raw, record.position());
  }

  private void keep(Slice slice) {
    store.show(); // what this list's owner before us wrote last
    Set<ArchiveId> ids = new HashSet<>(slice.posts().keySet());
    ids.addAll(slice.tombstones());
    Map<ArchiveId, KeptPost> kept = store.find(ids);

    Map<ArchiveId, KeptPost> gone = new HashMap<>();
    for (ArchiveId id : slice.tombstones()) {
      KeptPost old = kept.get(id);
      if (old != null) {
        gone.put(id, old);
      }
    }
    Map<ListId, List<NewPost>> fresh = new LinkedHashMap<>();
    Map<ListId, List<ThreadPost>> threaded = new LinkedHashMap<>();
    int same = 0;
    for (NewPost post : slice.posts().values()) {
      ListId list = post.post().list();
      KeptPost old = kept.get(post.post().id());
      if (old != null && isSettled(old, post)) {
        same++;
        threaded.computeIfAbsent(old.list(), _ -> new ArrayList<>()).add(old.post());
        continue;
      }
      if (old != null) {
        gone.put(post.post().id(), old);
      }
      threaded.computeIfAbsent(list, _ -> new ArrayList<>()).add(post.post().forThread());
      fresh.computeIfAbsent(list, _ -> new ArrayList<>()).add(post);
    }
    if (!gone.isEmpty()) {
      remove(gone);
    }
    // those that were there already too: a batch that broke off may have left their thread in two
    threaded.forEach((list, posts) -> add(list, posts, fresh.getOrDefault(list, List.of())));
    store.show();
    unchanged.increment(same);
    removed.increment(gone.size());
  }

  /** Whether what is there needs no change: the same bytes, or those of a later record. */
  private static boolean isSettled(KeptPost old, NewPost post) {
    return old.rawSha256().equals(post.post().rawSha256())
        || (old.source().topic().equals(post.source().topic())
            && old.source().partition() == post.source().partition()
            && old.source().offset() > post.source().offset());
  }

  private void remove(Map<ArchiveId, KeptPost> gone) {
    Map<ListId, Set<ArchiveId>> threads = new HashMap<>();
    gone.values()
        .forEach(
            post -> threads.computeIfAbsent(post.list(), _ -> new HashSet<>()).add(post.thread()));
    threads.forEach((list, ids) -> store.moveToThreads(planner.without(list, ids, gone.keySet())));
    store.remove(gone.keySet());
    store.show();
  }

  private void add(ListId list, List<ThreadPost> posts, List<NewPost> fresh) {
    ThreadPlan plan = planner.plan(list, posts);
    List<NewPost> ready = new ArrayList<>(fresh.size());
    for (NewPost post : fresh) {
      ArchiveId thread = plan.threads().getOrDefault(post.post().id(), post.post().id());
      ready.add(
          new NewPost(
              post.post().inThread(thread),
              post.text(),
              post.attachedText(),
              post.keys(),
              post.raw(),
              post.source()));
    }
    store.add(ready);
    if (!plan.merged().isEmpty()) {
      store.mergeThreads(list, plan.merged());
    }
    archived.increment(ready.size());
    joined.increment(plan.merged().size());
  }
}
