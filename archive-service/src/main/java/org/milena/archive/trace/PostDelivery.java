package org.milena.archive.trace;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.milena.common.mail.ListId;
import org.milena.common.mail.MailAddress;
import org.milena.common.mail.MailId;

/**
 * What became of the copies of one post on one list. Delivered is a copy that the next host took;
 * what comes back later as a report is counted by the list as a bounce, not here.
 *
 * @param messageId of the post as it came, without angle brackets, where it has one
 * @param expandedAt when its copies were made
 * @param recipients how many copies there are
 * @param waiting copies that wait for their first try
 * @param deferred copies that wait for their next try
 * @param firstAt when the first copy was delivered; null when none is
 * @param medianAt when half of those that are delivered were
 * @param lastAt when the last of those was
 * @param failures who does not get one, by address; null for those who are not shown that
 * @param more whether there are more failures than are given
 * @param complete whether all results were read; else {@code delivered}, {@code deferred}, {@code
 *     failed} and the times are of the first of them, or of none where nothing was to be counted
 */
public record PostDelivery(
    MailId mailId,
    @Nullable String messageId,
    ListId list,
    Instant expandedAt,
    long recipients,
    long delivered,
    long deferred,
    long failed,
    long waiting,
    @Nullable Instant firstAt,
    @Nullable Instant medianAt,
    @Nullable Instant lastAt,
    @Nullable List<Failure> failures,
    boolean more,
    boolean complete) {

  public PostDelivery {
    failures = failures == null ? null : List.copyOf(failures);
  }

  /**
   * A recipient who does not get a copy.
   *
   * @param status enhanced status code (RFC 3463)
   * @param reason what the other host said
   */
  public record Failure(MailAddress address, String status, String reason, Instant at) {}
}
