package org.milena.egress.dsn;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Locale;
import java.util.Optional;
import org.milena.common.header.HeaderMailbox;
import org.milena.common.header.MailDates;
import org.milena.common.header.OneLine;
import org.milena.common.mail.MailAddress;
import org.milena.common.mail.MailId;
import org.milena.common.mail.MessageId;
import org.milena.common.mail.RawMessage;
import org.milena.common.outgoing.MachineMail;
import org.milena.common.outgoing.PlainText;
import org.milena.egress.job.Failures;
import org.milena.egress.outcome.Happening;

/**
 * A report in its three parts (RFC 6522): words for a person, fields for a program (RFC 3464), the
 * header of the message that failed. Seven bits wide, whatever hosts and addresses say.
 *
 * @param host that reports
 * @param header of the message that failed, where it is known
 * @param subject of it; empty without one
 */
record Report(
    String host,
    MailAddress from,
    Failures failures,
    Optional<RawMessage> header,
    String subject,
    Instant now) {

  private static final int MAX_REASON = 600;

  /** The message. */
  RawMessage message(MailId id, MessageId own, Optional<MessageId> original) {
    String boundary = "=_" + id;
    StringBuilder body = new StringBuilder(4_000);
    part(body, boundary, "text/plain; charset=utf-8", Plain.utf8(words(original)));
    // seven bits as it stands (RFC 3464 section 2.1): fields are written in nothing else
    part(body, boundary, "message/delivery-status", "7bit", fields());
    header.ifPresent(
        lines -> part(body, boundary, "text/rfc822-headers; charset=utf-8", lines.unsafeBytes()));
    body.append("--").append(boundary).append("--\r\n");
    return new MachineMail(
            new HeaderMailbox("Mail Delivery", from),
            failures.reportTo(),
            "Not delivered: " + subject,
            own,
            now,
            new MachineMail.Occasion.Failure(original))
        .withBody(
            "multipart/report; report-type=delivery-status; boundary=\"" + boundary + "\"",
            body.toString());
  }

  private static void part(StringBuilder body, String boundary, String type, byte[] content) {
    boolean plain = PlainText.isPlain(content);
    part(
        body,
        boundary,
        type,
        plain ? "7bit" : "quoted-printable",
        plain ? new String(content, StandardCharsets.US_ASCII) : Plain.quoted(content));
  }

  private static void part(
      StringBuilder body, String boundary, String type, String encoding, String content) {
    body.append("--").append(boundary).append("\r\nContent-Type: ").append(type);
    body.append("\r\nContent-Transfer-Encoding: ").append(encoding);
    body.append("\r\n\r\n").append(content).append("\r\n");
  }

  private String words(Optional<MessageId> original) {
    StringBuilder text = new StringBuilder(500);
    text.append("This is the mail system at ").append(host).append(".\r\n\r\n");
    text.append("Your message was not delivered to:\r\n\r\n");
    for (Failures.One one : failures.recipients()) {
      text.append("  ").append(one.address()).append("\r\n");
      text.append("    ").append(reason(one)).append("\r\n");
    }
    text.append("\r\nNobody tries again. Your message\r\n\r\n");
    if (!subject.isEmpty()) {
      text.append("  Subject:    ").append(subject).append("\r\n");
    }
    original.ifPresent(message ->
        text.append("  Message-ID: ").append(OneLine.of(message.toString(), 800)).append("\r\n"));
    text.append("  came here:  ")
        .append(MailDates.format(failures.delivery().createdAt(), ZoneOffset.UTC))
        .append("\r\n  our name:   ")
        .append(failures.delivery().content().mailId())
        .append("\r\n");
    return text.toString();
  }

  /** Without the name of the account that ended it: that concerns nobody outside. */
  private static String reason(Failures.One one) {
    return one.last() instanceof Happening.Ended
        ? "The people who run this site have ended it."
        : OneLine.of(one.outcome().reason(), MAX_REASON);
  }

  private String fields() {
    StringBuilder text = new StringBuilder(500);
    text.append(Plain.field("Reporting-MTA", "dns; " + Plain.ascii(host, 255)));
    text.append(Plain.field("X-Milena-Mail-Id", failures.delivery().content().mailId().toString()));
    text.append(
        Plain.field(
            "Arrival-Date", MailDates.format(failures.delivery().createdAt(), ZoneOffset.UTC)));
    for (Failures.One one : failures.recipients()) {
      text.append("\r\n");
      text.append(Plain.field("Final-Recipient", recipient(one.address())));
      text.append(Plain.field("Action", "failed"));
      text.append(Plain.field("Status", one.outcome().status()));
      remote(one.last()).ifPresent(name -> text.append(Plain.field("Remote-MTA", "dns; " + name)));
      if (one.last() instanceof Happening.Answered(_, _, var reply)) {
        text.append(
            Plain.field("Diagnostic-Code", "smtp; " + Plain.ascii(reply.toString(), MAX_REASON)));
      }
      text.append(Plain.field("Last-Attempt-Date", MailDates.format(now, ZoneOffset.UTC)));
    }
    return text.toString();
  }

  private static Optional<String> remote(Happening last) {
    return switch (last) {
      case Happening.Answered(var name, _, _) -> Optional.of(Plain.ascii(name, 255));
      case Happening.Broken(var name, _, _, _) -> Optional.of(Plain.ascii(name, 255));
      case Happening.Unsuitable(var name, _, _) -> Optional.of(Plain.ascii(name, 255));
      case Happening.Unroutable _,
          Happening.Suspended _,
          Happening.Crowded _,
          Happening.ContentGone _,
          Happening.Suppressed _,
          Happening.Ended _,
          Happening.Captured _ ->
          Optional.empty();
    };
  }

  /** What ASCII lacks is written as {@code \x{NNNN}} (RFC 6533 section 3). */
  private static String recipient(MailAddress address) {
    if (address.isAscii()) {
      return "rfc822; " + address;
    }
    StringBuilder text = new StringBuilder("utf-8; ");
    address
        .toString()
        .codePoints()
        .forEach(c -> {
          if (c > '~' || c == '\\' || c == '+' || c == '=') {
            text.append("\\x{").append(Integer.toHexString(c).toUpperCase(Locale.ROOT)).append('}');
          } else {
            text.appendCodePoint(c);
          }
        });
    return text.toString();
  }
}
