package org.milena.archive.rebuild;

import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.milena.archive.post.Shelf;
import org.milena.archive.rebuild.Generations.Making;
import org.milena.archive.rebuild.RebuildState.Phase;
import org.milena.common.failure.OutageException;
import org.milena.common.stage.BatchSink;
import org.milena.common.stage.InRecord;
import org.milena.common.stage.RefusedRecordsException;
import org.milena.common.stage.TopicLog;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Builds the index anew.
 *
 * <p>The log is read until little is left, the new index takes the old one's place, and what was
 * written until then is read once more: the sink that follows the log looks for its shelf at the
 * beginning of each slice, so whatever it may still have brought onto the old one lies before the
 * end of the log as it is after the change. Reading a record twice changes nothing.
 */
public final class Rebuild {
  private static final Logger log = LoggerFactory.getLogger(Rebuild.class);

  /** So many records are read in no time, and the change can come. */
  private static final long LITTLE = 500;

  /** One post of so many may be missing, for what was removed meanwhile. */
  private static final long MOST_LOST = 100;

  private final Generations generations;
  private final TopicLog topic;
  private final Function<Supplier<Shelf>, BatchSink> intakes;
  private final InstantSource clock;
  private final Map<Integer, Long> next = new HashMap<>();
  private long skipped;
  private @Nullable Making making;
  private volatile RebuildState state = RebuildState.NEVER;

  /**
   * @param topic the log of posts
   * @param intakes what brings records onto a shelf
   */
  public Rebuild(
      Generations generations,
      TopicLog topic,
      Function<Supplier<Shelf>, BatchSink> intakes,
      InstantSource clock) {
    this.generations = generations;
    this.topic = topic;
    this.intakes = intakes;
    this.clock = clock;
  }

  /** How far it is. */
  public RebuildState state() {
    return state;
  }

  /** Says that it begins; false when it is running already. */
  public synchronized boolean begin() {
    if (state.isRunning()) {
      return false;
    }
    making = null;
    next.clear();
    skipped = 0;
    state = new RebuildState(Phase.FILLING, null, 0, 0, 0, clock.instant(), null, null, null, null);
    return true;
  }

  /**
   * Does what is left to do. After an outage it is called again and goes on.
   *
   * @throws OutageException when broker or search engine are away
   */
  public void run() {
    try {
      carryOn();
    } catch (OutageException e) {
      state = with(state.phase(), null, state.after(), "Waiting: " + e.getMessage());
      throw e;
    } catch (RuntimeException e) {
      log.error("building the index anew has failed", e);
      giveUp();
      state = with(Phase.FAILED, clock.instant(), null, "It has failed: " + e.getMessage());
    }
  }

  private void carryOn() {
    Making current = making();
    BatchSink intake = intakes.apply(current::shelf);
    if (state.phase() == Phase.FILLING) {
      Map<Integer, Long> ends = topic.ends();
      do {
        read(intake, ends);
        ends = topic.ends();
      } while (left(ends) > LITTLE);
      checkLoss(current);
      current.show();
      state = with(Phase.SHOWN, null, null, null);
    }
    read(intake, topic.ends());
    state = with(Phase.DONE, clock.instant(), current.digest(), null);
    log.info("the index was built anew: {}", state);
  }

  /**
   * What was left out is missing from the old index, too. If it is not, the new one is to blame.
   *
   * @throws IllegalStateException when readers would miss more than one post in a hundred for it
   */
  private void checkLoss(Making current) {
    ArchiveDigest before = state.before();
    if (skipped == 0 || before == null) {
      return;
    }
    long now = current.digest().posts();
    long lost = Math.min(skipped, before.posts() - now);
    if (lost > before.posts() / MOST_LOST) {
      throw new IllegalStateException(
          "%d records were left out, and it holds %d posts where the old index had %d"
              .formatted(skipped, now, before.posts()));
    }
  }

  private Making making() {
    Making current = making;
    if (current == null) {
      ArchiveDigest before = generations.digest();
      current = generations.begin();
      making = current;
      state =
          new RebuildState(
              Phase.FILLING, current.name(), 0, 0, 0, state.began(), null, before, null, null);
    }
    return current;
  }

  private void read(BatchSink intake, Map<Integer, Long> ends) {
    topic.read(
        Map.copyOf(next),
        ends,
        stretch -> {
          take(intake, stretch.records());
          next.putAll(stretch.next());
          state = progress(ends);
        });
    ends.forEach((partition, end) -> next.merge(partition, end, Math::max));
    state = progress(ends);
  }

  private void take(BatchSink intake, List<InRecord> records) {
    if (records.isEmpty()) {
      return;
    }
    try {
      intake.accept(records);
    } catch (OutageException e) {
      throw e;
    } catch (RefusedRecordsException e) {
      skipped += e.reasons().size();
      e.reasons()
          .forEach(
              (position, why) -> log.warn("{} is left out, as it was before: {}", position, why));
    } catch (RuntimeException e) {
      log.info("one of {} records is looked for that cannot be read", records.size(), e);
      records.forEach(record -> takeOne(intake, record));
    }
  }

  private void takeOne(BatchSink intake, InRecord record) {
    try {
      intake.accept(List.of(record));
    } catch (OutageException e) {
      throw e;
    } catch (RuntimeException e) {
      skipped++;
      log.warn("{} cannot be read and is left out, as it was before", record.position(), e);
      undo(intake, record);
    }
  }

  private static void undo(BatchSink intake, InRecord record) {
    try {
      intake.undo(record);
    } catch (OutageException e) {
      throw e;
    } catch (RuntimeException e) {
      log.warn("what was done of {} stays", record.position(), e);
    }
  }

  private long left(Map<Integer, Long> ends) {
    return sum(ends) - sum(next);
  }

  private static long sum(Map<Integer, Long> offsets) {
    return offsets.values().stream().mapToLong(Long::longValue).sum();
  }

  private RebuildState progress(Map<Integer, Long> ends) {
    return new RebuildState(
        state.phase(),
        state.index(),
        sum(next),
        sum(ends),
        skipped,
        state.began(),
        null,
        state.before(),
        null,
        null);
  }

  private RebuildState with(
      Phase phase,
      @Nullable Instant ended,
      @Nullable ArchiveDigest after,
      @Nullable String problem) {
    return new RebuildState(
        phase,
        state.index(),
        state.done(),
        state.of(),
        state.skipped(),
        state.began(),
        ended,
        state.before(),
        after,
        problem);
  }

  /** Readers must not lose what they see: once it is shown it stays. */
  private void giveUp() {
    Making current = making;
    if (current != null && state.phase() == Phase.FILLING) {
      try {
        current.drop();
      } catch (RuntimeException e) {
        log.warn("{} stays behind until nobody has seen it for a day", current.name(), e);
      }
    }
  }
}
