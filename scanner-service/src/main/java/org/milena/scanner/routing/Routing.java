package org.milena.scanner.routing;

import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.milena.common.event.MailEvent;
import org.milena.common.event.MailMeta;
import org.milena.common.event.OutgoingMeta;
import org.milena.common.event.RecordType;
import org.milena.common.event.ReturnPath;
import org.milena.common.event.Route;
import org.milena.common.event.RoutedRecipient;
import org.milena.common.event.Topics;
import org.milena.common.failure.UnreadableRecordException;
import org.milena.common.header.HeaderBlock;
import org.milena.common.header.HeaderField;
import org.milena.common.mail.ListId;
import org.milena.common.mail.MailAddress;
import org.milena.common.mail.MessageId;
import org.milena.common.mail.RawMessage;
import org.milena.common.outgoing.OutgoingMail;
import org.milena.common.stage.MailRecords;
import org.milena.common.stage.StageTransaction;

/**
 * Writes mail on: once for each list it is addressed to, and once as outgoing content for all
 * recipients elsewhere, with deliveries that point at it.
 */
public final class Routing {

  private final Optional<MailAddress> postmaster;
  private final ProvenSender senders;
  private final InstantSource clock;

  /**
   * @param postmaster who gets mail to the roles of the site; nobody when absent
   * @param senders who is told when relayed mail cannot be delivered
   */
  public Routing(Optional<MailAddress> postmaster, ProvenSender senders, InstantSource clock) {
    this.postmaster = postmaster;
    this.senders = senders;
    this.clock = clock;
  }

  /** Recipients that nothing can be written for: roles of the site that nobody fills. */
  public List<RoutedRecipient> unfilled(List<RoutedRecipient> recipients) {
    return postmaster.isPresent()
        ? List.of()
        : recipients.stream().filter(one -> one.route() instanceof Route.SiteRole).toList();
  }

  /**
   * Writes a mail for all its recipients but the {@linkplain #unfilled unfilled}.
   *
   * @param meta with a scan report: without one nothing may pass
   */
  public void write(MailMeta meta, RawMessage message, StageTransaction transaction) {
    if (meta.scan() == null) {
      throw new IllegalArgumentException("mail without a scan report must not pass");
    }
    Map<ListId, List<RoutedRecipient>> lists = new LinkedHashMap<>();
    Set<MailAddress> elsewhere = new LinkedHashSet<>();
    for (RoutedRecipient recipient : meta.recipients()) {
      Optional<ListId> list = Route.list(recipient.route());
      if (list.isPresent()) {
        lists.computeIfAbsent(list.get(), _ -> new ArrayList<>()).add(recipient);
      } else {
        next(recipient).ifPresent(elsewhere::add);
      }
    }
    lists.forEach((list, recipients) ->
        transaction.send(
            MailRecords.mail(
                Topics.LISTS,
                list.value(),
                RecordType.LIST_MAIL,
                meta.withRecipients(recipients),
                meta.mailId(),
                message)));
    if (!elsewhere.isEmpty()) {
      relay(meta, message, elsewhere, transaction);
    }
  }

  /** Whom a recipient that is no list's is sent to. */
  private Optional<MailAddress> next(RoutedRecipient recipient) {
    return switch (recipient.route()) {
      case Route.SiteRole _ -> postmaster;
      case Route.RelayedDomain _, Route.Submission _ ->
          Optional.of(
              recipient
                  .forwardPath()
                  .mailbox()
                  .orElseThrow(() ->
                      new UnreadableRecordException(
                          "a relayed recipient without a mailbox: " + recipient)));
      case Route.ListPost _, Route.ListRole _ -> Optional.empty();
    };
  }

  private void relay(
      MailMeta meta, RawMessage message, Set<MailAddress> elsewhere, StageTransaction transaction) {
    MailAddress reportTo =
        senders.of(meta, HeaderBlock.of(message)) instanceof ProvenSender.Answer.Tell(var sender)
            ? sender
            : null;
    new OutgoingMail(
            new OutgoingMeta(meta.mailId(), null, OutgoingMeta.Kind.RELAY, meta.body()),
            message,
            new ReturnPath.Fixed(meta.reversePath()),
            null,
            reportTo)
        .post(transaction, elsewhere, clock.instant());
    String domains =
        elsewhere.stream().map(MailAddress::domain).distinct().collect(Collectors.joining(", "));
    transaction.send(
        MailRecords.event(
            new MailEvent(
                meta.mailId(),
                clock.instant(),
                MailEvent.Kind.RELAYED,
                null,
                messageId(message),
                "handed on to " + domains,
                elsewhere.size())));
  }

  /** The message's id without angle brackets, as events carry it; null when it has none. */
  public static @Nullable String messageId(RawMessage message) {
    return HeaderBlock.of(message)
        .first("Message-ID")
        .map(HeaderField::value)
        .flatMap(MessageId::parse)
        .map(MessageId::value)
        .orElse(null);
  }
}
