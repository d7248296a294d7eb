package org.milena.egress.dsn;

import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.milena.common.header.HeaderBlock;
import org.milena.common.mail.MailAddress;
import org.milena.common.mail.MailId;
import org.milena.common.mail.MessageId;
import org.milena.common.mail.RawMessage;
import org.milena.common.stage.DeadPointerException;
import org.milena.common.stage.MailReader;
import org.milena.egress.job.Failures;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Writes reports of failure. */
public final class FailureNotices {
  private static final Logger log = LoggerFactory.getLogger(FailureNotices.class);

  private final String host;
  private final MailAddress from;
  private final MailReader reader;
  private final InstantSource clock;
  private final RandomGenerator random;

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
   * One report a delivery, with all its recipients that failed at this moment.
   *
   * @throws org.milena.common.failure.OutageException when a message cannot be read now
   */
  public List<FailureNotice> write(Collection<Failures> all) {
    List<FailureNotice> notices = new ArrayList<>(all.size());
    for (Failures failures : all) {
      notices.add(write(failures));
    }
    return notices;
  }

  private FailureNotice write(Failures failures) {
    Optional<RawMessage> original = original(failures);
    Optional<HeaderBlock> header = original.map(HeaderBlock::of);
    Optional<MessageId> messageId =
        header
            .flatMap(block -> block.first("Message-ID"))
            .flatMap(field -> MessageId.parse(field.value()));
    String subject =
        header
            .flatMap(block -> block.first("Subject"))
            .map(field -> Plain.line(field.decoded(), 200))
            .orElse("");
    MailId id = MailId.next(clock, random);
    Instant now = clock.instant();
    MessageId own = new MessageId(id + "@" + from.domain());
    RawMessage report =
        new Report(host, from, failures, original.flatMap(OriginalHeader::of), subject, now)
            .message(id, own, messageId);
    return new FailureNotice(
        id,
        own.value(),
        failures.delivery().content().mailId(),
        messageId.map(MessageId::value).orElse(null),
        failures.reportTo(),
        failures.recipients().size(),
        report);
  }

  /** The message that failed; a report can do without. */
  private Optional<RawMessage> original(Failures failures) {
    try {
      return Optional.of(reader.read(failures.delivery().content()).message());
    } catch (DeadPointerException e) {
      log.warn("a report of failure of {} goes without its header", failures.id(), e);
      return Optional.empty();
    }
  }
}
