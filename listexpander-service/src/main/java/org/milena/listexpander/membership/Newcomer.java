package org.milena.listexpander.membership;

import org.jspecify.annotations.Nullable;
import org.milena.common.directory.PendingRequest;
import org.milena.common.mail.MailAddress;
import org.milena.common.settings.DeliveryMode;

/**
 * Somebody a request is about.
 *
 * @param mode what is to be delivered; null for what is usual on the list
 */
public record Newcomer(MailAddress address, String displayName, @Nullable DeliveryMode mode) {

  /** Just an address. */
  public static Newcomer of(MailAddress address) {
    return new Newcomer(address, "", null);
  }

  /** Whom a request that waits is about. */
  static Newcomer of(PendingRequest request) {
    return new Newcomer(request.address(), request.displayName(), request.mode());
  }
}
