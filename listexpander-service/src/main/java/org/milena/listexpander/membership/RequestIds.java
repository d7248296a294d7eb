package org.milena.listexpander.membership;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Optional;
import org.milena.common.event.PendingRequest;
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
    String what = String.join("\0", list.value(), kind.name(), address.key());
    return slotPrefix(list) + digest(what, SLOT_LENGTH - LIST_LENGTH);
  }

  /** What the slots of a list begin with, and hardly one of another list. */
  static String slotPrefix(ListId list) {
    return digest(list.value(), LIST_LENGTH);
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

  private static String digest(String text, int length) {
    try {
      byte[] hash =
          MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(hash, 0, length / 2);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }

  private RequestIds() {}
}
