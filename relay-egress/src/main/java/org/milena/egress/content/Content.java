package org.milena.egress.content;

import org.milena.common.mail.RawMessage;
import org.milena.egress.session.WireForm;

/**
 * A message to send.
 *
 * @param smtpUtf8 whether its header needs SMTPUTF8 (RFC 6531)
 */
public record Content(RawMessage message, WireForm form, boolean smtpUtf8) {

  /** Octets it holds in memory. */
  long octets() {
    return message.size() + (form.heldOctets() == message.size() ? 0L : (long) form.heldOctets());
  }
}
