package org.milena.archive.intake;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** When a post was written, as far as that can be believed. */
final class PostDates {
  /** Before RFC 822 there is no mail of ours; clocks that lost their battery say 1970. */
  private static final Instant EARLIEST = Instant.parse("1982-08-13T00:00:00Z");

  private static final Duration CLOCKS_DIFFER = Duration.ofDays(1);

  /** The date of the header; when we took it, where that one is missing or cannot be. */
  static Instant of(@Nullable Instant header, Instant receivedAt) {
    if (header == null
        || header.isBefore(EARLIEST)
        || header.isAfter(receivedAt.plus(CLOCKS_DIFFER))) {
      return receivedAt;
    }
    return header;
  }

  private PostDates() {}
}
