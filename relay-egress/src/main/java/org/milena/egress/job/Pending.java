package org.milena.egress.job;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.milena.common.event.Deferral;
import org.milena.common.event.Delivery;
import org.milena.common.event.DeliveryId;
import org.milena.common.event.DeliveryResult;
import org.milena.common.event.RecipientOutcome;
import org.milena.common.mail.MailAddress;
import org.milena.common.stage.InRecord;

/**
 * What is decided of one partition and not yet on the log. What one commit holds of a delivery's
 * attempt is one result, however many SMTP transactions it came from.
 *
 * <p>Not safe for use by several threads.
 */
public final class Pending {
  /** Recipients of one result record. */
  private static final int MAX_RECIPIENTS = 500;

  private final List<DeliveryResult> full = new ArrayList<>();
  private final Map<Of, List<DeliveryResult.Recipient>> results = new LinkedHashMap<>();
  private final Map<String, Optional<Deferral>> rows = new LinkedHashMap<>();
  private final Map<DeliveryId, SetAside> setAside = new LinkedHashMap<>();
  private final Map<InRecord, String> unreadable = new LinkedHashMap<>();
  private final Map<DeliveryId, Delivery> failing = new LinkedHashMap<>();
  private final Map<DeliveryId, List<Failures.One>> failures = new HashMap<>();
  private int recipients;

  private record Of(DeliveryId id, Delivery delivery, int attempt) {
    @Override
    public boolean equals(@Nullable Object other) {
      return other instanceof Of that && id.equals(that.id) && attempt == that.attempt;
    }

    @Override
    public int hashCode() {
      return id.hashCode() * 31 + attempt;
    }
  }

  /** Recipients of a delivery that are set aside, and why. */
  public record SetAside(Delivery delivery, List<MailAddress> recipients, String cause) {}

  void result(
      DeliveryId id,
      Delivery delivery,
      int attempt,
      MailAddress recipient,
      RecipientOutcome outcome,
      Instant now) {
    Of of = new Of(id, delivery, attempt);
    List<DeliveryResult.Recipient> list = results.computeIfAbsent(of, _ -> new ArrayList<>());
    list.add(new DeliveryResult.Recipient(recipient, outcome));
    recipients++;
    if (list.size() == MAX_RECIPIENTS) {
      results.remove(of);
      full.add(record(of, list, now));
    }
  }

  void row(String key, Optional<Deferral> row) {
    rows.put(key, row);
  }

  void setAside(DeliveryId id, Delivery delivery, MailAddress recipient, String cause) {
    setAside
        .computeIfAbsent(id, _ -> new SetAside(delivery, new ArrayList<>(), cause))
        .recipients()
        .add(recipient);
  }

  /** A recipient has failed for good, and the delivery names somebody to tell. */
  void failed(DeliveryId id, Delivery delivery, Failures.One recipient) {
    failing.putIfAbsent(id, delivery);
    failures.computeIfAbsent(id, _ -> new ArrayList<>()).add(recipient);
  }

  /** What senders are to be told, each delivery once. */
  public List<Failures> failures() {
    List<Failures> all = new ArrayList<>();
    failing.forEach((id, delivery) -> {
      MailAddress reportTo = delivery.reportTo();
      if (reportTo != null) {
        all.add(new Failures(id, delivery, reportTo, failures.getOrDefault(id, List.of())));
      }
    });
    return all;
  }

  /** A record that is no delivery, and why. */
  public void unreadable(InRecord record, String cause) {
    unreadable.put(record, cause);
  }

  /** Records that could not be read, and why. */
  public Map<InRecord, String> unreadable() {
    return unreadable;
  }

  /** The results to write. */
  public List<DeliveryResult> results(Instant now) {
    List<DeliveryResult> all = new ArrayList<>(full);
    results.forEach((of, list) -> all.add(record(of, list, now)));
    return all;
  }

  private static DeliveryResult record(
      Of of, List<DeliveryResult.Recipient> recipients, Instant now) {
    return new DeliveryResult(
        of.id(),
        of.delivery().content().mailId(),
        of.delivery().list(),
        of.attempt(),
        now,
        recipients,
        of.delivery().kind(),
        of.delivery().tracked());
  }

  /** The rows of deferred recipients to write by key; an empty one deletes. */
  public Map<String, Optional<Deferral>> rows() {
    return rows;
  }

  /** What is to go to the dead letters. */
  public Map<DeliveryId, SetAside> setAside() {
    return setAside;
  }

  /** Whether there is nothing. */
  public boolean isEmpty() {
    return recipients == 0 && rows.isEmpty() && setAside.isEmpty() && unreadable.isEmpty();
  }

  /** Recipients with a result. */
  public int recipients() {
    return recipients;
  }

  /** All of it is on the log. */
  public void clear() {
    full.clear();
    results.clear();
    rows.clear();
    setAside.clear();
    unreadable.clear();
    failing.clear();
    failures.clear();
    recipients = 0;
  }
}
