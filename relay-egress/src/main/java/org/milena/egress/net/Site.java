package org.milena.egress.net;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.milena.common.mail.MailAddress;
import org.milena.egress.job.Consignment;
import org.milena.egress.outcome.Happening.Suspended;
import org.milena.egress.personal.Personalizer;
import org.milena.egress.route.Host;

/**
 * What waits for one site, and who works at it. Decides how many work, never does the work.
 *
 * <p>Safe for use by several threads.
 */
final class Site {
  /** Failures without a success between them after which the site is left alone. */
  private static final int FAILURES = 3;

  private final String name;
  private final NetSettings settings;
  private final Deque<Consignment> queue = new ArrayDeque<>();
  private final Deque<Line> idle = new ArrayDeque<>();
  private final Window window;
  private List<Host> hosts;
  private int queued;
  private int workers;
  private int maxRecipients;
  private boolean forgotten;
  private long restsUntil;
  private @Nullable Suspended rest;

  /** Recipients for one transaction. */
  record Part(Consignment from, List<MailAddress> recipients, List<Host> hosts) {}

  Site(String name, List<Host> hosts, NetSettings settings) {
    this.name = name;
    this.hosts = hosts;
    this.settings = settings;
    this.window = new Window(settings.initialConnections(), settings.maxConnections());
    this.maxRecipients = settings.maxRecipients();
  }

  String name() {
    return name;
  }

  /** Why nothing is accepted, while the site is left alone. */
  synchronized @Nullable Suspended resting(long now) {
    if (rest != null && now - restsUntil >= 0) {
      rest = null;
    }
    return rest;
  }

  /** How many recipients more may wait here. */
  synchronized int room() {
    return settings.manySites() ? Math.max(0, settings.maxQueued() - queued) : Integer.MAX_VALUE;
  }

  /** Takes work over, unless it has been forgotten. */
  synchronized boolean add(Consignment consignment, List<Host> current) {
    if (forgotten) {
      return false;
    }
    hosts = current;
    queue.addLast(consignment);
    queued += consignment.size();
    return true;
  }

  /** Whether one more worker must come; it is on the list then. */
  synchronized boolean wantsMore() {
    if (queue.isEmpty() || workers >= window.size() || (workers > 0 && workers >= queued)) {
      return false;
    }
    workers++;
    return true;
  }

  /**
   * The next work of a worker; null when there is none for it, and it is off the list then.
   *
   * @param offered recipients of one transaction that the host takes; 0 when it does not say
   */
  synchronized @Nullable Part next(int offered) {
    while (workers <= window.size() && !queue.isEmpty()) {
      Consignment head = queue.getFirst();
      int limit = offered == 0 ? maxRecipients : Math.min(offered, maxRecipients);
      List<MailAddress> part = head.take(Personalizer.isPersonal(head.delivery()) ? 1 : limit);
      queued -= part.size();
      if (part.isEmpty() || head.size() == 0) {
        queued -= head.withdrawn() ? head.drop() : 0;
        queue.removeFirst();
      }
      if (!part.isEmpty()) {
        return new Part(head, part, hosts);
      }
    }
    workers--;
    return null;
  }

  /** Gives a part back that was not offered; it is the next one. */
  synchronized void putBack(Part part) {
    if (part.from().withdrawn()) {
      return;
    }
    boolean queuedYet = queue.peekFirst() == part.from();
    part.from().putBack(part.recipients());
    queued += part.recipients().size();
    if (!queuedYet) {
      queue.addFirst(part.from());
      // it may be in there once already, if others went before it; then it is empty the second time
    }
  }

  /** All that is left of a consignment. */
  synchronized List<MailAddress> takeAll(Consignment consignment) {
    List<MailAddress> all = consignment.takeAll();
    queued -= all.size();
    return all;
  }

  /** The worker goes before its work is done. */
  synchronized void leave() {
    workers--;
  }

  synchronized void succeeded() {
    window.succeeded();
    rest = null;
  }

  /** The site refused; all that waits here, when it is to be left alone from now on. */
  synchronized List<Consignment> failed(Suspended why, boolean unreachable, long now) {
    window.failed();
    if (!unreachable || window.failures() < FAILURES) {
      return List.of();
    }
    rest = why;
    restsUntil = now + settings.rest().toNanos();
    return drain();
  }

  private List<Consignment> drain() {
    List<Consignment> all = new ArrayList<>(queue);
    queue.clear();
    queued = 0;
    return all;
  }

  /** The host takes no more recipients than this at once. */
  synchronized void fewerRecipients(int number) {
    maxRecipients = Math.max(1, Math.min(maxRecipients, number));
  }

  /**
   * Takes out what has waited too long.
   *
   * @param couldNanos for how long it could have been sent: a hold is not the site's fault
   */
  synchronized List<Consignment> overdue(long now, long couldNanos) {
    List<Consignment> late = new ArrayList<>();
    long limit = settings.maxWait().toNanos();
    while (!queue.isEmpty()
        && Math.min(couldNanos, now - queue.getFirst().admittedNanos()) > limit) {
      Consignment head = queue.removeFirst();
      queued -= head.size();
      late.add(head);
    }
    return late;
  }

  /** Keeps a connection for its next use. */
  synchronized void park(Line line) {
    idle.addFirst(line);
  }

  /** A connection that is open already. */
  synchronized @Nullable Line unpark() {
    return idle.pollFirst();
  }

  /** Takes out connections that were not used for long; all of them when told so. */
  synchronized List<Line> stale(long now, boolean all) {
    List<Line> old = new ArrayList<>();
    while (!idle.isEmpty()
        && (all || now - idle.getLast().restsSinceNanos() > settings.idle().toNanos())) {
      old.add(idle.removeLast());
    }
    return old;
  }

  /** Whether nothing is lost by forgetting it; nothing can be added then any more. */
  synchronized boolean forget(long now) {
    forgotten = queue.isEmpty() && workers == 0 && idle.isEmpty() && resting(now) == null;
    return forgotten;
  }

  synchronized int queued() {
    return queued;
  }

  synchronized int workers() {
    return workers;
  }

  /** When the oldest came that waits here; 0 when none does. */
  synchronized long oldestNanos() {
    return queue.isEmpty() ? 0 : queue.getFirst().admittedNanos();
  }
}
