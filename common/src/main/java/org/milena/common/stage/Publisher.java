package org.milena.common.stage;

import java.util.concurrent.CompletableFuture;
import org.milena.common.event.RecordPosition;

/** Writes single records outside a transaction. */
public interface Publisher {

  /**
   * Writes a record. The result comes after the broker's acknowledgement (all in-sync replicas); it
   * is exceptional with {@link org.milena.common.failure.OutageException} when the broker does not
   * acknowledge in time. The record may then be written or not.
   */
  CompletableFuture<RecordPosition> publish(OutRecord record);
}
