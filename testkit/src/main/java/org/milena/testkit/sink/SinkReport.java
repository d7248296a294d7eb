package org.milena.testkit.sink;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a sink has counted so far.
 *
 * @param connections accepted
 * @param transactions MAIL commands taken
 * @param messages contents taken
 * @param recipients of the messages taken, duplicates and all
 * @param distinctRecipients distinct pairs of Message-ID and recipient
 * @param duplicates {@code recipients - distinctRecipients}
 * @param refusals replies 4yz and 5yz given
 * @param cutAfterDot messages taken whose reply was never sent
 * @param octets of the contents taken
 * @param bareLineEnds CR or LF that stood alone in contents or commands: a sender's fault
 * @param firstAt when the first message was complete
 * @param lastAt when the last one was
 * @param duplicated up to 100 pairs that came more than once, {@code Message-ID recipient times}
 */
public record SinkReport(
    long connections,
    long transactions,
    long messages,
    long recipients,
    long distinctRecipients,
    long duplicates,
    long refusals,
    long cutAfterDot,
    long octets,
    long bareLineEnds,
    @Nullable Instant firstAt,
    @Nullable Instant lastAt,
    List<String> duplicated) {

  public SinkReport {
    duplicated = List.copyOf(duplicated);
  }
}
