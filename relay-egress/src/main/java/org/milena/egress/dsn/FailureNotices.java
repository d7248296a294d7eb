package org.milena.egress.dsn;

import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;
import org.milena.common.event.MailPointer;
import org.milena.common.failure.UnreadableRecordException;
import org.milena.common.mail.MailAddress;
import org.milena.common.mail.MailId;
import org.milena.common.mail.MessageId;
import org.milena.common.mail.RawMessage;
import org.milena.common.stage.DeadPointerException;
import org.milena.common.stage.MailReader;
import org.milena.egress.job.Failures;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes reports of failure. Of each message it reads once what the reports of a batch say of it,
 * and keeps that until another batch is written without it.
 *
 * <p>Not safe for use by several threads.
 */
public final class FailureNotices {
  private static final Logger log = LoggerFactory.getLogger(FailureNotices.class);

  private final String host;
  private final MailAddress from;
  private final MailReader reader;
  private final InstantSource clock;
  private final RandomGenerator random;
  private final Map<MailPointer, Original> originals = new HashMap<>();

  /**
   * @param host our name in SMTP
   * @param from who answers for the site
   * @param reader of the messages that failed
   */
  public FailureNotices(
      String host,
      MailAddress from,
      MailReader reader,
      InstantSource clock,
      RandomGenerator random) {
    this.host = host;
    this.from = from;
    this.reader = reader;
    this.clock = clock;
    this.random = random;
  }

  /**
   * One report a delivery, with all its recipients that failed at this moment. The same batch
   * written again, because its results could not be kept, reads nothing again.
   *
   * @throws org.milena.common.failure.OutageException when a message cannot be read now
   */
  public List<FailureNotice> write(Collection<Failures> all) {
    originals
        .keySet()
        .retainAll(
            all.stream()
                .map(failures -> failures.delivery().content())
                .collect(Collectors.toSet()));
    List<FailureNotice> notices = new ArrayList<>(all.size());
    for (Failures failures : all) {
      notices.add(write(failures));
    }
    return notices;
  }

  private FailureNotice write(Failures failures) {
    MailPointer content = failures.delivery().content();
    Original original = originals.get(content);
    if (original == null) {
      original = read(content);
      originals.put(content, original);
    }
    MailId id = MailId.next(clock, random);
    Instant now = clock.instant();
    MessageId own = new MessageId(id + "@" + from.domain());
    RawMessage report =
        new Report(host, from, failures, original.header(), original.subject(), now)
            .message(id, own, original.messageId());
    return new FailureNotice(
        id,
        own.value(),
        content.mailId(),
        original.messageId().map(MessageId::value).orElse(null),
        failures.reportTo(),
        failures.recipients().size(),
        report);
  }

  /** A report can do without the message, and no result may wait for one that is not there. */
  private Original read(MailPointer content) {
    try {
      return Original.of(reader.read(content).message());
    } catch (DeadPointerException | UnreadableRecordException | IllegalArgumentException e) {
      log.warn("reports of failure of mail {} go without its header", content.mailId(), e);
      return Original.UNKNOWN;
    }
  }
}
