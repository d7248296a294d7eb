package org.milena.scanner.notice;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import org.milena.common.event.MailMeta;
import org.milena.common.event.RoutedRecipient;
import org.milena.common.header.HeaderBlock;
import org.milena.common.header.HeaderEditor;
import org.milena.common.header.HeaderMailbox;
import org.milena.common.header.MailDates;
import org.milena.common.mail.MailAddress;
import org.milena.common.mail.MessageId;
import org.milena.common.mail.RawMessage;

/**
 * The notice as a message (RFC 5322), seven bits wide. What a stranger chose (a subject, a file's
 * name in the reason) stands in it on one line, without control characters, and short.
 *
 * @param recipients who do not get the mail
 */
record KeptBackMail(
    MailAddress from,
    MailAddress to,
    MailMeta about,
    List<RoutedRecipient> recipients,
    String reason,
    Instant now) {

  private static final int MAX_REASON = 500;
  private static final int MAX_SUBJECT = 200;
  private static final byte[] CRLF = {'\r', '\n'};

  KeptBackMail {
    recipients = List.copyOf(recipients);
  }

  /**
   * @param header of the message that is kept back
   * @param original its id, when it has one
   */
  RawMessage write(MessageId own, HeaderBlock header, Optional<MessageId> original) {
    String subject =
        header.first("Subject").map(field -> oneLine(field.decoded(), MAX_SUBJECT)).orElse("");
    // always encoded: a notice about a message shows nothing that a program could take for part of
    // it
    String encoded =
        Base64.getMimeEncoder(76, CRLF)
            .encodeToString(text(subject, original).getBytes(StandardCharsets.UTF_8));
    HeaderEditor editor =
        HeaderEditor.of(
                RawMessage.wrap(("\r\n" + encoded + "\r\n").getBytes(StandardCharsets.US_ASCII)))
            .append("From", new HeaderMailbox("Mail Delivery", from).toString())
            .append("Subject", ("Not delivered: " + subject).strip())
            .append("Date", MailDates.format(now, ZoneOffset.UTC))
            .append("Message-ID", own.toString());
    // an address is never encoded words (RFC 6532 section 3.2)
    editor.replaceRaw("To", to.toString());
    original.ifPresent(message -> {
      editor.append("In-Reply-To", message.toString());
      editor.append("References", message.toString());
    });
    return editor
        .append("Auto-Submitted", "auto-replied")
        .append("X-Auto-Response-Suppress", "All")
        .append("MIME-Version", "1.0")
        .append("Content-Type", "text/plain; charset=utf-8")
        .append("Content-Transfer-Encoding", "base64")
        .toMessage();
  }

  private String text(String subject, Optional<MessageId> original) {
    StringBuilder text = new StringBuilder(500);
    text.append("Your message was not delivered. It was taken, and is kept back:\r\n\r\n  ");
    text.append(oneLine(reason, MAX_REASON)).append("\r\n\r\nThese do not get it:\r\n\r\n");
    recipients.forEach(one -> text.append("  ").append(address(one)).append("\r\n"));
    text.append("\r\nYour message\r\n\r\n");
    if (!subject.isEmpty()) {
      text.append("  Subject:    ").append(subject).append("\r\n");
    }
    original.ifPresent(message ->
        text.append("  Message-ID: ").append(oneLine(message.toString(), 800)).append("\r\n"));
    text.append("  came here:  ")
        .append(MailDates.format(about.receivedAt(), ZoneOffset.UTC))
        .append("\r\n  our name:   ")
        .append(about.mailId())
        .append("\r\n\r\nIf it should have passed, write to ")
        .append(from)
        .append(" and name it.\r\n");
    return text.toString();
  }

  private static String address(RoutedRecipient recipient) {
    return recipient.forwardPath().mailbox().map(MailAddress::toString).orElse("postmaster");
  }

  private static String oneLine(String text, int most) {
    String line = text.replaceAll("[\\p{Cntrl}\\p{Cf}\\s\u2028\u2029]+", " ").strip();
    return line.length() <= most ? line : line.substring(0, most) + "…";
  }
}
