package org.milena.archive.kafka;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.apache.kafka.clients.admin.ListOffsetsOptions;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;
import org.milena.archive.importing.Backlog;
import org.milena.common.event.Topics;
import org.milena.common.failure.OutageException;
import org.milena.common.kafka.KafkaAccess;
import org.milena.common.mail.ListId;
import org.milena.common.operations.Pipeline;

/** Measures by the offsets of the group that fills the index. */
public final class PostBacklog implements Backlog {
  private static final Duration ANSWER_PATIENCE = Duration.ofSeconds(10);
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final Duration PAUSE = Duration.ofMillis(50);
  private static final Duration LONGEST_PAUSE = Duration.ofMillis(400);

  /** Records that may wait: more, and a post of today would be seen much later. */
  private static final long ROOM = 2_000;

  private final KafkaAccess kafka;
  private final Pipeline pipeline;
  private final String group;

  /**
   * @param group that reads posts into the index
   */
  public PostBacklog(KafkaAccess kafka, Pipeline pipeline, String group) {
    this.kafka = kafka;
    this.pipeline = pipeline;
    this.group = group;
  }

  @Override
  public void awaitRoom(ListId list) {
    TopicPartition partition = partition(list);
    await(() -> end(partition) - done(partition) < ROOM);
  }

  @Override
  public void awaitIndexed(ListId list) {
    TopicPartition partition = partition(list);
    long end = end(partition);
    // the last offsets may be commit markers, which no reader ever passes: then nothing waits
    await(() -> done(partition) >= end || waiting() == 0);
  }

  private static void await(BooleanSupplier condition) {
    long last = System.nanoTime() + PATIENCE.toNanos();
    long pause = PAUSE.toNanos();
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() > last) {
        throw new OutageException("the index is far behind the posts that were written");
      }
      LockSupport.parkNanos(pause);
      pause = Math.min(2 * pause, LONGEST_PAUSE.toNanos()); // asking takes the index's own time
    }
  }

  private long waiting() {
    return pipeline.look().stream()
        .filter(stage -> stage.stage().equals(group))
        .findFirst()
        .orElseThrow(() -> new IllegalStateException("no stage is called " + group))
        .lag();
  }

  private TopicPartition partition(ListId list) {
    return new TopicPartition(Topics.POSTS, kafka.partitionOf(Topics.POSTS, list.value()));
  }

  private long end(TopicPartition partition) {
    return answer(
            kafka
                .admin()
                .listOffsets(
                    Map.of(partition, OffsetSpec.latest()),
                    new ListOffsetsOptions(IsolationLevel.READ_COMMITTED))
                .partitionResult(partition))
        .offset();
  }

  private long done(TopicPartition partition) {
    OffsetAndMetadata offset =
        answer(kafka.admin().listConsumerGroupOffsets(group).partitionsToOffsetAndMetadata())
            .get(partition);
    return offset == null ? 0 : offset.offset();
  }

  private static <T> T answer(KafkaFuture<T> future) {
    try {
      return future.get(ANSWER_PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
    } catch (ExecutionException | TimeoutException e) {
      throw new OutageException("Kafka does not say how far the index is", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new OutageException("interrupted while asking how far the index is", e);
    }
  }
}
