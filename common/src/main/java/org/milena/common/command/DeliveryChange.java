package org.milena.common.command;

import java.time.Instant;
import org.milena.common.event.OutgoingMeta;
import org.milena.common.mail.MailAddress;
import org.milena.common.mail.MailId;

/** What became of the copies of a mail, and whom nothing is sent to for it. */
public sealed interface DeliveryChange extends ListCommand {

  /**
   * Copies of a post that is tracked have arrived, or never will.
   *
   * @param mail the post
   * @param at when
   */
  record NoteCopies(MailId mail, int delivered, int failed, Instant at) implements DeliveryChange {}

  /**
   * Egress could not deliver a mail of the list.
   *
   * @param mail the post or notice
   * @param kind which of both it was
   * @param status enhanced status code (RFC 3463)
   * @param reason what the other host said
   */
  record NoteFailure(
      MailId mail,
      OutgoingMeta.Kind kind,
      MailAddress address,
      String status,
      String reason,
      Instant at)
      implements DeliveryChange {}

  /** Forgets how copies to a member came back; if delivery stopped for it, it goes on. */
  record ForgetBounces(MailAddress address) implements DeliveryChange {}

  /** Nothing is sent to this address any more; its key is {@code suppression:ADDRESS}. */
  record PutSuppression(MailAddress address, String reason) implements DeliveryChange {}

  /** Mail is sent to this address again. */
  record DeleteSuppression(MailAddress address) implements DeliveryChange {}
}
