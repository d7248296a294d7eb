package org.milena.common.stage;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.milena.common.event.RecordPosition;

/** Writes single records outside a transaction. */
public interface Publisher {

  /**
   * Writes a record. The result comes after the broker's acknowledgement (all in-sync replicas); it
   * is exceptional with {@link org.milena.common.failure.OutageException} when the broker does not
   * acknowledge in time. The record may then be written or not.
   */
  CompletableFuture<RecordPosition> publish(OutRecord record);

  /**
   * Writes a record, and returns when the broker has acknowledged it.
   *
   * @throws org.milena.common.failure.OutageException when it does not in time; the record may be
   *     written or not
   * @throws org.milena.common.failure.UnreadableRecordException when no broker would take it
   */
  default RecordPosition write(OutRecord record) {
    try {
      return publish(record).join();
    } catch (CompletionException e) {
      if (e.getCause() instanceof RuntimeException cause) {
        throw cause;
      }
      throw e;
    }
  }
}
