package org.milena.egress.job;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.milena.common.event.Delivery;
import org.milena.common.mail.MailAddress;

/**
 * The account of one partition of deliveries: what is in hand, what is settled, and the two places
 * a successor needs.
 *
 * <p>Two addresses that differ only in the case of the local part are one recipient of a delivery.
 *
 * <p>Settling may run ahead of the commit: {@link #committable} may only be committed together with
 * every result that was settled before. Not safe for use by several threads.
 */
public final class PartitionLedger {
  private static final long NONE = -1;

  // from the first open one on; finished ones stay while one before them is open, because a
  // successor
  // begins at that one and must find the results of all behind it
  private final TreeMap<Long, InHand> inHand = new TreeMap<>();
  private final Map<Long, Set<String>> readBack;
  private final long readBackStart;
  private long resultsEnd;
  private int open;
  private int openDeliveries;

  private static final class InHand {
    final Set<String> open = new HashSet<>();
    long firstResultAt = NONE;
  }

  /**
   * @param readBackStart where reading results back began
   * @param resultsEnd where it ended: the next result comes there or later
   * @param readBack recipients ({@link MailAddress#key}) that have a result, by offset of their
   *     delivery
   */
  public PartitionLedger(long readBackStart, long resultsEnd, Map<Long, Set<String>> readBack) {
    this.readBackStart = readBackStart;
    this.resultsEnd = resultsEnd;
    this.readBack = new HashMap<>(readBack);
  }

  /** Takes a delivery in hand: the recipients that are still to be served, each once. */
  public List<MailAddress> admit(long offset, Delivery delivery) {
    Set<String> settled = readBack.getOrDefault(offset, Set.of());
    readBack.remove(offset);
    Map<String, MailAddress> left = new LinkedHashMap<>();
    for (MailAddress recipient : delivery.recipients()) {
      String key = recipient.key();
      if (!settled.contains(key)) {
        left.putIfAbsent(key, recipient);
      }
    }
    InHand entry = new InHand();
    entry.open.addAll(left.keySet());
    if (!settled.isEmpty()) {
      entry.firstResultAt = readBackStart;
    }
    if (inHand.put(offset, entry) != null) {
      throw new IllegalStateException("delivery at " + offset + " was admitted twice");
    }
    open += left.size();
    openDeliveries += left.isEmpty() ? 0 : 1;
    forgetFinished();
    return new ArrayList<>(left.values());
  }

  /** A recipient has its result; whether it was open. */
  public boolean settle(long offset, MailAddress recipient) {
    InHand entry = inHand.get(offset);
    if (entry == null || !entry.open.remove(recipient.key())) {
      return false;
    }
    open--;
    if (entry.firstResultAt == NONE) {
      entry.firstResultAt = resultsEnd;
    }
    if (entry.open.isEmpty()) {
      openDeliveries--;
      forgetFinished();
    }
    return true;
  }

  private void forgetFinished() {
    while (!inHand.isEmpty() && inHand.firstEntry().getValue().open.isEmpty()) {
      inHand.pollFirstEntry();
    }
  }

  /** Results up to here (exclusive) are on the log. */
  public void resultsReach(long end) {
    resultsEnd = Math.max(resultsEnd, end);
  }

  /**
   * The offset to commit: everything before it is settled.
   *
   * @param position of the consumer: all before it was admitted or passed over
   */
  public long committable(long position) {
    return inHand.isEmpty() ? position : Math.min(position, inHand.firstKey());
  }

  /**
   * From where a successor must read results back. Never later than the first result of any
   * delivery from the committable offset on; a little early does no harm.
   */
  public long readBackFrom() {
    // deliveries that were not read yet may have results too
    long from = readBack.isEmpty() ? resultsEnd : Math.min(readBackStart, resultsEnd);
    for (InHand entry : inHand.values()) {
      if (entry.firstResultAt != NONE) {
        from = Math.min(from, entry.firstResultAt);
      }
    }
    return from;
  }

  /** Recipients in hand. */
  public int open() {
    return open;
  }

  /** Deliveries in hand: those with an open recipient. */
  public int deliveries() {
    return openDeliveries;
  }
}
