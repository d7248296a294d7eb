package org.milena.scanner.notice;

import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.milena.common.event.MailMeta;
import org.milena.common.event.RoutedRecipient;
import org.milena.common.header.HeaderBlock;
import org.milena.common.header.HeaderMailbox;
import org.milena.common.header.MailDates;
import org.milena.common.header.OneLine;
import org.milena.common.mail.MailAddress;
import org.milena.common.mail.MessageId;
import org.milena.common.mail.RawMessage;
import org.milena.common.outgoing.MachineMail;

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

  KeptBackMail {
    recipients = List.copyOf(recipients);
  }

  /**
   * @param header of the message that is kept back
   * @param original its id, when it has one
   */
  RawMessage write(MessageId own, HeaderBlock header, Optional<MessageId> original) {
    String subject =
        header.first("Subject").map(field -> OneLine.of(field.decoded(), MAX_SUBJECT)).orElse("");
    return new MachineMail(
            new HeaderMailbox("Mail Delivery", from),
            to,
            "Not delivered: " + subject,
            own,
            now,
            new MachineMail.Occasion.Failure(original))
        .withEncodedText(text(subject, original));
  }

  private String text(String subject, Optional<MessageId> original) {
    StringBuilder text = new StringBuilder(500);
    text.append("Your message was not delivered. It was taken, and is kept back:\r\n\r\n  ");
    text.append(OneLine.of(reason, MAX_REASON)).append("\r\n\r\nThese do not get it:\r\n\r\n");
    recipients.forEach(one -> text.append("  ").append(address(one)).append("\r\n"));
    text.append("\r\nYour message\r\n\r\n");
    if (!subject.isEmpty()) {
      text.append("  Subject:    ").append(subject).append("\r\n");
    }
    original.ifPresent(message ->
        text.append("  Message-ID: ").append(OneLine.of(message.toString(), 800)).append("\r\n"));
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
}
