package org.milena.listexpander.membership;

import java.util.Optional;
import org.milena.common.event.PendingRequest;
import org.milena.common.table.Table;

/** Looks at requests that wait for their confirmation. */
public final class PendingRequests {
  private final Table<PendingRequest> table;

  public PendingRequests(Table<PendingRequest> table) {
    this.table = table;
  }

  /** The request of this id, if it waits. */
  public Optional<PendingRequest> find(String requestId) {
    return RequestIds.slotOf(requestId)
        .flatMap(table::get)
        .filter(request -> request.requestId().equals(requestId));
  }
}
