package org.milena.egress.session;

import org.jspecify.annotations.Nullable;
import org.milena.common.mail.MailAddress;
import org.milena.egress.outcome.Happening;
import org.milena.egress.outcome.Happening.Misfit;
import org.milena.egress.outcome.Happening.Unsuitable;

/** A transaction as it is put to one host: what that host cannot take, and the commands. */
final class Offer {
  private final Transaction transaction;
  private final String host;
  private final Capabilities capabilities;
  private final long size;
  private final boolean asciiSender;

  Offer(Transaction transaction, String host, Capabilities capabilities) {
    this.transaction = transaction;
    this.host = host;
    this.capabilities = capabilities;
    this.size = transaction.content().messageSize() + (long) transaction.prefix().size();
    this.asciiSender = transaction.reversePath().mailbox().map(MailAddress::isAscii).orElse(true);
  }

  /** Tells for whom the host cannot take it; whether anybody is left. */
  boolean tellMisfits(@Nullable Happening[] told) {
    boolean left = false;
    for (int i = 0; i < told.length; i++) {
      if (capabilities.sizeLimit() > 0 && size > capabilities.sizeLimit()) {
        String detail = size + " octets, it takes " + capabilities.sizeLimit();
        told[i] = new Unsuitable(host, Misfit.TOO_LARGE, detail);
      } else if (!capabilities.smtpUtf8() && needsUtf8(i)) {
        told[i] =
            new Unsuitable(
                host, Misfit.NEEDS_SMTPUTF8, "it does not take addresses in other scripts");
      } else {
        left = true;
      }
    }
    return left;
  }

  private boolean needsUtf8(int recipient) {
    return transaction.smtpUtf8()
        || !asciiSender
        || !transaction.recipients().get(recipient).isAscii();
  }

  /**
   * The MAIL command with what the host wants to know.
   *
   * @param asked indexes of the recipients that are offered
   */
  String mail(int[] asked) {
    StringBuilder command =
        new StringBuilder(160).append("MAIL FROM:").append(transaction.reversePath().wire());
    if (capabilities.size()) {
      command.append(" SIZE=").append(size);
    }
    // to a host that lacks it, 8bit goes out as it is: hosts take it, and re-encoding breaks
    // signatures
    if (capabilities.eightBitMime() && transaction.content().eightBit()) {
      command.append(" BODY=8BITMIME");
    }
    boolean utf8 = false;
    for (int i : asked) {
      utf8 |= needsUtf8(i);
    }
    if (capabilities.smtpUtf8() && utf8) {
      command.append(" SMTPUTF8");
    }
    return command.toString();
  }

  /** The RCPT command of one recipient. */
  String rcpt(int recipient) {
    return "RCPT TO:<" + transaction.recipients().get(recipient) + ">";
  }
}
