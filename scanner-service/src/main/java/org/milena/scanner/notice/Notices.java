package org.milena.scanner.notice;

import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.milena.common.event.MailEvent;
import org.milena.common.event.MailMeta;
import org.milena.common.event.Route;
import org.milena.common.event.RoutedRecipient;
import org.milena.common.header.HeaderBlock;
import org.milena.common.mail.MailAddress;
import org.milena.common.mail.MailId;
import org.milena.common.mail.MessageId;
import org.milena.common.mail.RawMessage;
import org.milena.common.outgoing.OutgoingMail;
import org.milena.common.stage.MailRecords;
import org.milena.common.stage.OutRecord;
import org.milena.common.stage.StageTransaction;
import org.milena.scanner.routing.ProvenSender;

/** Tells senders of relayed mail that it is kept back. */
public final class Notices {
  private final MailAddress from;
  private final ProvenSender senders;
  private final InstantSource clock;
  private final RandomGenerator random;

  /**
   * @param from who answers for the site
   */
  public Notices(
      MailAddress from, ProvenSender senders, InstantSource clock, RandomGenerator random) {
    this.from = from;
    this.senders = senders;
    this.clock = clock;
    this.random = random;
  }

  /**
   * Tells the sender, if it is proven, which recipients elsewhere do not get the mail and why; else
   * only the mail's story knows. Nothing is written for a mail to lists only.
   *
   * @param meta with the scan report
   * @param reason a few words for a human
   */
  public void keptBack(
      MailMeta meta, RawMessage message, String reason, StageTransaction transaction) {
    List<RoutedRecipient> relayed = meta.recipients().stream().filter(Notices::isRelayed).toList();
    if (relayed.isEmpty()) {
      return;
    }
    HeaderBlock header = HeaderBlock.of(message);
    Optional<MessageId> about =
        header.first("Message-ID").flatMap(field -> MessageId.parse(field.value()));
    Instant now = clock.instant();
    String told =
        switch (senders.of(meta, header)) {
          case ProvenSender.Answer.Tell(var sender) -> {
            MailId id = MailId.next(clock, random);
            MessageId own = new MessageId(id + "@" + from.domain());
            KeptBackMail mail = new KeptBackMail(from, sender, meta, relayed, reason, now);
            send(id, own, sender, mail.write(own, header, about), now, transaction);
            yield "%s is told: notice %s.".formatted(sender, id);
          }
          case ProvenSender.Answer.Silence(var why) -> "The sender is not told: " + why + ".";
        };
    transaction.send(event(meta.mailId(), about.orElse(null), told, relayed.size(), now));
  }

  private static boolean isRelayed(RoutedRecipient recipient) {
    return switch (recipient.route()) {
      case Route.RelayedDomain _, Route.Submission _ -> true;
      case Route.ListPost _, Route.ListRole _, Route.SiteRole _ -> false;
    };
  }

  private static void send(
      MailId id,
      MessageId own,
      MailAddress to,
      RawMessage notice,
      Instant now,
      StageTransaction transaction) {
    OutgoingMail.notice(id, null, notice, !to.isAscii()).post(transaction, List.of(to), now);
    transaction.send(event(id, own, "Notice to " + to + ": its mail is kept back.", 1, now));
  }

  private static OutRecord event(
      MailId id, @Nullable MessageId messageId, String text, int count, Instant now) {
    return MailRecords.event(
        new MailEvent(
            id,
            now,
            MailEvent.Kind.NOTICE,
            null,
            messageId == null ? null : messageId.value(),
            text,
            count));
  }
}
