package org.milena.common.event;

import java.time.LocalDate;
import org.jspecify.annotations.Nullable;
import org.milena.common.mail.ListId;

/**
 * What a list counts.
 *
 * @param posts how many posts were numbered
 * @param volume of the next digest; from 1
 * @param issue of the next digest in its volume; from 1
 * @param lastDigestOn the day of the last digest, in the list's time zone; null before the first
 * @param lastDailyOn the day of the last daily mails (summaries, moderators), likewise
 */
public record ListState(
    ListId list,
    long posts,
    int volume,
    int issue,
    @Nullable LocalDate lastDigestOn,
    @Nullable LocalDate lastDailyOn) {

  /** A new list's. */
  public static ListState first(ListId list) {
    return new ListState(list, 0, 1, 1, null, null);
  }
}
