package org.milena.listexpander.membership;

import java.time.Instant;
import java.util.Optional;
import org.milena.common.directory.Account;
import org.milena.common.directory.PendingRequest;
import org.milena.common.mail.ListId;
import org.milena.common.mail.MailAddress;

/**
 * How requests that wait are named: {@code SLOT-TIME}. The slot follows from list, kind and
 * address, so an address has at most one request of a kind; the time tells this request from an
 * earlier one.
 */
public final class RequestIds {
  private static final int LIST_LENGTH = 8;
  private static final int SLOT_LENGTH = LIST_LENGTH + 16;

  /** The key of the row, before there is a request. */
  static String slot(ListId list, PendingRequest.Kind kind, MailAddress address) {
    return slot(list.value(), kind, address);
  }

  /** The key of the row of an account. */
  static String slot(String account, MailAddress address) {
    return slot(Account.commandKey(account), PendingRequest.Kind.ACCOUNT_ADDRESS, address);
  }

  private static String slot(String scope, PendingRequest.Kind kind, MailAddress address) {
    String what = String.join("\0", scope, kind.name(), address.key());
    return Digests.of(scope, LIST_LENGTH) + Digests.of(what, SLOT_LENGTH - LIST_LENGTH);
  }

  /** What the slots of a list begin with, and hardly one of another list. */
  static String slotPrefix(ListId list) {
    return Digests.of(list.value(), LIST_LENGTH);
  }

  static String requestId(String slot, Instant askedAt) {
    return slot + "-" + Long.toString(askedAt.toEpochMilli(), 36);
  }

  /** The key of a request's row; empty when the id is none. */
  public static Optional<String> slotOf(String requestId) {
    return requestId.length() > SLOT_LENGTH && requestId.charAt(SLOT_LENGTH) == '-'
        ? Optional.of(requestId.substring(0, SLOT_LENGTH))
        : Optional.empty();
  }

  private RequestIds() {}
}
