package org.milena.listexpander.digest;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import org.milena.common.mail.MailId;
import org.milena.common.mail.RawMessage;
import org.milena.common.outgoing.PlainText;

/** A digest whose posts are messages of their own (RFC 2046 section 5.1.5). */
final class MimeDigest {
  private static final byte[] CRLF = {'\r', '\n'};

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();

  private MimeDigest() {}

  /**
   * What separates the parts. It is drawn after every post was written, so none can hold it, and
   * begins with what nobody could foresee, since some readers look for the beginning only.
   *
   * @param level tells the two apart: one inside the other
   */
  static String boundary(MailId id, String level) {
    return "%016x%016x_%s"
        .formatted(
            id.value().getLeastSignificantBits(), id.value().getMostSignificantBits(), level);
  }

  /** The type of the message that has such a body. */
  static String contentType(MailId id) {
    return "multipart/mixed; boundary=\"" + boundary(id, "mixed") + "\"";
  }

  /**
   * The body.
   *
   * @param id of the digest
   */
  static RawMessage body(
      DigestTexts.Around around, List<ReadyPost> posts, MailId id, boolean eightBit) {
    MimeDigest digest = new MimeDigest();
    String mixed = boundary(id, "mixed");
    String inner = boundary(id, "posts");
    digest.line("This is a digest of messages (RFC 2046).");
    digest.textPart(mixed, "Masthead", around.masthead());
    digest.textPart(mixed, "Header", around.header());
    digest.textPart(mixed, "Topics", around.contents());
    digest.separator(mixed);
    digest.line("Content-Type: multipart/digest; boundary=\"" + inner + "\"");
    digest.encoding(eightBit);
    digest.line("");
    for (ReadyPost post : posts) {
      digest.separator(inner);
      digest.line("Content-Type: message/rfc822");
      digest.encoding(isEightBit(post.part()));
      digest.line("");
      digest.out.writeBytes(post.part().unsafeBytes());
    }
    digest.separator(inner + "--");
    digest.textPart(mixed, "Footer", around.footer());
    digest.separator(mixed + "--");
    return RawMessage.wrap(digest.out.toByteArray());
  }

  /** Whether a message holds an octet outside ASCII. */
  static boolean isEightBit(RawMessage message) {
    for (byte octet : message.unsafeBytes()) {
      if (octet < 0) {
        return true;
      }
    }
    return false;
  }

  private void textPart(String boundary, String name, String text) {
    if (text.isBlank()) {
      return;
    }
    byte[] octets = text.replace("\n", "\r\n").getBytes(StandardCharsets.UTF_8);
    separator(boundary);
    line("Content-Type: text/plain; charset=utf-8");
    line("Content-Description: " + name);
    if (PlainText.isPlain(octets)) {
      line("Content-Transfer-Encoding: 7bit");
      line("");
      out.writeBytes(octets);
    } else {
      line("Content-Transfer-Encoding: base64");
      line("");
      out.writeBytes(Base64.getMimeEncoder(76, CRLF).encode(octets));
      out.writeBytes(CRLF);
    }
  }

  /** The line end before it belongs to it (RFC 2046 section 5.1.1). */
  private void separator(String boundary) {
    out.writeBytes(CRLF);
    line("--" + boundary);
  }

  private void encoding(boolean eightBit) {
    if (eightBit) {
      line("Content-Transfer-Encoding: 8bit");
    }
  }

  private void line(String ascii) {
    out.writeBytes(ascii.getBytes(StandardCharsets.US_ASCII));
    out.writeBytes(CRLF);
  }
}
