package org.milena.common.stage;

import java.util.Map;
import java.util.concurrent.Callable;
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

  /** The work, whose lines on another thread are about what this thread's lines are about now. */
  public static <T> Callable<T> inThisContext(Callable<T> work) {
    Map<String, String> context = MDC.getCopyOfContextMap();
    return context == null
        ? work
        : () -> {
          MDC.setContextMap(context);
          try {
            return work.call();
          } finally {
            MDC.clear();
          }
        };
  }

  private MailLog() {}
}
