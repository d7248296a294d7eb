package org.milena.listexpander.chore;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.milena.common.directory.MailingList;
import org.milena.common.stage.MailReader;
import org.milena.listexpander.ledger.Ledger;
import org.milena.listexpander.ledger.ListTables;

/**
 * A chore about single rows: some that look due are noted, and each is looked at again inside the
 * transaction.
 *
 * @param <R> a row
 */
public interface RowChore<R> extends Chore {

  /** How many are done in one transaction; the others when the list is reminded again. */
  int atOnce();

  /** Up to {@code most} rows that look due to this instance. */
  List<R> due(ListTables tables, MailingList list, Instant now, int most);

  /**
   * Does it, if the row is still there and still due.
   *
   * @param seen the row as it was when it looked due
   */
  void carryOut(Ledger ledger, MailingList list, R seen, Instant now);

  @Override
  default boolean isDue(ListTables tables, MailingList list, Instant now) {
    return !due(tables, list, now, 1).isEmpty();
  }

  @Override
  default Optional<Work> prepare(
      ListTables tables, MailReader mails, MailingList list, Instant now) {
    List<R> due = due(tables, list, now, atOnce());
    return due.isEmpty()
        ? Optional.empty()
        : Optional.of(
            (ledger, current, at) -> due.forEach(seen -> carryOut(ledger, current, seen, at)));
  }
}
