package org.milena.egress.session;

import java.util.List;
import java.util.function.BooleanSupplier;
import org.milena.common.mail.MailAddress;
import org.milena.common.mail.RawMessage;
import org.milena.common.mail.ReversePath;

/**
 * One message for some recipients.
 *
 * @param prefix header fields to send before the message, whole lines with CRLF; may be empty
 * @param smtpUtf8 whether the message's header needs SMTPUTF8 (RFC 6531)
 * @param goOn asked before the content is sent; when it says no, the connection is cut, and no
 *     recipient has it
 */
public record Transaction(
    ReversePath reversePath,
    List<MailAddress> recipients,
    RawMessage prefix,
    WireForm content,
    boolean smtpUtf8,
    BooleanSupplier goOn) {

  public Transaction {
    recipients = List.copyOf(recipients);
  }
}
