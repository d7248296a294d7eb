package org.milena.listexpander.notice;

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

/**
 * How often a list says something in a span of time. Counted in the list's own notes, in the
 * transaction that says it, so that a restart forgets nothing; swept away with the notes about
 * posts.
 */
final class AnswerLimits {
  /** Most answers to one address a day, from one list. */
  static final int ANSWERS_A_DAY = 10;

  /** Most notices about held posts an hour, from one list. */
  static final int HOLD_NOTICES_AN_HOUR = 12;

  /**
   * Takes one of {@code most}.
   *
   * @param what kind of thing is counted, and for whom
   * @param span one calendar unit, UTC
   * @return which one it was, from 1; 0 when all are taken
   */
  static int take(
      Ledger ledger,
      ListId list,
      String what,
      int most,
      ChronoUnit span,
      MailId cause,
      Instant now) {
    String prefix = digest(what) + "." + now.truncatedTo(span).getEpochSecond();
    for (int number = 1; number <= most; number++) {
      String key = Topics.listKey(list, "said." + prefix + "." + number);
      if (ledger.seen(key).isEmpty()) {
        ledger.put(key, new SeenPost(cause, now));
        return number;
      }
    }
    return 0;
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

  private AnswerLimits() {}
}
