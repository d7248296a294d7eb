package org.milena.scanner.quarantine;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import org.milena.common.event.QuarantineDigest;
import org.milena.common.event.RecordType;
import org.milena.common.event.Topics;
import org.milena.common.failure.OutageException;
import org.milena.common.stage.MailRecords;
import org.milena.common.stage.Publisher;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Notices the end of a period and writes it into the log. Every instance does, and as often as it
 * likes: the stage that reads the log heeds the first record of a period only.
 */
public final class DigestTick {

  private static final Logger log = LoggerFactory.getLogger(DigestTick.class);

  private final QuarantineIndex index;
  private final QuarantineLog view;
  private final Publisher publisher;
  private final Duration period;
  private final String instance;
  private final InstantSource clock;

  /**
   * @param period its multiples, counted from 1970, are the ends of periods; none when zero
   * @param instance the name of this process
   */
  public DigestTick(
      QuarantineIndex index,
      QuarantineLog view,
      Publisher publisher,
      Duration period,
      String instance,
      InstantSource clock) {
    if (period.isNegative()) {
      throw new IllegalArgumentException("a period has a length: " + period);
    }
    this.index = index;
    this.view = view;
    this.publisher = publisher;
    this.period = period;
    this.instance = instance;
    this.clock = clock;
  }

  /**
   * Looks at the clock. Writes the end of the period that passed last, if something was kept in it
   * and nobody wrote it yet.
   *
   * @return whether it wrote
   * @throws OutageException when it is not known whether that was written; the next look tells
   */
  public boolean look() {
    if (period.isZero()) {
      return false;
    }
    Instant now = clock.instant();
    long passed = Math.floorDiv(now.toEpochMilli(), period.toMillis());
    Instant until = Instant.ofEpochMilli(passed * period.toMillis());
    if (!view.isComplete() || index.hasDigest(until) || !index.isUntold(until)) {
      return false;
    }
    QuarantineDigest digest = new QuarantineDigest(until, instance, now);
    var unused =
        publisher.write(
            MailRecords.json(Topics.QUARANTINE, "digest", RecordType.QUARANTINE_DIGEST, digest));
    log.info("owners are told of what was kept until {}", until);
    return true;
  }
}
