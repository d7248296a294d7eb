package org.milena.common.stage;

import org.milena.common.mail.MailId;
import org.slf4j.MDC;
import org.slf4j.MDC.MDCCloseable;

/** Log lines that say which mail they are about, so that a mail's lines are found by its id. */
public final class MailLog {
  /** The fact's name in structured logs. */
  public static final String MAIL_ID = "mailId";

  /** This thread's lines are about this mail until it is closed. */
  public static MDCCloseable about(MailId id) {
    return MDC.putCloseable(MAIL_ID, id.toString());
  }

  private MailLog() {}
}
