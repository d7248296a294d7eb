package org.milena.listexpander.expansion;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;
import org.milena.common.event.Delivery;
import org.milena.common.event.MailPointer;
import org.milena.common.event.OutgoingMeta;
import org.milena.common.event.RecordType;
import org.milena.common.event.ReturnPath;
import org.milena.common.event.Topics;
import org.milena.common.event.UnsubscribeLink;
import org.milena.common.mail.ListId;
import org.milena.common.mail.MailAddress;
import org.milena.common.mail.RawMessage;
import org.milena.common.stage.MailRecords;
import org.milena.listexpander.ledger.Ledger;

/** Sends one message to some recipients. */
public final class Dispatch {
  /** More recipients of one message than this don't wait in memory for the messages behind it. */
  private static final int MANY = 1_000;

  /**
   * What is sent, and how its copies differ.
   *
   * @param list whose mail it is; its content lies in this list's partition
   * @param unsubscribe what each copy's own link is made of; null for none
   */
  public record Content(
      OutgoingMeta meta,
      ListId list,
      RawMessage message,
      ReturnPath returnPath,
      @Nullable UnsubscribeLink unsubscribe) {}

  /** Gives all recipients to a consumer, each once. */
  @FunctionalInterface
  public interface Recipients {
    /** Gives them. */
    void giveTo(Consumer<MailAddress> consumer);
  }

  /**
   * Writes content and deliveries.
   *
   * @param done told how many recipients it became, still inside the transaction
   */
  public static void send(
      Ledger ledger, Content content, Recipients recipients, Instant now, IntConsumer done) {
    OutgoingMeta meta = content.meta();
    // now, not when the content's place is known: a command behind this post changes nothing of it
    List<MailAddress> addressees = new ArrayList<>();
    recipients.giveTo(address -> {
      if (ledger.suppression(address).isEmpty()) {
        addressees.add(address);
      }
    });
    ledger.send(
        MailRecords.mail(
            Topics.OUTGOING,
            content.list().value(),
            RecordType.OUTGOING_MAIL,
            meta,
            meta.mailId(),
            content.message()),
        position -> {
          MailPointer pointer =
              new MailPointer(position, meta.mailId(), content.message().sha256());
          Batches batches =
              new Batches(batch ->
                  ledger.send(
                      MailRecords.json(
                          Topics.DELIVERIES,
                          batch.key(),
                          RecordType.DELIVERY,
                          new Delivery(
                              pointer,
                              meta.kind(),
                              content.list(),
                              batch.destination(),
                              content.returnPath(),
                              content.unsubscribe(),
                              batch.recipients(),
                              now))));
          addressees.forEach(batches::add);
          done.accept(batches.close());
        });
    if (addressees.size() > MANY) {
      ledger.settle();
    }
  }

  private Dispatch() {}
}
