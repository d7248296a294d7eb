package org.milena.scanner.quarantine;

import org.jspecify.annotations.Nullable;

/**
 * How an operator wants a mail released.
 *
 * @param despite also when the engines still call it infected
 * @param note the operator's own words for the audit; absent without any
 */
public record ReleaseWish(boolean despite, @Nullable String note) {

  /** Only if the engines no longer object, and without a word. */
  public static final ReleaseWish PLAIN = new ReleaseWish(false, null);
}
