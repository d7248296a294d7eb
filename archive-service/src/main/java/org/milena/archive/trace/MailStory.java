package org.milena.archive.trace;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.milena.common.event.MailEvent;
import org.milena.common.event.RecipientOutcome;
import org.milena.common.mail.ListId;
import org.milena.common.mail.MailAddress;
import org.milena.common.mail.MailId;

/**
 * The life of one mail.
 *
 * @param messageId without angle brackets, where it has one
 * @param lists it went to
 * @param deliveries how its recipients stand
 * @param recipients those that were asked for, by address
 * @param more whether there are more of them than are given
 */
public record MailStory(
    MailId mailId,
    @Nullable String messageId,
    List<ListId> lists,
    List<MailEvent> events,
    Counts deliveries,
    List<Recipient> recipients,
    boolean more) {

  public MailStory {
    lists = List.copyOf(lists);
    events = List.copyOf(events);
    recipients = List.copyOf(recipients);
  }

  /**
   * How many recipients stand how.
   *
   * @param expanded how many there should be in the end, as expansion counted them
   */
  public record Counts(long expanded, long relayed, long deferred, long failed) {}

  /**
   * One recipient's part of it.
   *
   * @param list whose copy it is; null for relayed mail
   * @param outcome of the latest attempt
   * @param attempts how many there were
   * @param at when the latest was
   */
  public record Recipient(
      MailAddress address,
      @Nullable ListId list,
      RecipientOutcome outcome,
      int attempts,
      Instant at) {}
}
