package org.milena.listexpander.thread;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.milena.common.directory.MailingList;
import org.milena.common.event.ThreadWish;
import org.milena.listexpander.chore.RowChore;
import org.milena.listexpander.ledger.Ledger;
import org.milena.listexpander.ledger.ListTables;

/** Wishes end when their thread had no post for a year. */
public final class WishTimes implements RowChore<ThreadWish> {
  /** A year, and as long as the newest post may not have been noted. */
  static final Duration KEPT = Duration.ofDays(365).plus(ThreadReaders.NOTED_EVERY);

  /** So many at once; the others a minute later. */
  static final int AT_ONCE = 500;

  @Override
  public int atOnce() {
    return AT_ONCE;
  }

  @Override
  public List<ThreadWish> due(ListTables tables, MailingList list, Instant now, int most) {
    return tables.wished().still(list.id(), now.minus(KEPT), most);
  }

  /** A post may have come since, or another wish may stand there. */
  @Override
  public void carryOut(Ledger ledger, MailingList list, ThreadWish seen, Instant now) {
    ledger
        .threads()
        .wish(seen.list(), seen.address(), seen.messageId())
        .filter(wish -> isOver(wish, now))
        .ifPresent(ledger.threads()::delete);
  }

  static boolean isOver(ThreadWish wish, Instant now) {
    return !now.isBefore(wish.lastPostAt().plus(KEPT));
  }
}
