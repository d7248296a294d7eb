package org.milena.ingress.acceptance;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.random.RandomGenerator;
import org.milena.common.event.MailEvent;
import org.milena.common.event.MailMeta;
import org.milena.common.event.RecordPosition;
import org.milena.common.event.RecordType;
import org.milena.common.event.Route;
import org.milena.common.event.RoutedRecipient;
import org.milena.common.event.Topics;
import org.milena.common.failure.OutageException;
import org.milena.common.failure.UnreadableRecordException;
import org.milena.common.header.AddressListParser;
import org.milena.common.header.HeaderBlock;
import org.milena.common.header.HeaderField;
import org.milena.common.header.HeaderMailbox;
import org.milena.common.mail.ListId;
import org.milena.common.mail.MailAddress;
import org.milena.common.mail.MailId;
import org.milena.common.mail.MessageId;
import org.milena.common.mail.RawMessage;
import org.milena.common.stage.MailLog;
import org.milena.common.stage.MailRecords;
import org.milena.common.stage.OutRecord;
import org.milena.common.stage.Publisher;
import org.milena.common.stage.Stories;
import org.milena.ingress.policy.ByteBudget;
import org.milena.ingress.policy.Limits;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Takes messages over, one at a time per caller and many at the same time. */
public final class Acceptance {
  private static final Logger log = LoggerFactory.getLogger(Acceptance.class);

  private final Settings settings;
  private final Limits limits;
  private final ByteBudget budget;
  private final Publisher publisher;
  private final BrokerWatch watch;
  private final InstantSource clock;
  private final RandomGenerator random;

  /**
   * How messages are taken.
   *
   * @param hostname our name in the Received field
   * @param folder where larger messages wait; must be there
   * @param fileThreshold octets from which on they do
   * @param patience how long we wait for the broker; below the half minute that a client may wait
   *     for the answer to its final dot
   */
  public record Settings(String hostname, Path folder, int fileThreshold, Duration patience) {}

  public Acceptance(
      Settings settings,
      Limits limits,
      ByteBudget budget,
      Publisher publisher,
      BrokerWatch watch,
      InstantSource clock,
      RandomGenerator random) {
    this.settings = settings;
    this.limits = limits;
    this.budget = budget;
    this.publisher = publisher;
    this.watch = watch;
    this.clock = clock;
    this.random = random;
  }

  /** A place for a message that is about to come. */
  public ArrivingMessage arriving() {
    return new ArrivingMessage(
        limits.messageSize(), settings.fileThreshold(), budget, settings.folder());
  }

  /** Takes over a message that came whole, and returns when that is durable or has failed. */
  public AcceptanceOutcome take(Transaction transaction, ArrivingMessage arrived) {
    return switch (prepare(transaction, arrived)) {
      case Prepared.No(var outcome) -> outcome;
      case Prepared.Mail mail -> publish(mail);
    };
  }

  /** A message as far as it goes without the broker. Holds its octets once and not twice. */
  private sealed interface Prepared {

    /** It is refused. */
    record No(AcceptanceOutcome outcome) implements Prepared {}

    /** It is to be written. */
    record Mail(OutRecord record, MailEvent event) implements Prepared {}
  }

  private Prepared prepare(Transaction transaction, ArrivingMessage arrived) {
    if (arrived.overflowed()) {
      return new Prepared.No(new AcceptanceOutcome.TooLarge());
    }
    byte[] bytes = arrived.toBytes();
    if (bytes == null) {
      return new Prepared.No(new AcceptanceOutcome.NoRoom());
    }
    if (HeaderSize.fieldsExceed(limits.headerFields(), bytes)) {
      return new Prepared.No(new AcceptanceOutcome.HeaderTooLong());
    }
    RawMessage sent = RawMessage.wrap(bytes);
    HeaderBlock header = HeaderBlock.of(sent);
    if (hops(header) > limits.hops()) {
      return new Prepared.No(new AcceptanceOutcome.TooManyHops());
    }
    List<MailAddress> authors = transaction.authors();
    if (authors != null && !isOnlyAuthor(authors, header)) {
      return new Prepared.No(new AcceptanceOutcome.AuthorNotYours());
    }
    return prepared(transaction, sent, header);
  }

  private Prepared prepared(Transaction transaction, RawMessage sent, HeaderBlock header) {
    MailId id = MailId.next(clock, random);
    Instant now = clock.instant();
    var meta =
        new MailMeta(
            id,
            now,
            transaction.reversePath(),
            transaction.recipients(),
            transaction.body(),
            transaction.client(),
            sent.sha256(),
            null);
    RawMessage message =
        ReceivedField.above(
            sent, header, ReceivedField.value(transaction, id, now, settings.hostname()));
    return new Prepared.Mail(
        MailRecords.mail(Topics.RECEIVED, null, RecordType.RECEIVED_MAIL, meta, id, message),
        event(meta, sent.size(), header));
  }

  private AcceptanceOutcome publish(Prepared.Mail mail) {
    MailEvent event = mail.event();
    try (var _ = MailLog.about(event.mailId())) {
      AcceptanceOutcome outcome = await(publisher.publish(mail.record()), event.mailId());
      if (outcome instanceof AcceptanceOutcome.Accepted) {
        Stories.begin(publisher, event);
      }
      return outcome;
    }
  }

  private AcceptanceOutcome await(CompletableFuture<RecordPosition> written, MailId id) {
    try {
      RecordPosition position = written.get(settings.patience().toMillis(), TimeUnit.MILLISECONDS);
      log.debug("Written at {}", position);
      watch.acknowledged();
      return new AcceptanceOutcome.Accepted(id);
    } catch (ExecutionException e) {
      return switch (e.getCause()) {
        case OutageException outage -> away(outage);
        case UnreadableRecordException tooLarge -> {
          log.error("A message within the limit does not fit into its topic", tooLarge);
          yield new AcceptanceOutcome.TooLarge();
        }
        case null, default -> away(e);
      };
    } catch (TimeoutException e) {
      return away(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return away(e);
    }
  }

  private AcceptanceOutcome away(Exception cause) {
    watch.failed();
    log.warn("The broker did not take a mail: {}", cause.toString());
    return new AcceptanceOutcome.BrokerAway();
  }

  private static int hops(HeaderBlock header) {
    int hops = 0;
    for (HeaderField field : header.fields()) {
      if (field.isNamed(ReceivedField.NAME)) {
        hops++;
      }
    }
    return hops;
  }

  /** One From field with one mailbox, and that is one of these (RFC 6409 section 8.1). */
  private static boolean isOnlyAuthor(List<MailAddress> authors, HeaderBlock header) {
    List<HeaderField> fields = header.all("From");
    if (fields.size() != 1) {
      return false;
    }
    List<HeaderMailbox> mailboxes = AddressListParser.parse(fields.getFirst().value());
    return mailboxes.size() == 1
        && authors.stream().anyMatch(own -> own.key().equals(mailboxes.getFirst().address().key()));
  }

  private static MailEvent event(MailMeta meta, int size, HeaderBlock header) {
    List<ListId> lists =
        meta.recipients().stream()
            .map(RoutedRecipient::route)
            .map(Route::list)
            .flatMap(Optional::stream)
            .distinct()
            .toList();
    Optional<MessageId> messageId =
        header.first("Message-ID").map(HeaderField::value).flatMap(MessageId::parse);
    return new MailEvent(
        meta.mailId(),
        meta.receivedAt(),
        MailEvent.Kind.RECEIVED,
        lists.size() == 1 ? lists.getFirst() : null,
        messageId.map(MessageId::value).orElse(null),
        "Received "
            + size
            + " octets from "
            + meta.reversePath().wire()
            + " ("
            + meta.client().address()
            + ", "
            + meta.client().protocol()
            + ") for "
            + recipients(meta)
            + ".",
        meta.recipients().size());
  }

  private static String recipients(MailMeta meta) {
    String first = meta.recipients().getFirst().forwardPath().wire();
    int more = meta.recipients().size() - 1;
    return more == 0 ? first : first + " and " + more + " more";
  }
}
