package org.milena.scanner.quarantine;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.milena.common.event.MailPointer;
import org.milena.common.event.QuarantineAct;
import org.milena.common.event.QuarantineAct.Act;
import org.milena.common.event.QuarantineMeta;
import org.milena.common.event.RoutedRecipient;
import org.milena.common.event.ScanReport;
import org.milena.common.event.ScanReport.Verdict;
import org.milena.common.mail.MailId;

/**
 * A mail that was kept back.
 *
 * @param content where its message lies
 * @param author header {@code From}, decoded, safe to show
 * @param subject likewise
 * @param size of the message in octets
 * @param expiresAt until when operators can decide about it
 * @param act what an operator decided first, if anything
 * @param trail what operators did besides, in the order of the log; of many downloads the newest
 */
public record QuarantineEntry(
    QuarantineMeta meta,
    MailPointer content,
    String author,
    String subject,
    int size,
    Instant expiresAt,
    @Nullable QuarantineAct act,
    List<QuarantineAct> trail) {

  /** Acts that decide nothing and are remembered; the log has them all. */
  static final int LONGEST_TRAIL = 50;

  public QuarantineEntry {
    trail = List.copyOf(trail);
  }

  /** What became of it. */
  public enum State {
    KEPT,
    RELEASED,
    DELETED,
    /** Nobody decided while there was time. */
    EXPIRED
  }

  /** Its name. */
  public MailId id() {
    return meta.mail().mailId();
  }

  /** What became of it. */
  public State state(Instant now) {
    QuarantineAct done = act;
    if (done == null) {
      return now.isBefore(expiresAt) ? State.KEPT : State.EXPIRED;
    }
    return done.act() == Act.DELETED ? State.DELETED : State.RELEASED;
  }

  /** What it was called when it was kept back, if that is known. */
  public Optional<Verdict> verdict() {
    return Optional.ofNullable(meta.mail().scan()).map(ScanReport::verdict);
  }

  /** Whether this operator proposed its release. */
  boolean isProposedBy(String operator) {
    return trail.stream().anyMatch(one -> one.act() == Act.PROPOSED && one.by().equals(operator));
  }

  /** Whether somebody else than this operator proposed its release. */
  boolean isProposedByAnother(String operator) {
    return trail.stream().anyMatch(one -> one.act() == Act.PROPOSED && !one.by().equals(operator));
  }

  /** Behind one more act. */
  QuarantineEntry with(QuarantineAct next) {
    if (next.act().decides()) {
      return act != null
          ? this
          : new QuarantineEntry(meta, content, author, subject, size, expiresAt, next, trail);
    }
    if (next.act() == Act.PROPOSED && isProposedBy(next.by())) {
      return this;
    }
    List<QuarantineAct> longer = new ArrayList<>(trail);
    longer.add(next);
    for (int i = 0; i < longer.size() && longer.size() > LONGEST_TRAIL; i++) {
      if (longer.get(i).act() == Act.DOWNLOADED) {
        longer.remove(i--);
      }
    }
    return new QuarantineEntry(meta, content, author, subject, size, expiresAt, act, longer);
  }

  /** For these recipients as well, as long as nobody has decided. */
  QuarantineEntry alsoFor(List<RoutedRecipient> others) {
    Set<RoutedRecipient> all = new LinkedHashSet<>(meta.mail().recipients());
    if (act != null || !all.addAll(others)) {
      return this;
    }
    return new QuarantineEntry(
        new QuarantineMeta(meta.mail().withRecipients(List.copyOf(all)), meta.reason(), meta.at()),
        content,
        author,
        subject,
        size,
        expiresAt,
        null,
        trail);
  }
}
