package org.milena.ingress.session;

import java.util.ArrayList;
import org.milena.common.status.SmtpReply;
import org.milena.ingress.policy.Limits;

/** What we announce after EHLO. Whatever stands here is honoured, and nothing else is. */
final class Extensions {

  /** The answer to EHLO. */
  static SmtpReply hello(SessionSettings settings, boolean startTls, boolean auth) {
    Limits limits = settings.limits();
    var lines = new ArrayList<String>(10);
    lines.add(settings.hostname());
    lines.add("PIPELINING");
    lines.add("SIZE " + limits.messageSize());
    lines.add("8BITMIME");
    lines.add("SMTPUTF8");
    lines.add("ENHANCEDSTATUSCODES");
    lines.add("LIMITS RCPTMAX=" + limits.recipients() + " MAILMAX=" + limits.messages());
    if (startTls) {
      lines.add("STARTTLS");
    }
    if (auth) {
      lines.add("AUTH PLAIN LOGIN");
    }
    return Replies.extendedHello(lines);
  }

  private Extensions() {}
}
