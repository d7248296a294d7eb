package org.milena.listexpander.chore;

import java.time.Instant;
import java.util.Optional;
import org.milena.common.directory.MailingList;
import org.milena.common.stage.MailReader;
import org.milena.listexpander.ledger.Ledger;
import org.milena.listexpander.ledger.ListTables;

/** One kind of thing that a list does when its time has come. */
public interface Chore {

  /** Whether it looks due to this instance. Asked for every list, every time: must be cheap. */
  boolean isDue(ListTables tables, MailingList list, Instant now);

  /**
   * Reads what is needed, before the transaction.
   *
   * @return empty when nothing is to be done
   * @throws org.milena.common.failure.OutageException when the broker is away
   */
  Optional<Work> prepare(ListTables tables, MailReader mails, MailingList list, Instant now);

  /** The rest, inside the transaction. Others may have decided something since it was prepared. */
  @FunctionalInterface
  interface Work {
    /** Does it. */
    void carryOut(Ledger ledger, MailingList list, Instant now);
  }
}
