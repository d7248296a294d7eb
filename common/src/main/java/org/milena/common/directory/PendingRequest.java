package org.milena.common.directory;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.milena.common.mail.ListId;
import org.milena.common.mail.MailAddress;
import org.milena.common.settings.DeliveryMode;

/**
 * A request that waits: first for its address to confirm it, then perhaps for a moderator. Consumed
 * once, by the owner of the list or of the account.
 *
 * @param requestId names it; the token that goes out is signed over it
 * @param list the list concerned; null for an account's
 * @param mode what the new member wants to get; null for what is usual there
 * @param moderation true when a moderator decides next; null while the address has to confirm
 * @param account the account concerned; null for a list's
 */
public record PendingRequest(
    String requestId,
    @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable ListId list,
    Kind kind,
    MailAddress address,
    String displayName,
    Instant askedAt,
    Instant expiresAt,
    @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable DeliveryMode mode,
    @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Boolean moderation,
    @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String account) {

  /** What is asked for. */
  public enum Kind {
    /** To join a list. */
    SUBSCRIBE,
    /** To leave it. */
    UNSUBSCRIBE,
    /** That somebody accepts an owner's invitation to a list. */
    INVITE,
    /** That an address is one more of an account. */
    ACCOUNT_ADDRESS
  }

  public PendingRequest {
    moderation = Boolean.TRUE.equals(moderation) ? true : null;
  }

  /** A request about a list that its address has to confirm. */
  public static PendingRequest ofList(
      String requestId,
      ListId list,
      Kind kind,
      MailAddress address,
      String displayName,
      Instant askedAt,
      Instant expiresAt) {
    return new PendingRequest(
        requestId, list, kind, address, displayName, askedAt, expiresAt, null, null, null);
  }

  /** Whether a moderator decides next. */
  public boolean waitsForModerator() {
    return Boolean.TRUE.equals(moderation);
  }
}
