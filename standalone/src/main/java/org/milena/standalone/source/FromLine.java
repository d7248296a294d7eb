package org.milena.standalone.source;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.milena.common.header.MailDates;

/**
 * The line before each message of an mbox (RFC 4155 appendix A): {@code From }, somebody, and a
 * date as {@code asctime} writes it. Programs put a zone before or behind the year, or the fields
 * of an RFC 5322 date; pipermail writes {@code user at host}.
 */
final class FromLine {
  private static final int MAX = 1000;
  private static final String DAY = "(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun)";
  private static final String MONTH = "(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)";
  private static final Pattern DATE =
      Pattern.compile(
          "(?:"
              + DAY
              + ",? +)?(?:"
              + MONTH
              + " +\\d{1,2} +\\d{1,2}:\\d{2}(?::\\d{2})?(?: +[A-Za-z+-][\\w:+-]{0,8}){0,2} +\\d{4}"
              + "|\\d{1,2} +"
              + MONTH
              + " +\\d{4} +\\d{1,2}:\\d{2})");

  static boolean begins(byte[] octets, int start, int end) {
    return end - start >= 5
        && octets[start] == 'F'
        && octets[start + 1] == 'r'
        && octets[start + 2] == 'o'
        && octets[start + 3] == 'm'
        && octets[start + 4] == ' ';
  }

  /** Whether a date stands in it. */
  static boolean isDated(byte[] octets, int start, int end) {
    return DATE.matcher(text(octets, start, end)).find();
  }

  /** The date that stands in it; null for none that can be read. */
  static @Nullable Instant date(byte[] octets, int start, int end) {
    String text = text(octets, start, end);
    Matcher date = DATE.matcher(text);
    return date.find() ? MailDates.parse(text.substring(date.start()).strip()).orElse(null) : null;
  }

  private static String text(byte[] octets, int start, int end) {
    return new String(octets, start, Math.min(end - start, MAX), StandardCharsets.ISO_8859_1);
  }

  private FromLine() {}
}
