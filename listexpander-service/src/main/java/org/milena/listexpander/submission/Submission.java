package org.milena.listexpander.submission;

import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.List;
import java.util.random.RandomGenerator;
import org.milena.common.directory.MailingList;
import org.milena.common.event.ClientFacts;
import org.milena.common.event.MailEvent;
import org.milena.common.event.MailMeta;
import org.milena.common.event.MailMeta.BodyFacts;
import org.milena.common.event.RecordType;
import org.milena.common.event.Route;
import org.milena.common.event.RoutedRecipient;
import org.milena.common.event.Topics;
import org.milena.common.failure.OutageException;
import org.milena.common.header.HeaderEditor;
import org.milena.common.header.MailDates;
import org.milena.common.mail.ForwardPath;
import org.milena.common.mail.MailAddress;
import org.milena.common.mail.MailId;
import org.milena.common.mail.MessageId;
import org.milena.common.mail.RawMessage;
import org.milena.common.mail.ReversePath;
import org.milena.common.stage.MailLog;
import org.milena.common.stage.MailRecords;
import org.milena.common.stage.Publisher;
import org.milena.common.stage.Stories;

/** Hands posts in that are written on the web, as smtp-ingress does with submitted mail. */
public final class Submission {
  /** RFC 3848 has no word for it; it is the one that mail programs on the web write. */
  private static final String PROTOCOL = "HTTP";

  private final Site site;
  private final Publisher publisher;
  private final InstantSource clock;
  private final RandomGenerator random;
  private final PostLimits limits;

  /**
   * Where posts are taken.
   *
   * @param hostname our name in the Received field
   * @param mailLimit most octets of a mail
   */
  public record Site(String hostname, int mailLimit) {}

  /**
   * Who writes.
   *
   * @param account that is signed in; the author's address must be one of its own
   * @param address numeric IP address of the client
   */
  public record Writer(String account, String address) {}

  /** The random numbers are for ids. */
  public Submission(Site site, Publisher publisher, InstantSource clock, RandomGenerator random) {
    this.site = site;
    this.publisher = publisher;
    this.clock = clock;
    this.random = random;
    this.limits = new PostLimits(clock);
  }

  /**
   * Hands a post in, and returns when it is durable.
   *
   * @throws OutageException when the broker does not acknowledge it; it may be written or not then
   */
  public SubmissionOutcome send(MailingList list, Writer writer, WrittenPost post) {
    MailId id = MailId.next(clock, random);
    Instant now = clock.instant();
    MessageId messageId = new MessageId(id + "@" + list.address().domain());
    RawMessage written = post.message(list.address(), messageId, now);
    RawMessage message =
        HeaderEditor.of(written).prependRaw("Received", received(list, id, now)).toMessage();
    if (message.size() > site.mailLimit()) {
      return new SubmissionOutcome.TooLarge();
    }
    if (!limits.take(writer.account())) {
      return new SubmissionOutcome.TooMany();
    }
    MailMeta meta = meta(list, writer, post.author().address(), id, now, written);
    try (var _ = MailLog.about(id)) {
      publish(meta, message);
      Stories.begin(publisher, received(list, meta, messageId, written.size()));
    }
    return new SubmissionOutcome.Taken(id, messageId);
  }

  /** The facts that smtp-ingress would note of a client that logged in as this account. */
  private static MailMeta meta(
      MailingList list,
      Writer writer,
      MailAddress author,
      MailId id,
      Instant now,
      RawMessage written) {
    return new MailMeta(
        id,
        now,
        new ReversePath.Mailbox(author),
        List.of(
            new RoutedRecipient(
                new ForwardPath.Mailbox(list.address()), new Route.ListPost(list.id()))),
        new BodyFacts(false, !author.isAscii()),
        new ClientFacts(writer.address(), "", PROTOCOL, null, writer.account()),
        written.sha256(),
        null);
  }

  /** Without the client: its address is nobody's business who reads the post. */
  private String received(MailingList list, MailId id, Instant now) {
    return "by %s with %s id %s\r\n\tfor <%s>;\r\n\t%s"
        .formatted(
            site.hostname(), PROTOCOL, id, list.address(), MailDates.format(now, ZoneOffset.UTC));
  }

  private void publish(MailMeta meta, RawMessage message) {
    var unused =
        publisher.write(
            MailRecords.mail(
                Topics.RECEIVED, null, RecordType.RECEIVED_MAIL, meta, meta.mailId(), message));
  }

  private static MailEvent received(MailingList list, MailMeta meta, MessageId id, int size) {
    return new MailEvent(
        meta.mailId(),
        meta.receivedAt(),
        MailEvent.Kind.RECEIVED,
        list.id(),
        id.value(),
        "Received %d octets from %s (over the web) for <%s>."
            .formatted(size, meta.reversePath().wire(), list.address()),
        1);
  }
}
