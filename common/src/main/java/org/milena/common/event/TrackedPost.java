package org.milena.common.event;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.milena.common.mail.ListId;
import org.milena.common.mail.MailAddress;
import org.milena.common.mail.MailId;

/**
 * A post whose author is to be told what became of its copies.
 *
 * @param author proven to have written it
 * @param subject on one line, cut
 * @param recipients how many copies there are
 * @param delivered how many of them the next hosts took
 * @param failed how many never arrive
 * @param expandedAt when its copies were made
 * @param firstAt when the first was delivered; null while none is
 * @param lastAt when the last of those was
 */
public record TrackedPost(
    ListId list,
    MailId mailId,
    MailAddress author,
    String subject,
    int recipients,
    int delivered,
    int failed,
    Instant expandedAt,
    @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Instant firstAt,
    @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Instant lastAt) {

  /** The same, when so many more were delivered and failed at a moment. */
  public TrackedPost and(int moreDelivered, int moreFailed, Instant at) {
    boolean first = firstAt == null || at.isBefore(firstAt);
    boolean last = lastAt == null || at.isAfter(lastAt);
    return new TrackedPost(
        list,
        mailId,
        author,
        subject,
        recipients,
        delivered + moreDelivered,
        failed + moreFailed,
        expandedAt,
        moreDelivered > 0 && first ? at : firstAt,
        moreDelivered > 0 && last ? at : lastAt);
  }

  /** How many copies are still on their way. */
  public int waiting() {
    return Math.max(0, recipients - delivered - failed);
  }

  /** How the keys of a list begin. */
  public static String prefix(ListId list) {
    return Topics.listKey(list, "");
  }

  /** Key on {@link Topics#TRACKED}: in the order of time. */
  public static String key(ListId list, MailId mail) {
    return prefix(list) + mail;
  }
}
