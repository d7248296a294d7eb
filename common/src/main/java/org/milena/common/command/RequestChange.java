package org.milena.common.command;

import static java.util.Objects.requireNonNullElse;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.milena.common.directory.PendingRequest;
import org.milena.common.mail.MailAddress;
import org.milena.common.settings.DeliveryMode;

/** Somebody wants to join or to leave, or is asked to, until that is confirmed and decided. */
public sealed interface RequestChange extends ListCommand {

  /**
   * Somebody asks to join: what happens next is the list's policy.
   *
   * @param mode what the new member wants to get; null for what is usual there
   */
  record Subscribe(
      MailAddress address,
      String displayName,
      @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable DeliveryMode mode)
      implements RequestChange {
    /** Somebody who wants what is usual. */
    public Subscribe(MailAddress address, String displayName) {
      this(address, displayName, null);
    }
  }

  /**
   * Somebody asks to leave.
   *
   * @param proven whether the request carries a signed token of this very member, so that no
   *     confirmation is asked for (RFC 8058)
   */
  record Unsubscribe(MailAddress address, boolean proven) implements RequestChange {}

  /** Somebody answers a confirmation with its token's request id. */
  record Confirm(String requestId) implements RequestChange {}

  /** A moderator decides about somebody who wants to join or to leave. */
  record DecideRequest(String requestId, RequestDecision decision, String comment)
      implements RequestChange {}

  /** What a moderator can do with a request. */
  enum RequestDecision {
    /** It is done. */
    ACCEPT,
    /** It is not done, and who asked is told so. */
    REJECT,
    /** It is not done, and nobody is told. */
    DISCARD
  }

  /**
   * Owners invite somebody; who accepts joins without more ado.
   *
   * @param text what they write; may be empty
   */
  record Invite(List<MailAddress> addresses, String text) implements RequestChange {
    public Invite {
      addresses = List.copyOf(addresses);
    }
  }

  /**
   * A confirmation may be due. The owner of a list or of an account writes it, in the transaction
   * that writes the request down; its key is {@link Limit#key}, so that those who count for the
   * whole site have one order and one owner each.
   *
   * @param request what is to be confirmed
   * @param limit who counts next
   * @param member whether the address is where it wants to be already, so that it is told that
   *     instead
   * @param network the client's network; null when nobody knows it
   * @param text what those who invite write
   */
  record AskForConfirmation(
      PendingRequest request,
      Limit limit,
      boolean member,
      @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String network,
      @JsonInclude(JsonInclude.Include.NON_EMPTY) String text)
      implements RequestChange {
    public AskForConfirmation {
      text = requireNonNullElse(text, "");
    }
  }

  /** What confirmations are counted by, in this order. */
  enum Limit {
    /** By the network of the client that asked. */
    NETWORK,
    /** By the domain of the address. */
    DOMAIN,
    /** By the address. */
    ADDRESS;

    /**
     * The key that its commands have in the topic of commands.
     *
     * @param what a digest of the network, the domain or the address
     */
    public String key(String what) {
      return "confirmations:" + name().toLowerCase(Locale.ROOT) + ":" + what;
    }
  }
}
