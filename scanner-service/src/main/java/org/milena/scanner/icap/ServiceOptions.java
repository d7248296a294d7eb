package org.milena.scanner.icap;

import java.time.Duration;
import java.time.Instant;

/**
 * What a service says of itself (RFC 3507 section 4.10.2).
 *
 * @param preview octets it wants to see first; negative when it wants no preview
 * @param allow204 whether it can say "unchanged" outside of a preview
 * @param maxConnections how many it takes; at least one
 * @param tag of engine and database: another one means that what it said before counts no more
 * @param service its name
 * @param until when to ask again
 */
record ServiceOptions(
    int preview, boolean allow204, int maxConnections, String tag, String service, Instant until) {

  /** More than any service asks for; a preview is no reason to hold a mail twice. */
  private static final int MAX_PREVIEW = 64 * 1024;

  /** For those that say nothing of it. */
  private static final Duration DEFAULT_TTL = Duration.ofMinutes(5);

  private static final Duration LONGEST_TTL = Duration.ofHours(1);

  static ServiceOptions of(Head head, Instant now) throws MalformedReplyException {
    if (head.status() != 200) {
      throw new MalformedReplyException("OPTIONS was answered " + head.statusText());
    }
    if (!head.lists("methods", "RESPMOD")) {
      throw new MalformedReplyException(
          "the service has no RESPMOD, only \"" + head.field("methods") + '"');
    }
    long ttl = number(head.field("options-ttl"), DEFAULT_TTL.toSeconds());
    return new ServiceOptions(
        (int) Math.min(number(head.field("preview"), -1), MAX_PREVIEW),
        head.lists("allow", "204"),
        (int) Math.max(1, number(head.field("max-connections"), Integer.MAX_VALUE)),
        tag(head),
        head.field("service"),
        now.plusSeconds(Math.min(ttl, LONGEST_TTL.toSeconds())));
  }

  /** The tag of any reply; empty when it has none. */
  static String tag(Head head) {
    String tag = head.field("istag");
    boolean quoted = tag.length() > 1 && tag.startsWith("\"") && tag.endsWith("\"");
    return quoted ? tag.substring(1, tag.length() - 1) : tag;
  }

  private static long number(String text, long otherwise) {
    if (text.isEmpty() || text.length() > 9) {
      return otherwise;
    }
    for (int i = 0; i < text.length(); i++) {
      if (text.charAt(i) < '0' || text.charAt(i) > '9') {
        return otherwise;
      }
    }
    return Long.parseLong(text);
  }
}
