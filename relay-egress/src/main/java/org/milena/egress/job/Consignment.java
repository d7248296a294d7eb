package org.milena.egress.job;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.List;
import org.milena.common.event.Delivery;
import org.milena.common.event.DeliveryId;
import org.milena.common.mail.MailAddress;

/**
 * Some recipients of a delivery on their way to a site: new ones, or deferred ones whose time has
 * come. Handed out in parts; every recipient is in one part at a time.
 *
 * <p>Safe for use by several threads.
 */
public final class Consignment {
  private final DeliveryId id;
  private final Delivery delivery;
  private final boolean retried;
  private final long admittedNanos;
  private final Deque<MailAddress> waiting;
  private final Tenure tenure;

  /**
   * @param recipients some of the delivery's
   * @param retried whether they come from the deferred ones
   * @param tenure of the partition
   * @param admittedNanos on the scale of {@link System#nanoTime}
   */
  public Consignment(
      DeliveryId id,
      Delivery delivery,
      Collection<MailAddress> recipients,
      boolean retried,
      Tenure tenure,
      long admittedNanos) {
    this.id = id;
    this.delivery = delivery;
    this.retried = retried;
    this.tenure = tenure;
    this.admittedNanos = admittedNanos;
    this.waiting = new ArrayDeque<>(recipients);
  }

  /** The same duty for these recipients only. */
  public static Delivery only(Delivery delivery, List<MailAddress> recipients) {
    return delivery.only(recipients);
  }

  /** The delivery's name. */
  public DeliveryId id() {
    return id;
  }

  /** The duty. */
  public Delivery delivery() {
    return delivery;
  }

  /** Whether these recipients come from the deferred ones. */
  public boolean retried() {
    return retried;
  }

  /** When it came in hand, on the scale of {@link System#nanoTime}. */
  public long admittedNanos() {
    return admittedNanos;
  }

  /** Takes up to {@code max} recipients out; none when it is empty or withdrawn. */
  public synchronized List<MailAddress> take(int max) {
    if (withdrawn()) {
      return List.of();
    }
    List<MailAddress> part = new ArrayList<>(Math.min(max, waiting.size()));
    while (part.size() < max && !waiting.isEmpty()) {
      part.add(waiting.removeFirst());
    }
    return part;
  }

  /** Forgets all that are left; how many they were. */
  public synchronized int drop() {
    int left = waiting.size();
    waiting.clear();
    return left;
  }

  /** Takes all that are left out. */
  public List<MailAddress> takeAll() {
    return take(Integer.MAX_VALUE);
  }

  /** Puts a part back, to be handed out first. */
  public synchronized void putBack(List<MailAddress> part) {
    for (int i = part.size() - 1; i >= 0; i--) {
      waiting.addFirst(part.get(i));
    }
  }

  /** How many are not handed out. */
  public synchronized int size() {
    return waiting.size();
  }

  /** For as long as this lasts, it may be sent. */
  public Tenure tenure() {
    return tenure;
  }

  /** The partition is not ours any more: nothing is handed out. */
  public boolean withdrawn() {
    return tenure.over();
  }

  @Override
  public String toString() {
    return "%s of mail %s to %s (%d waiting)"
        .formatted(id, delivery.content().mailId(), delivery.destination(), size());
  }
}
