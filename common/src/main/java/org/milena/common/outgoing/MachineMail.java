package org.milena.common.outgoing;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Base64;
import java.util.Optional;
import org.milena.common.header.HeaderEditor;
import org.milena.common.header.HeaderMailbox;
import org.milena.common.header.MailDates;
import org.milena.common.header.OneLine;
import org.milena.common.mail.MailAddress;
import org.milena.common.mail.MessageId;
import org.milena.common.mail.RawMessage;

/**
 * A message that a machine of ours writes (RFC 5322), marked as such (RFC 3834 section 5).
 *
 * @param to whom its header names, which need not be everybody who gets it
 * @param subject may hold what strangers wrote: it is put on one line and cut
 * @param id its own
 * @param at its date
 * @param occasion why it is written
 */
public record MachineMail(
    HeaderMailbox from,
    MailAddress to,
    String subject,
    MessageId id,
    Instant at,
    Occasion occasion) {

  /** Why a machine writes, which decides how it says that it is one. */
  public sealed interface Occasion {

    /**
     * It answers a mail (RFC 3834 section 3).
     *
     * @param mail the answered one, if it has an id
     */
    record Answer(Optional<MessageId> mail) implements Occasion {}

    /**
     * It tells the sender of a mail that this was not delivered.
     *
     * @param mail that one, if it has an id
     */
    record Failure(Optional<MessageId> mail) implements Occasion {}

    /** No mail that the reader sent is behind it. */
    record Own() implements Occasion {}
  }

  private static final int MAX_SUBJECT = 700;

  /**
   * Of a message id in a field of ours; a longer one would not fit on a line, which may not be
   * folded.
   */
  private static final int MAX_ID = 900;

  private static final byte[] CRLF = {'\r', '\n'};

  /**
   * The message with this text; as it stands if it is plain, else in base64.
   *
   * @param text lines that end in {@code \n} or CRLF
   */
  public RawMessage withText(String text) {
    byte[] octets = octets(text);
    return PlainText.isPlain(octets) ? text(octets, "7bit") : encoded(octets);
  }

  /**
   * The message with this text in base64 even if it is plain, so that no program takes a line of it
   * for part of the message it is about.
   *
   * @param text lines that end in {@code \n} or CRLF
   */
  public RawMessage withEncodedText(String text) {
    return encoded(octets(text));
  }

  private static byte[] octets(String text) {
    return text.replace("\r\n", "\n").replace("\n", "\r\n").getBytes(StandardCharsets.UTF_8);
  }

  private RawMessage encoded(byte[] octets) {
    String encoded = Base64.getMimeEncoder(76, CRLF).encodeToString(octets) + "\r\n";
    return text(encoded.getBytes(StandardCharsets.US_ASCII), "base64");
  }

  private RawMessage text(byte[] body, String encoding) {
    return header(body)
        .append("Content-Type", "text/plain; charset=utf-8")
        .append("Content-Transfer-Encoding", encoding)
        .toMessage();
  }

  /**
   * The message with this text, and another message behind it as it is (RFC 2046 section 5.2.1).
   *
   * @param text lines that end in {@code \n} or CRLF
   * @param attached its lines end in CRLF
   */
  public RawMessage withMessage(String text, RawMessage attached) {
    String boundary = "milena-" + attached.sha256().substring(0, 32);
    String encoding = isSevenBit(attached.toByteArray()) ? "7bit" : "8bit";
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    body.writeBytes(
        ("--%s\r\nContent-Type: text/plain; charset=utf-8\r\n"
                + "Content-Transfer-Encoding: base64\r\n\r\n%s\r\n"
                + "--%s\r\nContent-Type: message/rfc822\r\n"
                + "Content-Transfer-Encoding: %s\r\n\r\n")
            .formatted(
                boundary,
                Base64.getMimeEncoder(76, CRLF).encodeToString(octets(text)),
                boundary,
                encoding)
            .getBytes(StandardCharsets.US_ASCII));
    body.writeBytes(attached.toByteArray());
    body.writeBytes(("\r\n--" + boundary + "--\r\n").getBytes(StandardCharsets.US_ASCII));
    return header(body.toByteArray())
        .append("Content-Type", "multipart/mixed; boundary=\"" + boundary + "\"")
        .append("Content-Transfer-Encoding", encoding)
        .toMessage();
  }

  /**
   * The message with a body of this type.
   *
   * @param type the content type with its parameters (RFC 2045 section 5.1)
   * @param body seven bits wide, in lines that end in CRLF
   */
  public RawMessage withBody(String type, String body) {
    return header(body.getBytes(StandardCharsets.US_ASCII))
        .append("Content-Type", type)
        .toMessage();
  }

  private static boolean isSevenBit(byte[] octets) {
    for (byte octet : octets) {
      if (octet < 0) {
        return false;
      }
    }
    return true;
  }

  private HeaderEditor header(byte[] body) {
    byte[] behindEmptyLine = new byte[CRLF.length + body.length];
    System.arraycopy(CRLF, 0, behindEmptyLine, 0, CRLF.length);
    System.arraycopy(body, 0, behindEmptyLine, CRLF.length, body.length);
    HeaderEditor editor =
        HeaderEditor.of(RawMessage.wrap(behindEmptyLine))
            .append("From", from.toString())
            .append("Subject", OneLine.of(subject, MAX_SUBJECT))
            .append("Date", MailDates.format(at, ZoneOffset.UTC))
            .append("Message-ID", id.toString());
    // an address is never encoded words (RFC 6532 section 3.2)
    editor.replaceRaw("To", to.toString());
    switch (occasion) {
      case Occasion.Answer(var mail) -> {
        refer(editor, mail);
        editor.append("Auto-Submitted", "auto-replied").append("Precedence", "bulk");
      }
      case Occasion.Failure(var mail) -> {
        refer(editor, mail);
        editor.append("Auto-Submitted", "auto-replied");
      }
      case Occasion.Own() ->
          editor.append("Auto-Submitted", "auto-generated").append("Precedence", "bulk");
    }
    return editor.append("X-Auto-Response-Suppress", "All").append("MIME-Version", "1.0");
  }

  private static void refer(HeaderEditor editor, Optional<MessageId> mail) {
    mail.filter(original -> original.value().length() <= MAX_ID)
        .ifPresent(original -> {
          editor.append("In-Reply-To", original.toString());
          editor.append("References", original.toString());
        });
  }
}
