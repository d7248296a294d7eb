package org.milena.scanner.clamav;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What clamd says of itself and of its database: {@code ClamAV 1.4.6/27830/Sat Nov 28 09:10:00
 * 2026}. Without a database that has a number it says {@code ClamAV 1.4.6}.
 *
 * @param text all of it; empty when not known
 * @param databaseTime when the database was made. clamd writes it by its own clock without saying
 *     the zone; it is taken for UTC, as in the images of ClamAV
 */
record ClamdVersion(String text, Optional<Instant> databaseTime) {

  static final ClamdVersion UNKNOWN = new ClamdVersion("", Optional.empty());

  private static final int LONGEST = 200;

  private static final Pattern DATED =
      Pattern.compile(
          "[^/]+/[0-9]+/ *[A-Za-z]{3} +([A-Z][a-z]{2}) +([0-9]{1,2})"
              + " +([0-9]{2}):([0-9]{2}):([0-9]{2}) +([0-9]{4})");

  private static final List<String> MONTHS =
      List.of("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec");

  /** Reads the reply to VERSION; {@link #UNKNOWN} when it is none. */
  static ClamdVersion read(String reply) {
    String text = reply.strip();
    return text.startsWith("ClamAV ") && text.length() <= LONGEST
        ? new ClamdVersion(text, time(text))
        : UNKNOWN;
  }

  private static Optional<Instant> time(String text) {
    Matcher dated = DATED.matcher(text);
    if (!dated.matches()) {
      return Optional.empty();
    }
    try {
      return Optional.of(
          LocalDateTime.of(
                  number(dated, 6),
                  MONTHS.indexOf(dated.group(1)) + 1,
                  number(dated, 2),
                  number(dated, 3),
                  number(dated, 4),
                  number(dated, 5))
              .toInstant(ZoneOffset.UTC));
    } catch (DateTimeException e) {
      return Optional.empty(); // there is no such day
    }
  }

  private static int number(Matcher dated, int group) {
    return Integer.parseInt(dated.group(group));
  }
}
