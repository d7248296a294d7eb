package org.milena.egress.session;

import java.util.List;
import org.milena.egress.outcome.Happening;

/** How a transaction ended. */
public sealed interface TransactionEnd {

  /**
   * Every recipient has something to tell.
   *
   * @param happenings in the order of the transaction's recipients
   */
  record Told(List<Happening> happenings) implements TransactionEnd {
    public Told {
      happenings = List.copyOf(happenings);
    }
  }

  /**
   * The host had ended the session before this transaction began: the same again over a new
   * connection.
   */
  record Stale() implements TransactionEnd {}

  /** It was not to go on; nobody has the message. */
  record CutOff() implements TransactionEnd {}
}
