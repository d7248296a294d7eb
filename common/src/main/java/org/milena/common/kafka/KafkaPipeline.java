package org.milena.common.kafka;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.ToIntFunction;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListOffsetsOptions;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.GroupIdNotFoundException;
import org.milena.common.event.RecordPosition;
import org.milena.common.event.Topics;
import org.milena.common.failure.UnfitException;
import org.milena.common.operations.Pipeline;
import org.milena.common.operations.StageState;
import org.milena.common.stage.InRecord;

/** How far each stage is, seen from the broker: the same from every process. */
final class KafkaPipeline implements Pipeline {
  /** The stages' names, in the order of a mail's way. */
  static List<String> stages() {
    return PLACES.stream().map(Place::stage).toList();
  }

  /** The stages of a mail's way, and what each reads. */
  private static final List<Place> PLACES =
      List.of(
          new Place("scanner", Topics.RECEIVED),
          new Place("scanner-release", Topics.QUARANTINE),
          new Place("listexpander", Topics.LISTS),
          new Place("egress", Topics.DELIVERIES),
          new Place("archive", Topics.POSTS),
          new Place("archive-events", Topics.EVENTS),
          new Place("archive-results", Topics.DELIVERY_RESULTS));

  private final Admin admin;
  private final KafkaMailReader reader;
  private final InstantSource clock;
  private final ToIntFunction<String> partitions;

  KafkaPipeline(
      Admin admin, KafkaMailReader reader, InstantSource clock, ToIntFunction<String> partitions) {
    this.admin = admin;
    this.reader = reader;
    this.clock = clock;
    this.partitions = partitions;
  }

  private record Place(String stage, String topic) {}

  /** Offsets passed at a moment. */
  private record Sample(long done, Instant at) {}

  /** Two moments, at least {@link #STEP} apart once there have been two. */
  private record Span(Sample older, Sample newer) {}

  private static final Duration STEP = Duration.ofSeconds(10);

  private final Map<String, Span> spans = new HashMap<>();

  @Override
  public synchronized List<StageState> look() {
    List<StageState> states = new ArrayList<>();
    for (Place place : PLACES) {
      states.add(look(place));
    }
    return states;
  }

  private StageState look(Place place) {
    Map<TopicPartition, OffsetAndMetadata> committed = committed(place.stage());
    Map<TopicPartition, OffsetSpec> latest = new HashMap<>();
    for (int number = 0; number < partitions.applyAsInt(place.topic()); number++) {
      latest.put(new TopicPartition(place.topic(), number), OffsetSpec.latest());
    }
    var ends =
        TopicKeeper.await(
            admin.listOffsets(latest, new ListOffsetsOptions(IsolationLevel.READ_COMMITTED)).all(),
            "asking for the end of " + place.topic());
    long lag = 0;
    long done = 0;
    Optional<Instant> oldest = Optional.empty();
    for (var end : ends.entrySet()) {
      OffsetAndMetadata at = committed.get(end.getKey());
      long offset = at == null ? 0 : at.offset();
      done += offset;
      if (end.getValue().offset() > offset) {
        lag += end.getValue().offset() - offset;
        Optional<Instant> waiting =
            reader
                .findFrom(new RecordPosition(place.topic(), end.getKey().partition(), offset))
                .map(InRecord::timestamp);
        if (waiting.isPresent() && (oldest.isEmpty() || waiting.get().isBefore(oldest.get()))) {
          oldest = waiting;
        }
      }
    }
    Instant now = clock.instant();
    Duration age = oldest.map(timestamp -> Duration.between(timestamp, now)).orElse(null);
    // where nothing waits, what is left are commit markers and no mails
    return new StageState(
        place.stage(), place.topic(), age == null ? 0 : lag, age, rate(place, done, now));
  }

  /** Over the last ten to twenty seconds, when somebody looks that often; else since they did. */
  private double rate(Place place, long done, Instant now) {
    Sample current = new Sample(done, now);
    Span span = spans.get(place.stage());
    if (span == null) {
      spans.put(place.stage(), new Span(current, current));
      return 0;
    }
    if (!now.isBefore(span.newer().at().plus(STEP))) {
      span = new Span(span.newer(), current);
      spans.put(place.stage(), span);
    }
    double seconds = Duration.between(span.older().at(), now).toNanos() / 1e9;
    return seconds <= 0 ? 0 : Math.max(0, done - span.older().done()) / seconds;
  }

  private Map<TopicPartition, OffsetAndMetadata> committed(String group) {
    try {
      return TopicKeeper.await(
          admin.listConsumerGroupOffsets(group).partitionsToOffsetAndMetadata(),
          "asking for the offsets of group " + group);
    } catch (UnfitException e) {
      if (e.getCause() instanceof GroupIdNotFoundException) {
        return Map.of();
      }
      throw e;
    }
  }
}
