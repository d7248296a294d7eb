package org.milena.listexpander.thread;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.milena.common.directory.MailingList;
import org.milena.common.event.ThreadWish;
import org.milena.common.stage.MailReader;
import org.milena.listexpander.chore.Chore;
import org.milena.listexpander.ledger.Ledger;
import org.milena.listexpander.ledger.ListTables;

/** Wishes end when their thread had no post for a year. */
public final class WishTimes implements Chore {
  /** A year, and as long as the newest post may not have been noted. */
  static final Duration KEPT = Duration.ofDays(365).plus(ThreadReaders.NOTED_EVERY);

  /** So many at once; the others a minute later. */
  static final int AT_ONCE = 500;

  @Override
  public boolean isDue(ListTables tables, MailingList list, Instant now) {
    return !due(tables, list, now, 1).isEmpty();
  }

  @Override
  public Optional<Work> prepare(
      ListTables tables, MailReader mails, MailingList list, Instant now) {
    List<ThreadWish> due = due(tables, list, now, AT_ONCE);
    return due.isEmpty()
        ? Optional.empty()
        : Optional.of((ledger, current, at) -> due.forEach(seen -> end(ledger, seen, at)));
  }

  private static List<ThreadWish> due(ListTables tables, MailingList list, Instant now, int limit) {
    return tables.wished().still(list.id(), now.minus(KEPT), limit);
  }

  /** A post may have come since, or another wish may stand there. */
  private static void end(Ledger ledger, ThreadWish seen, Instant now) {
    ledger
        .wish(seen.list(), seen.address(), seen.messageId())
        .filter(wish -> isOver(wish, now))
        .ifPresent(ledger::delete);
  }

  static boolean isOver(ThreadWish wish, Instant now) {
    return !now.isBefore(wish.lastPostAt().plus(KEPT));
  }
}
