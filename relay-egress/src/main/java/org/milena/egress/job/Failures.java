package org.milena.egress.job;

import java.util.List;
import org.milena.common.event.Delivery;
import org.milena.common.event.DeliveryId;
import org.milena.common.event.RecipientOutcome;
import org.milena.common.mail.MailAddress;
import org.milena.egress.outcome.Happening;

/** Recipients of one delivery that have failed for good, and whose sender is to be told. */
public record Failures(
    DeliveryId id, Delivery delivery, MailAddress reportTo, List<One> recipients) {

  /**
   * One of them.
   *
   * @param last what was seen last of it
   */
  public record One(MailAddress address, RecipientOutcome.Failed outcome, Happening last) {}

  public Failures {
    recipients = List.copyOf(recipients);
  }
}
