package org.milena.testkit.sink;

import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.milena.common.mail.RawMessage;

/** What the sessions of one sink have counted. */
final class SinkCounters {
  final LongAdder connections = new LongAdder();
  final LongAdder transactions = new LongAdder();
  final LongAdder refusals = new LongAdder();
  final LongAdder cutAfterDot = new LongAdder();
  final LongAdder bareLineEnds = new LongAdder();

  private final InstantSource clock;
  private final int keep;
  private final Map<String, Integer> taken = new HashMap<>();
  private final List<SinkMessage> kept = new ArrayList<>();
  private long messages;
  private long recipients;
  private long octets;
  private @Nullable Instant firstAt;
  private @Nullable Instant lastAt;

  SinkCounters(InstantSource clock, int keep) {
    this.clock = clock;
    this.keep = keep;
  }

  synchronized boolean wantsContent() {
    return kept.size() < keep;
  }

  synchronized void take(
      String reversePath,
      List<String> to,
      String messageId,
      long size,
      @Nullable RawMessage content,
      boolean secured) {
    Instant now = clock.instant();
    messages++;
    octets += size;
    recipients += to.size();
    if (firstAt == null) {
      firstAt = now;
    }
    lastAt = now;
    for (String recipient : to) {
      taken.merge(messageId + " " + recipient, 1, Integer::sum);
    }
    if (content != null && kept.size() < keep) {
      kept.add(new SinkMessage(reversePath, to, messageId, content, now, secured));
    }
    notifyAll();
  }

  synchronized boolean await(Predicate<SinkReport> enough, long nanos) throws InterruptedException {
    long end = System.nanoTime() + nanos;
    while (!enough.test(report())) {
      long left = end - System.nanoTime();
      if (left <= 0) {
        return false;
      }
      wait(Math.min(50, left / 1_000_000 + 1));
    }
    return true;
  }

  synchronized List<SinkMessage> kept() {
    return List.copyOf(kept);
  }

  synchronized Map<String, Integer> taken() {
    return Map.copyOf(taken);
  }

  synchronized SinkReport report() {
    List<String> duplicated =
        recipients == taken.size()
            ? List.of()
            : taken.entrySet().stream()
                .filter(entry -> entry.getValue() > 1)
                .limit(100)
                .map(entry -> entry.getKey() + " " + entry.getValue())
                .toList();
    return new SinkReport(
        connections.sum(),
        transactions.sum(),
        messages,
        recipients,
        taken.size(),
        recipients - taken.size(),
        refusals.sum(),
        cutAfterDot.sum(),
        octets,
        bareLineEnds.sum(),
        firstAt,
        lastAt,
        duplicated);
  }

  synchronized void reset() {
    taken.clear();
    kept.clear();
    messages = 0;
    recipients = 0;
    octets = 0;
    firstAt = null;
    lastAt = null;
    connections.reset();
    transactions.reset();
    refusals.reset();
    cutAfterDot.reset();
    bareLineEnds.reset();
  }
}
