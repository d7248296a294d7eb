package org.milena.listexpander.membership;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.milena.common.directory.MailingList;
import org.milena.common.directory.PendingRequest;
import org.milena.common.directory.PendingRequest.Kind;
import org.milena.common.mail.ListId;
import org.milena.common.mail.MailAddress;
import org.milena.listexpander.ledger.Ledger;

/** The requests of lists that wait. Each new one sweeps some away that nobody answered. */
final class Requests {
  /** How long an address has to confirm. */
  static final Duration CONFIRMATION = Duration.ofDays(3);

  /** How long an invitation is good. */
  static final Duration INVITATION = Duration.ofDays(21);

  /** How long moderators have to decide. */
  static final Duration MODERATION = Duration.ofDays(180);

  /** A request asked again within this time is the same request, so that its mail stays good. */
  private static final Duration SAME = Duration.ofDays(1);

  private static final int SWEPT_AT_ONCE = 8;

  private final Map<ListId, String> sweptUpTo = new ConcurrentHashMap<>();

  /** The request of this id, if it still waits. */
  static Optional<PendingRequest> waiting(
      Ledger ledger, MailingList list, String requestId, Instant now) {
    return RequestIds.slotOf(requestId)
        .flatMap(ledger::pending)
        .filter(request -> request.requestId().equals(requestId))
        .filter(request -> list.id().equals(request.list()))
        .filter(request -> now.isBefore(request.expiresAt()));
  }

  /** Whether a moderator has this request already. */
  static boolean isModerated(
      Ledger ledger, MailingList list, Kind kind, MailAddress address, Instant now) {
    return ledger
        .pending(RequestIds.slot(list.id(), kind, address))
        .filter(request -> request.waitsForModerator() && now.isBefore(request.expiresAt()))
        .isPresent();
  }

  /** A request that its address has to confirm: the one that waits, or a new one. */
  PendingRequest toConfirm(
      Ledger ledger, MailingList list, Kind kind, Newcomer who, Duration good, Instant now) {
    String slot = RequestIds.slot(list.id(), kind, who.address());
    Optional<PendingRequest> earlier =
        ledger
            .pending(slot)
            .filter(request -> !request.waitsForModerator())
            .filter(request -> now.isBefore(request.askedAt().plus(SAME)));
    return earlier.orElseGet(() -> put(ledger, list, kind, who, good, false, now));
  }

  /** A request that a moderator decides about. */
  PendingRequest toModerate(Ledger ledger, MailingList list, Kind kind, Newcomer who, Instant now) {
    return put(ledger, list, kind, who, MODERATION, true, now);
  }

  /** It was answered, or has no purpose any more. */
  static void forget(Ledger ledger, ListId list, Kind kind, MailAddress address) {
    String slot = RequestIds.slot(list, kind, address);
    if (ledger.pending(slot).isPresent()) {
      ledger.deletePending(slot);
    }
  }

  private PendingRequest put(
      Ledger ledger,
      MailingList list,
      Kind kind,
      Newcomer who,
      Duration good,
      boolean moderated,
      Instant now) {
    sweep(ledger, list.id(), now);
    String slot = RequestIds.slot(list.id(), kind, who.address());
    PendingRequest request =
        new PendingRequest(
            RequestIds.requestId(slot, now),
            list.id(),
            kind,
            who.address(),
            who.displayName().strip(),
            now,
            now.plus(good),
            who.mode(),
            moderated,
            null);
    ledger.put(slot, request);
    return request;
  }

  private void sweep(Ledger ledger, ListId list, Instant now) {
    String prefix = RequestIds.slotPrefix(list);
    String after = sweptUpTo.getOrDefault(list, "");
    List<Map.Entry<String, PendingRequest>> some =
        ledger.pendingBehind(prefix, after, SWEPT_AT_ONCE);
    for (Map.Entry<String, PendingRequest> row : some) {
      PendingRequest request = row.getValue();
      if (list.equals(request.list()) && request.expiresAt().isBefore(now)) {
        ledger.deletePending(row.getKey());
      }
    }
    sweptUpTo.put(list, some.size() < SWEPT_AT_ONCE ? "" : some.getLast().getKey());
  }
}
