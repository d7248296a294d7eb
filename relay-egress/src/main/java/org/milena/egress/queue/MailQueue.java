package org.milena.egress.queue;

import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.IntSupplier;
import org.jspecify.annotations.Nullable;
import org.milena.common.event.Deferral;
import org.milena.common.event.QueueAct;
import org.milena.common.event.RecordPosition;
import org.milena.common.event.RecordType;
import org.milena.common.event.Topics;
import org.milena.common.failure.OutageException;
import org.milena.common.stage.MailRecords;
import org.milena.common.stage.Publisher;
import org.milena.common.table.Table;

/** Who waits for the next try. */
public final class MailQueue {
  private static final int PAGE = 1000;

  private final Table<Deferral> rows;
  private final Publisher publisher;
  private final IntSupplier partitions;
  private final InstantSource clock;

  /**
   * @param partitions of the deliveries
   */
  public MailQueue(
      Table<Deferral> rows, Publisher publisher, IntSupplier partitions, InstantSource clock) {
    this.rows = rows;
    this.publisher = publisher;
    this.partitions = partitions;
    this.clock = clock;
  }

  /**
   * One destination.
   *
   * @param recipients that wait
   * @param nextTry of the first one
   * @param oldest when the oldest duty began
   * @param lastReply of one of them
   */
  public record Waiting(
      String destination, int recipients, Instant nextTry, Instant oldest, String lastReply) {}

  /**
   * Recipients by key.
   *
   * @param destination of this one only; null for all
   */
  public List<Map.Entry<String, Deferral>> list(
      @Nullable String destination, String after, int limit) {
    List<Map.Entry<String, Deferral>> found = new ArrayList<>();
    String from = after;
    while (found.size() < limit) {
      List<Map.Entry<String, Deferral>> page = rows.scan("", from, PAGE);
      for (var entry : page) {
        boolean wanted =
            destination == null || entry.getValue().delivery().destination().equals(destination);
        if (wanted && found.size() < limit) {
          found.add(entry);
        }
        from = entry.getKey();
      }
      if (page.size() < PAGE) {
        break;
      }
    }
    return found;
  }

  /** By destination, the fullest first. */
  public List<Waiting> destinations() {
    Map<String, Waiting> sums = new HashMap<>();
    for (var entry : list(null, "", Integer.MAX_VALUE)) {
      Deferral row = entry.getValue();
      sums.merge(
          row.delivery().destination(),
          new Waiting(
              row.delivery().destination(),
              1,
              row.nextTry(),
              row.delivery().createdAt(),
              row.lastReply()),
          MailQueue::sum);
    }
    return sums.values().stream()
        .sorted((a, b) -> Integer.compare(b.recipients(), a.recipients()))
        .toList();
  }

  private static Waiting sum(Waiting a, Waiting b) {
    return new Waiting(
        a.destination(),
        a.recipients() + b.recipients(),
        a.nextTry().isBefore(b.nextTry()) ? a.nextTry() : b.nextTry(),
        a.oldest().isBefore(b.oldest()) ? a.oldest() : b.oldest(),
        b.lastReply());
  }

  /** One of them. */
  public Optional<Deferral> find(String key) {
    return rows.get(key);
  }

  /**
   * The lowest offset of this partition of {@code mail.outgoing} that somebody who waits needs; 0
   * while that is not known.
   */
  public OptionalLong lowestContent(int partition) {
    if (!rows.isFresh()) {
      return OptionalLong.of(0);
    }
    return list(null, "", Integer.MAX_VALUE).stream()
        .map(entry -> entry.getValue().delivery().content().position())
        .filter(position ->
            position.topic().equals(Topics.OUTGOING) && position.partition() == partition)
        .mapToLong(RecordPosition::offset)
        .min();
  }

  /** How many wait. */
  public int size() {
    return rows.size();
  }

  /**
   * Has all tried again, or those of one destination.
   *
   * @throws OutageException when the broker does not take it
   */
  public void retry(@Nullable String destination, String by) {
    QueueAct act = new QueueAct(QueueAct.Act.RETRY, destination, null, by, clock.instant());
    List<CompletableFuture<RecordPosition>> sent = new ArrayList<>();
    for (int partition = 0; partition < partitions.getAsInt(); partition++) {
      sent.add(send(act, partition));
    }
    sent.forEach(MailQueue::await);
  }

  /**
   * Has one tried again; whether it waits.
   *
   * @throws OutageException when the broker does not take it
   */
  public boolean retryOne(String key, String by) {
    return act(QueueAct.Act.RETRY, key, by);
  }

  /**
   * Gives one up; whether it waits.
   *
   * @throws OutageException when the broker does not take it
   */
  public boolean giveUp(String key, String by) {
    return act(QueueAct.Act.FAIL, key, by);
  }

  private boolean act(QueueAct.Act act, String key, String by) {
    Optional<Deferral> row = rows.get(key);
    row.ifPresent(one ->
        await(
            send(new QueueAct(act, null, key, by, clock.instant()), one.deliveryId().partition())));
    return row.isPresent();
  }

  private CompletableFuture<RecordPosition> send(QueueAct act, int partition) {
    return publisher.publish(
        MailRecords.json(Topics.DELIVERIES, null, RecordType.QUEUE_ACT, act)
            .inPartition(partition));
  }

  private static void await(CompletableFuture<RecordPosition> sent) {
    try {
      sent.join();
    } catch (CompletionException e) {
      if (e.getCause() instanceof RuntimeException cause) {
        throw cause;
      }
      throw e;
    }
  }
}
