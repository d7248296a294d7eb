package org.milena.archive.intake;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** When a post was written, as far as that can be believed. */
final class PostDates {
  /** Before RFC 822 there is no mail of ours; clocks that lost their battery say 1970. */
  private static final Instant EARLIEST = Instant.parse("1982-08-13T00:00:00Z");

  private static final Duration CLOCKS_DIFFER = Duration.ofDays(1);

  /** No mail is on its way for longer; what says so has a clock that is years behind. */
  private static final Duration LONGEST_WAY = Duration.ofDays(366);

  /**
   * The date of the header; when we took it, where that one is missing or cannot be.
   *
   * @param imported whether another archive took it; a post that we took may be an old mail that
   *     somebody sends again
   */
  static Instant of(@Nullable Instant header, Instant receivedAt, boolean imported) {
    if (header == null
        || header.isBefore(EARLIEST)
        || header.isAfter(receivedAt.plus(CLOCKS_DIFFER))
        || (imported && header.isBefore(receivedAt.minus(LONGEST_WAY)))) {
      return receivedAt;
    }
    return header;
  }

  private PostDates() {}
}
