package org.milena.listexpander.limit;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HexFormat;
import org.milena.common.event.SeenPost;
import org.milena.common.event.Topics;
import org.milena.common.mail.ListId;
import org.milena.common.mail.MailId;
import org.milena.listexpander.ledger.Ledger;

/** Counts up to a limit, for one calendar unit (UTC) at a time. */
public final class Limits {

  /**
   * Takes one of {@code most}.
   *
   * @param what kind of thing is counted, and for whom
   * @param span one calendar unit, UTC
   * @return which one it was, from 1; 0 when all are taken
   */
  public static int take(
      Ledger ledger,
      ListId list,
      String what,
      int most,
      ChronoUnit span,
      MailId cause,
      Instant now) {
    String prefix = prefix(what, span, now);
    int next = firstFree(ledger, list, prefix, most);
    if (next > most) {
      return 0;
    }
    ledger.put(key(list, prefix, next), new SeenPost(cause, now));
    return next;
  }

  /** Whether all of {@code most} are taken. */
  public static boolean used(
      Ledger ledger, ListId list, String what, int most, ChronoUnit span, Instant now) {
    return most < 1 || ledger.seen(key(list, prefix(what, span, now), most)).isPresent();
  }

  /** They are taken in their order, so those that are taken stand before those that are free. */
  private static int firstFree(Ledger ledger, ListId list, String prefix, int most) {
    int taken = 0;
    int free = most + 1;
    while (taken + 1 < free) {
      int middle = taken + (free - taken) / 2;
      if (ledger.seen(key(list, prefix, middle)).isPresent()) {
        taken = middle;
      } else {
        free = middle;
      }
    }
    return free;
  }

  private static String prefix(String what, ChronoUnit span, Instant now) {
    return digest(what) + "." + now.truncatedTo(span).getEpochSecond();
  }

  private static String key(ListId list, String prefix, int number) {
    return Topics.listKey(list, "said." + prefix + "." + number);
  }

  private static String digest(String text) {
    try {
      byte[] hash =
          MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(hash, 0, 10);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }

  private Limits() {}
}
