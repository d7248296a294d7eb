package org.milena.listexpander.submission;

import java.nio.ByteBuffer;
import java.time.Duration;
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
import org.milena.common.token.SignedTokens;
import org.milena.common.token.TokenPurpose;

/** Hands posts in that are written on the web, as smtp-ingress does with submitted mail. */
public final class Submission {
  /** RFC 3848 has no word for it; it is the one that mail programs on the web write. */
  private static final String PROTOCOL = "HTTP";

  /**
   * How far the time of a key may be from now: long enough to write a post and to try again, and
   * much shorter than lists remember what they have seen.
   */
  static final Duration KEY_SPAN = Duration.ofDays(1);

  private final Site site;
  private final Publisher publisher;
  private final SignedTokens signed;
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
  public Submission(
      Site site,
      Publisher publisher,
      SignedTokens signed,
      InstantSource clock,
      RandomGenerator random) {
    this.site = site;
    this.publisher = publisher;
    this.signed = signed;
    this.clock = clock;
    this.random = random;
    this.limits = new PostLimits(clock);
  }

  /** A key for a post that is to be written. */
  public PostKey key() {
    return PostKey.next(clock, random);
  }

  /**
   * Hands a post in, and returns when it is durable. The same post of the same account under the
   * same key is octet by octet the same mail, and the list takes it once; another post under that
   * key has a Message-ID that the list has seen.
   *
   * @throws OutageException when the broker does not acknowledge it; it may be written or not then
   */
  public SubmissionOutcome send(MailingList list, Writer writer, WrittenPost post, PostKey key) {
    MailId id = MailId.next(clock, random);
    Instant now = clock.instant();
    if (Duration.between(key.time(), now).abs().compareTo(KEY_SPAN) > 0) {
      return new SubmissionOutcome.WrongDay();
    }
    MessageId messageId = messageId(list, writer, key);
    RawMessage written = post.message(list.address(), messageId, key.time());
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

  /** Nobody can choose it, or tell what somebody else's will be. */
  private MessageId messageId(MailingList list, Writer writer, PostKey key) {
    byte[] stamp =
        signed.stamp(
            TokenPurpose.POST, Long.BYTES, writer.account(), list.id().toString(), key.toString());
    MailId name = key.value().withLow(ByteBuffer.wrap(stamp).getLong());
    return new MessageId(name + "@" + list.address().domain());
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
