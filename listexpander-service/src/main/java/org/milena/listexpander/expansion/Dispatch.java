package org.milena.listexpander.expansion;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.IntConsumer;
import java.util.function.IntFunction;
import org.milena.common.mail.MailAddress;
import org.milena.common.outgoing.OutgoingMail;
import org.milena.listexpander.ledger.Ledger;

/** Sends one message of a list to some recipients. */
public final class Dispatch {
  /** More recipients of one message than this don't wait in memory for the messages behind it. */
  private static final int MANY = 1_000;

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
      Ledger ledger, OutgoingMail mail, Recipients recipients, Instant now, IntConsumer done) {
    send(ledger, _ -> mail, recipients, now, done);
  }

  /**
   * Likewise.
   *
   * @param content what is sent to so many
   */
  public static void send(
      Ledger ledger,
      IntFunction<OutgoingMail> content,
      Recipients recipients,
      Instant now,
      IntConsumer done) {
    // now, not when the content's place is known: a command behind this post changes nothing of it
    List<MailAddress> addressees = new ArrayList<>();
    recipients.giveTo(address -> {
      if (ledger.suppression(address).isEmpty()) {
        addressees.add(address);
      }
    });
    OutgoingMail mail = content.apply(addressees.size());
    ledger.send(
        mail.content(addressees),
        position -> done.accept(mail.deliveries(position, addressees, now, ledger::send)));
    if (addressees.size() > MANY) {
      ledger.settle();
    }
  }

  private Dispatch() {}
}
