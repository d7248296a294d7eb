package org.milena.listexpander.ledger;

import java.time.Duration;
import java.util.List;
import org.milena.common.directory.Account;
import org.milena.common.directory.MailingList;
import org.milena.common.directory.Member;
import org.milena.common.directory.Suppression;
import org.milena.common.event.Hold;
import org.milena.common.event.PendingRequest;
import org.milena.common.event.SeenPost;
import org.milena.common.table.Table;

/** The tables that lists live in. This instance's views; rows are changed in transactions only. */
public record ListTables(
    Table<MailingList> lists,
    Table<Member> members,
    Table<Account> accounts,
    Table<Suppression> suppressions,
    Table<Hold> holds,
    Table<SeenPost> seen,
    Table<PendingRequest> pending) {

  /**
   * Waits until every view holds all that was committed when this was called.
   *
   * @param atMost for each table
   * @throws org.milena.common.table.StaleViewException when one does not follow in time
   */
  public void awaitCurrent(Duration atMost) {
    for (Table<?> table : List.of(lists, members, accounts, suppressions, holds, seen, pending)) {
      table.awaitCurrent(atMost);
    }
  }
}
