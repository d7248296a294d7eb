package org.milena.listexpander.digest;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.milena.common.event.DigestPost;
import org.milena.common.event.Topics;
import org.milena.common.mail.ListId;
import org.milena.common.settings.DigestSettings;
import org.milena.listexpander.ledger.ListTables;

/** Posts that wait, in the order in which the list published them, and whether they are due. */
final class Waiting {
  private static final int ALL = 1_000_000;

  private static final Comparator<DigestPost> BY_TIME =
      Comparator.comparing(DigestPost::at).thenComparing(DigestPost::mailId);

  /** All of a list, as this instance sees them. */
  static List<DigestPost> of(ListTables tables, ListId list) {
    return tables.digestPosts().scan(Topics.listKey(list, ""), "", ALL).stream()
        .map(Map.Entry::getValue)
        .toList();
  }

  /** Those that stood in no digest yet. */
  static List<DigestPost> forDigest(List<DigestPost> posts) {
    return posts.stream().filter(post -> !post.digested()).sorted(BY_TIME).toList();
  }

  /** Those that stood in no summary yet. */
  static List<DigestPost> forSummary(List<DigestPost> posts) {
    return posts.stream().filter(post -> !post.summarised()).sorted(BY_TIME).toList();
  }

  /**
   * Whether a digest is due: at the first of size, count and hour, when a mail is full, or when the
   * list has digests no longer.
   *
   * @param waiting those for a digest
   * @param full how many octets make a mail full
   */
  static boolean isDigestDue(
      DigestSettings settings, List<DigestPost> waiting, Instant now, long full) {
    if (waiting.isEmpty()) {
      return false;
    }
    long size = waiting.stream().mapToLong(DigestPost::size).sum();
    return !settings.digests()
        || size >= full
        || (settings.digestSizeKb() > 0 && size >= 1024L * settings.digestSizeKb())
        || (settings.digestPosts() > 0 && waiting.size() >= settings.digestPosts())
        || (settings.digestHour() >= 0
            && haveSeen(lastTime(settings.digestHour(), settings.timeZone(), now), waiting));
  }

  /** Whether a summary is due, which happens once a day. */
  static boolean isSummaryDue(DigestSettings settings, List<DigestPost> waiting, Instant now) {
    int hour =
        settings.digestHour() < 0 ? DigestSettings.DEFAULT.digestHour() : settings.digestHour();
    return !waiting.isEmpty()
        && (!settings.digests() || haveSeen(lastTime(hour, settings.timeZone(), now), waiting));
  }

  /** Whether the time passed while they waited. So it counts once, however late somebody looks. */
  private static boolean haveSeen(Instant time, List<DigestPost> waiting) {
    return waiting.stream().anyMatch(post -> post.at().isBefore(time));
  }

  /**
   * When it was last this hour: once a day. An hour that the clock leaves out comes as much later
   * as it is put forward; of one that comes twice, the first counts.
   */
  static Instant lastTime(int hour, ZoneId zone, Instant now) {
    // from tomorrow on: where midnight comes twice, today may be yesterday again
    LocalDate day = LocalDate.ofInstant(now, zone).plusDays(1);
    while (at(day, hour, zone).isAfter(now)) {
      day = day.minusDays(1);
    }
    return at(day, hour, zone);
  }

  private static Instant at(LocalDate day, int hour, ZoneId zone) {
    return day.atTime(hour, 0).atZone(zone).toInstant();
  }

  private Waiting() {}
}
