package org.milena.common.event;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What an operator wants done with deferred mail; the audit of it. Lies on {@link
 * Topics#DELIVERIES}, in the partition whose owner shall do it, so that nobody else writes that
 * owner's rows.
 *
 * @param destination a domain, for {@link Act#RETRY}; null for all
 * @param key one recipient, see {@link Deferral#key}; null for all of the destination
 * @param by the operator's account
 */
public record QueueAct(
    Act act, @Nullable String destination, @Nullable String key, String by, Instant at) {

  public QueueAct {
    if (act == Act.FAIL && key == null) {
      throw new IllegalArgumentException("only one recipient at a time is given up");
    }
  }

  /** What can be done. */
  public enum Act {
    /** Try again now. */
    RETRY,
    /** Give up now. */
    FAIL
  }
}
