package org.milena.common.outgoing;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.milena.common.mail.MailAddress;

/**
 * Groups recipients by destination. A group goes out when it is full, and all go out when too many
 * wait: grouping saves SMTP sessions, but must not cost memory.
 */
final class Batches {
  /** Most recipients of one delivery. */
  static final int MAX_RECIPIENTS = 250;

  /** Most recipients that wait in all groups together. */
  static final int MAX_WAITING = 20_000;

  /** This many deliveries of a post share a key; the ones behind spread over more partitions. */
  static final int DELIVERIES_PER_KEY = 4;

  /** Keys a destination can have. */
  static final int KEYS = 16;

  /**
   * Recipients at one destination.
   *
   * @param key what chooses the partition: the destination, with a number for very big ones
   */
  record Batch(String destination, String key, List<MailAddress> recipients) {}

  private final Consumer<Batch> out;
  private final Map<String, List<MailAddress>> waiting = new HashMap<>();
  private final Map<String, Integer> deliveries = new HashMap<>();
  private int waitingInAll;
  private int all;

  Batches(Consumer<Batch> out) {
    this.out = out;
  }

  void add(MailAddress recipient) {
    List<MailAddress> group = waiting.computeIfAbsent(recipient.domain(), _ -> new ArrayList<>());
    group.add(recipient);
    waitingInAll++;
    all++;
    if (group.size() == MAX_RECIPIENTS) {
      flush(recipient.domain(), group);
      waiting.remove(recipient.domain());
    } else if (waitingInAll == MAX_WAITING) {
      flushAll();
    }
  }

  /** Sends what waits; returns how many recipients there were in all. */
  int close() {
    flushAll();
    return all;
  }

  private void flushAll() {
    waiting.forEach(this::flush);
    waiting.clear();
  }

  private void flush(String destination, List<MailAddress> group) {
    int number = deliveries.merge(destination, 1, Integer::sum) - 1;
    int bucket = number / DELIVERIES_PER_KEY % KEYS;
    String key = bucket == 0 ? destination : destination + "#" + bucket;
    out.accept(new Batch(destination, key, List.copyOf(group)));
    waitingInAll -= group.size();
  }
}
