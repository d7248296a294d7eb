package org.milena.listexpander.notice;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Base64;
import java.util.Optional;
import org.milena.common.directory.MailingList;
import org.milena.common.header.HeaderEditor;
import org.milena.common.header.HeaderMailbox;
import org.milena.common.header.MailDates;
import org.milena.common.header.OneLine;
import org.milena.common.mail.MailAddress;
import org.milena.common.mail.MailId;
import org.milena.common.mail.MessageId;
import org.milena.common.mail.RawMessage;

/** Writes a notice down as a message (RFC 5322), seven bits wide whatever it says. */
final class NoticeMail {

  /** RFC 5322 section 2.1.1, with some to spare. */
  private static final int LONGEST_LINE = 900;

  private static final int MAX_SUBJECT = 700;

  /**
   * @param to whom it is for, as its header says
   * @param answers the message it answers, if there is one (RFC 3834 section 3.1.5)
   */
  static RawMessage write(
      MailingList list,
      Notice notice,
      MailAddress to,
      Optional<MessageId> answers,
      MailId id,
      Instant now) {
    MailAddress from = list.roleAddress(notice.from());
    String body = notice.text().replace("\r\n", "\n").replace("\n", "\r\n");
    boolean plain =
        body.lines().allMatch(line -> line.length() <= LONGEST_LINE)
            && body.chars().allMatch(c -> c == '\r' || c == '\n' || (c >= ' ' && c <= '~'));
    byte[] octets = body.getBytes(StandardCharsets.UTF_8);
    byte[] encoded = plain ? octets : Base64.getMimeEncoder(76, CRLF).encode(octets);
    HeaderEditor editor =
        HeaderEditor.of(RawMessage.wrap(concat(CRLF, encoded)))
            .append("From", new HeaderMailbox(list.displayName(), from).toString())
            .append("Subject", OneLine.of(notice.subject(), MAX_SUBJECT))
            .append("Date", MailDates.format(now, ZoneOffset.UTC))
            .append("Message-ID", messageId(list, id).toString());
    // an address is never encoded words (RFC 6532 section 3.2)
    editor.replaceRaw("To", to.toString());
    answers.ifPresent(original -> {
      editor.append("In-Reply-To", original.toString());
      editor.append("References", original.toString());
    });
    return editor
        .append("Auto-Submitted", answers.isPresent() ? "auto-replied" : "auto-generated")
        .append("Precedence", "bulk")
        .append("X-Auto-Response-Suppress", "All")
        .append("MIME-Version", "1.0")
        .append("Content-Type", "text/plain; charset=utf-8")
        .append("Content-Transfer-Encoding", plain ? "7bit" : "base64")
        .toMessage();
  }

  /** The Message-ID of a notice of ours. */
  static MessageId messageId(MailingList list, MailId id) {
    return new MessageId(id + "@" + list.address().domain());
  }

  private static final byte[] CRLF = {'\r', '\n'};

  private static byte[] concat(byte[] first, byte[] second) {
    byte[] both = new byte[first.length + second.length];
    System.arraycopy(first, 0, both, 0, first.length);
    System.arraycopy(second, 0, both, first.length, second.length);
    return both;
  }

  private NoticeMail() {}
}
