package org.milena.common.outgoing;

import java.time.Instant;
import java.util.Collection;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.milena.common.event.Delivery;
import org.milena.common.event.MailMeta.BodyFacts;
import org.milena.common.event.MailPointer;
import org.milena.common.event.OutgoingMeta;
import org.milena.common.event.RecordPosition;
import org.milena.common.event.RecordType;
import org.milena.common.event.ReturnPath;
import org.milena.common.event.Topics;
import org.milena.common.event.UnsubscribeLink;
import org.milena.common.mail.ListId;
import org.milena.common.mail.MailAddress;
import org.milena.common.mail.MailId;
import org.milena.common.mail.RawMessage;
import org.milena.common.mail.ReversePath;
import org.milena.common.stage.MailRecords;
import org.milena.common.stage.OutRecord;
import org.milena.common.stage.StageTransaction;

/**
 * A message on its way out, and how its copies differ: the content is written once, and each
 * delivery points at it, so that a recipient costs the octets of its address.
 *
 * @param unsubscribe what each copy's own link is made of; null for none
 * @param reportTo who is told of recipients that fail for good ({@link Delivery}); null for nobody
 * @param personal what else of each copy is its recipient's own; null for nothing
 * @param tracked whether the list counts what becomes of the copies
 */
public record OutgoingMail(
    OutgoingMeta meta,
    RawMessage message,
    ReturnPath returnPath,
    @Nullable UnsubscribeLink unsubscribe,
    @Nullable MailAddress reportTo,
    @Nullable Personal personal,
    boolean tracked) {

  /** Mail whose copies nobody counts, and that is the same for all but for the way back. */
  public OutgoingMail(
      OutgoingMeta meta,
      RawMessage message,
      ReturnPath returnPath,
      @Nullable UnsubscribeLink unsubscribe,
      @Nullable MailAddress reportTo) {
    this(meta, message, returnPath, unsubscribe, reportTo, null, false);
  }

  /**
   * A notice of the site or of a list, from the empty reverse-path, and with nobody to tell when it
   * fails (RFC 3464 section 2).
   *
   * @param list whose notice it is; null for the site's
   * @param smtpUtf8 whether its header is wider than seven bits
   */
  public static OutgoingMail notice(
      MailId id, @Nullable ListId list, RawMessage message, boolean smtpUtf8) {
    return new OutgoingMail(
        new OutgoingMeta(id, list, OutgoingMeta.Kind.NOTICE, new BodyFacts(false, smtpUtf8)),
        message,
        new ReturnPath.Fixed(new ReversePath.Null()),
        null,
        null);
  }

  /**
   * Writes content and deliveries in a transaction.
   *
   * @param recipients each once; at least one, unless it is a list's mail
   */
  public void post(StageTransaction transaction, Collection<MailAddress> recipients, Instant now) {
    transaction.send(
        content(recipients),
        position -> {
          int unused = deliveries(position, recipients, now, transaction::send);
        });
  }

  /**
   * The record of the message. It lies in its list's partition, else in that of its first
   * recipient's domain.
   */
  public OutRecord content(Collection<MailAddress> recipients) {
    ListId list = meta.list();
    return MailRecords.mail(
        Topics.OUTGOING,
        list == null ? recipients.iterator().next().domain() : list.value(),
        RecordType.OUTGOING_MAIL,
        meta,
        meta.mailId(),
        message);
  }

  /**
   * Hands on the records of the deliveries.
   *
   * @param position where the content lies
   * @param recipients each once
   * @param now when the duty begins
   * @return how many recipients there are
   */
  public int deliveries(
      RecordPosition position,
      Collection<MailAddress> recipients,
      Instant now,
      Consumer<OutRecord> out) {
    MailPointer pointer = new MailPointer(position, meta.mailId(), message.sha256());
    Batches batches =
        new Batches(batch ->
            out.accept(
                MailRecords.json(
                    Topics.DELIVERIES,
                    batch.key(),
                    RecordType.DELIVERY,
                    new Delivery(
                        pointer,
                        meta.kind(),
                        meta.list(),
                        batch.destination(),
                        returnPath,
                        unsubscribe,
                        batch.recipients(),
                        now,
                        reportTo,
                        personal == null ? null : personal.of(batch.recipients()),
                        tracked ? true : null))));
    recipients.forEach(batches::add);
    return batches.close();
  }
}
