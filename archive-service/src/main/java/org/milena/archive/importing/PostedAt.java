package org.milena.archive.importing;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.milena.common.header.HeaderBlock;
import org.milena.common.header.HeaderField;
import org.milena.common.header.MailDates;

/**
 * When another archive took a message, as well as it can be made out.
 *
 * <p>The uppermost Received field says it (RFC 5321 section 4.4): it is written by the machine of
 * the list or of the archive, not by the author's, whose clock may be years off. What the archive
 * itself says (the From line of an mbox, a commit) is often the day on which it was converted, so
 * it only counts where it fits the Date field, or where nothing else says anything.
 */
final class PostedAt {
  /** Before RFC 822 there is no mail; clocks that lost their battery say 1970. */
  private static final Instant EARLIEST = Instant.parse("1982-08-13T00:00:00Z");

  private static final Duration CLOCKS_DIFFER = Duration.ofDays(1);

  /** No mail is on its way for longer. */
  static final Duration LONGEST_WAY = Duration.ofDays(366);

  /**
   * What was found.
   *
   * @param at when it was taken; null when nothing says so
   * @param oddity what is odd about its dates; null when nothing is
   */
  record Found(@Nullable Instant at, @Nullable OddKind oddity) {}

  /**
   * @param source what the archive says; null for nothing
   */
  static Found of(HeaderBlock header, @Nullable Instant source, Instant now) {
    Instant received = received(header, now);
    Instant filed = believable(source, now) ? source : null;
    Optional<Instant> written =
        header.all("Date").stream()
            .flatMap(field -> MailDates.parse(field.value()).stream())
            .findFirst();
    Instant date = written.filter(at -> believable(at, now)).orElse(null);
    Instant at = received != null ? received : fitting(date, filed);
    if (written.isEmpty()) {
      return new Found(at, OddKind.NO_DATE);
    }
    boolean odd =
        date == null
            || (at != null
                && (date.isAfter(at.plus(CLOCKS_DIFFER)) || date.isBefore(at.minus(LONGEST_WAY))));
    return new Found(at, odd ? OddKind.ODD_DATE : null);
  }

  private static @Nullable Instant fitting(@Nullable Instant date, @Nullable Instant filed) {
    if (date == null || filed == null) {
      return date == null ? filed : date;
    }
    boolean later = date.isAfter(filed.plus(CLOCKS_DIFFER));
    boolean soon = !filed.isAfter(date.plus(LONGEST_WAY));
    return later || soon ? filed : date;
  }

  private static @Nullable Instant received(HeaderBlock header, Instant now) {
    for (HeaderField field : header.all("Received")) {
      String value = field.value();
      Instant at = MailDates.parse(value.substring(value.lastIndexOf(';') + 1)).orElse(null);
      if (value.indexOf(';') >= 0 && believable(at, now)) {
        return at;
      }
    }
    return null;
  }

  private static boolean believable(@Nullable Instant at, Instant now) {
    return at != null && !at.isBefore(EARLIEST) && !at.isAfter(now.plus(CLOCKS_DIFFER));
  }

  private PostedAt() {}
}
