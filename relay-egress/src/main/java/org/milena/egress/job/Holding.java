package org.milena.egress.job;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.milena.common.event.Deferral;
import org.milena.common.event.Delivery;
import org.milena.common.event.DeliveryId;
import org.milena.common.event.QueueAct;
import org.milena.common.event.RecipientOutcome;
import org.milena.common.mail.MailAddress;
import org.milena.common.table.Table;
import org.milena.egress.outcome.AttemptOutcome;
import org.milena.egress.outcome.Happening;
import org.milena.egress.outcome.Judge;
import org.milena.egress.retry.DueQueue;
import org.milena.egress.retry.DueQueue.Due;
import org.milena.egress.retry.Sentence;
import org.milena.egress.retry.Sentence.Passed;
import org.milena.egress.retry.Sentence.Past;

/**
 * A partition in our hands, from its assignment to its revocation: new deliveries, deferred
 * recipients whose time comes, what was reported of both, and what of that is not on the log yet.
 *
 * <p>As long as it is ours, nobody else writes the deferred rows of this partition: what this
 * object knows is ahead of the table, never behind it. Not safe for use by several threads.
 */
public final class Holding {
  /** The table is asked again after this long when it does not show yet what we wrote. */
  private static final Duration ROW_WAIT = Duration.ofMillis(200);

  private final Tenure tenure;
  private final PartitionLedger ledger;
  private final Table<Deferral> rows;
  private final Sentence sentence;
  private final Suppressions suppressions;
  private final InstantSource clock;
  private final DueQueue due = new DueQueue();
  private final Map<String, Deferral> retried = new HashMap<>();
  private final Map<String, String> endWhenBack = new HashMap<>();
  private final Pending pending = new Pending();
  private final Counts counts;

  /** Told of every final word. */
  @FunctionalInterface
  public interface Counts {
    /** One recipient has an outcome. */
    void passed(RecipientOutcome outcome);
  }

  /** What a holding works with. */
  public record Tools(
      Table<Deferral> rows,
      Sentence sentence,
      Suppressions suppressions,
      InstantSource clock,
      Counts counts) {}

  /** Takes a partition over; the table must be current for it. */
  public Holding(Tenure tenure, PartitionLedger ledger, Tools tools) {
    this.tenure = tenure;
    this.ledger = ledger;
    this.rows = tools.rows();
    this.sentence = tools.sentence();
    this.suppressions = tools.suppressions();
    this.clock = tools.clock();
    this.counts = tools.counts();
    String prefix = tenure.partition() + "-";
    String after = "";
    while (true) {
      List<Map.Entry<String, Deferral>> page = rows.scan(prefix, after, 1000);
      for (var entry : page) {
        await(entry.getKey(), entry.getValue());
        after = entry.getKey();
      }
      if (page.size() < 1000) {
        return;
      }
    }
  }

  private void await(String key, Deferral row) {
    due.put(new Due(key, row.delivery().destination(), row.nextTry(), row.nextTry()));
  }

  /** For as long as it lasts. */
  public Tenure tenure() {
    return tenure;
  }

  /** The account of offsets. */
  public PartitionLedger ledger() {
    return ledger;
  }

  /** What is not on the log yet. */
  public Pending pending() {
    return pending;
  }

  /** Recipients in hand: new ones and those tried again. */
  public int inHand() {
    return ledger.open() + retried.size();
  }

  /** Recipients that wait for their next try. */
  public int deferred() {
    return due.size();
  }

  /** When the next deferred recipient is due. */
  public Optional<Instant> nextDue() {
    return due.next();
  }

  /**
   * A new delivery: what is to be sent of it.
   *
   * @param nowNanos on the scale of {@link System#nanoTime}
   */
  public Optional<Consignment> admit(long offset, Delivery delivery, long nowNanos) {
    DeliveryId id = new DeliveryId(tenure.partition(), offset);
    return consign(id, delivery, ledger.admit(offset, delivery), false, nowNanos);
  }

  /** Deferred recipients that are due, at most {@code max}, for destinations that have room. */
  public List<Consignment> due(int max, Predicate<String> hasRoom, long nowNanos) {
    Instant now = clock.instant();
    Map<DeliveryId, List<Deferral>> ready = new LinkedHashMap<>();
    for (Due one : due.take(now, max, hasRoom)) {
      Optional<Deferral> row = rows.get(one.key());
      if (row.isPresent() && row.get().nextTry().equals(one.row())) {
        ready.computeIfAbsent(row.get().deliveryId(), _ -> new ArrayList<>()).add(row.get());
        retried.put(one.key(), row.get());
      } else {
        due.put(new Due(one.key(), one.destination(), now.plus(ROW_WAIT), one.row()));
      }
    }
    List<Consignment> all = new ArrayList<>();
    ready.forEach((id, some) ->
        consign(
                id,
                some.getFirst().delivery(),
                some.stream().map(Deferral::recipient).toList(),
                true,
                nowNanos)
            .ifPresent(all::add));
    return all;
  }

  /** Leaves out those to whom nothing is sent. */
  private Optional<Consignment> consign(
      DeliveryId id,
      Delivery delivery,
      List<MailAddress> recipients,
      boolean again,
      long nowNanos) {
    List<MailAddress> left = new ArrayList<>(recipients.size());
    for (MailAddress recipient : recipients) {
      Optional<String> why = suppressions.why(recipient);
      if (why.isPresent()) {
        pass(id, delivery, again, recipient, new Happening.Suppressed(why.get()));
      } else {
        left.add(recipient);
      }
    }
    return left.isEmpty()
        ? Optional.empty()
        : Optional.of(new Consignment(id, delivery, left, again, tenure, nowNanos));
  }

  /** Something was reported of a consignment of this tenure. */
  public void report(Report report) {
    Consignment from = report.from();
    for (Report.Fate fate : report.fates()) {
      pass(from.id(), from.delivery(), from.retried(), fate.recipient(), fate.happening());
    }
  }

  private void pass(
      DeliveryId id, Delivery delivery, boolean again, MailAddress recipient, Happening happening) {
    String key = Deferral.key(id, recipient);
    Past past = Past.NONE;
    if (again) {
      Deferral row = retried.remove(key);
      if (row == null) {
        return; // it has its word already
      }
      past = new Past(row.attempts(), row.status(), row.lastReply());
    } else if (!ledger.settle(id.offset(), recipient)) {
      return;
    }
    AttemptOutcome outcome = Judge.judge(happening);
    if (outcome instanceof AttemptOutcome.SetAside(String cause)) {
      pending.setAside(id, delivery, recipient, cause);
    }
    String by = endWhenBack.remove(key);
    Happening last = happening;
    if (by != null && outcome instanceof AttemptOutcome.Again) {
      last = new Happening.Ended(by);
      outcome = Judge.judge(last);
    }
    Passed passed = sentence.pass(outcome, past, delivery.createdAt());
    settle(id, delivery, again, recipient, passed, last);
  }

  private void settle(
      DeliveryId id,
      Delivery delivery,
      boolean again,
      MailAddress recipient,
      Passed passed,
      Happening last) {
    String key = Deferral.key(id, recipient);
    pending.result(id, delivery, passed.attempts(), recipient, passed.outcome(), clock.instant());
    counts.passed(passed.outcome());
    switch (passed.outcome()) {
      case RecipientOutcome.Deferred(String status, String reason, Instant nextTry) -> {
        Deferral row =
            new Deferral(
                id, delivery.only(List.of(recipient)), passed.attempts(), status, reason, nextTry);
        pending.row(key, Optional.of(row));
        await(key, row);
      }
      case RecipientOutcome.Relayed _ -> done(key, again);
      case RecipientOutcome.Failed failed -> {
        done(key, again);
        // what was set aside can be replayed, and may arrive yet
        if (delivery.reportTo() != null && !(last instanceof Happening.ContentGone)) {
          pending.failed(id, delivery, new Failures.One(recipient, failed, last));
        }
      }
    }
  }

  private void done(String key, boolean again) {
    if (again) {
      pending.row(key, Optional.empty());
    }
  }

  /** An operator wants something done; how many recipients it concerned. */
  public int act(QueueAct act) {
    String key = act.key();
    return switch (act.act()) {
      case RETRY ->
          key == null
              ? due.flush(act.destination(), clock.instant())
              : due.hurry(key, clock.instant()) ? 1 : 0;
      case FAIL -> key != null && end(key, act.by()) ? 1 : 0;
    };
  }

  private boolean end(String key, String by) {
    if (retried.containsKey(key)) {
      endWhenBack.put(key, by);
      return true;
    }
    @Nullable Deferral row = newest(key);
    if (row == null || !due.remove(key)) {
      return false;
    }
    Past past = new Past(row.attempts(), row.status(), row.lastReply());
    Happening ended = new Happening.Ended(by);
    AttemptOutcome outcome = Judge.judge(ended);
    Passed passed = sentence.pass(outcome, past, row.delivery().createdAt());
    settle(
        row.deliveryId(),
        row.delivery(),
        true,
        row.recipient(),
        new Passed(passed.outcome(), row.attempts()),
        ended);
    return true;
  }

  /** As it stands after what is not on the log yet. */
  private @Nullable Deferral newest(String key) {
    Optional<Deferral> written = pending.rows().get(key);
    return (written != null ? written : rows.get(key)).orElse(null);
  }
}
