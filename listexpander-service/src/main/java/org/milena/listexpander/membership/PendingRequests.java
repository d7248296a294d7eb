package org.milena.listexpander.membership;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.milena.common.directory.PendingRequest;
import org.milena.common.mail.ListId;
import org.milena.common.table.Table;
import org.milena.listexpander.ledger.Ledger;

/** Looks at requests that wait for their confirmation or for a moderator. */
public final class PendingRequests {
  private final Table<PendingRequest> table;

  public PendingRequests(Table<PendingRequest> table) {
    this.table = table;
  }

  /** Up to so many requests of a list that wait for a moderator, in a transaction. */
  public static List<PendingRequest> forModerators(
      Ledger ledger, ListId list, int limit, Instant now) {
    return ledger.pendingBehind(RequestIds.slotPrefix(list), "", Integer.MAX_VALUE).stream()
        .map(Map.Entry::getValue)
        .filter(request -> isForModerators(request, list, now))
        .limit(limit)
        .toList();
  }

  private static boolean isForModerators(PendingRequest request, ListId list, Instant now) {
    return list.equals(request.list())
        && request.waitsForModerator()
        && now.isBefore(request.expiresAt());
  }

  /** A list is gone, and with it all requests about it. */
  public static void forget(Ledger ledger, ListId list) {
    ledger.pendingBehind(RequestIds.slotPrefix(list), "", Integer.MAX_VALUE).stream()
        .filter(row -> list.equals(row.getValue().list()))
        .forEach(row -> ledger.deletePending(row.getKey()));
  }

  /** The request of this id, if it waits. */
  public Optional<PendingRequest> find(String requestId) {
    return RequestIds.slotOf(requestId)
        .flatMap(table::get)
        .filter(request -> request.requestId().equals(requestId));
  }

  /**
   * The requests of a list that wait for a moderator, by id.
   *
   * @param after the last id of the page before; empty to begin
   */
  public List<PendingRequest> forModerators(ListId list, String after, int limit, Instant now) {
    return table
        .scan(RequestIds.slotPrefix(list), RequestIds.slotOf(after).orElse(""), Integer.MAX_VALUE)
        .stream()
        .map(Map.Entry::getValue)
        .filter(request -> isForModerators(request, list, now))
        .limit(limit)
        .toList();
  }
}
