package org.milena.archive.rendering;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.milena.archive.message.AddressMask;
import org.milena.archive.rewriting.MessageRewriter;
import org.milena.archive.rewriting.Rewriting;
import org.milena.archive.rewriting.TextParts;
import org.milena.common.header.HeaderBlock;
import org.milena.common.header.HeaderField;
import org.milena.common.header.MailCharsets;
import org.milena.common.mail.RawMessage;
import org.milena.common.mail.Splice;
import org.milena.common.mime.MimeWalker;

/**
 * A whole message for those who may not see addresses: its structure as it was, {@code
 * a...@example.org} for each address in its headers and in all parts that are text, attached ones
 * and attached messages too. What holds no address stays octet for octet; what is encoded is
 * decoded, masked, and encoded again. Message-IDs stay, since they hold threads together. A field
 * {@code X-Milena-Masked} on top tells that signatures over it cannot be right any more.
 *
 * <p>Of a message so broken that another reader may still find an address there is only the header.
 * Parts that are no text (pictures, archives, office files) stay as they are.
 */
public final class MaskedMessage {
  private static final String MARK = "X-Milena-Masked: addresses";
  private static final String NOT_SHOWN =
      "[This message is too broken to be shown without its addresses. Sign in to get all of it.]";

  private static final Rewriting MASK =
      new Rewriting() {
        @Override
        public byte[] line(byte[] octets) {
          return MaskedHeader.line(octets, 0, octets.length);
        }

        @Override
        public byte[] field(HeaderField field) {
          return MaskedHeader.field(field);
        }

        @Override
        public Content text(byte[] content, String charset, boolean html) {
          byte[] masked = MaskedContent.of(content, charset, html);
          boolean moved = !Arrays.equals(masked, content) && !MaskedContent.keepsCharset(charset);
          return new Content(masked, moved ? "utf-8" : null);
        }
      };

  /** The message without addresses. */
  public static RawMessage of(RawMessage message) {
    byte[] bytes = message.unsafeBytes();
    HeaderBlock header = HeaderBlock.of(bytes, bytes.length);
    int top = header.fields().isEmpty() ? 0 : header.fields().getFirst().start();
    byte[] mark = (MARK + MessageRewriter.lineEnd(header)).getBytes(StandardCharsets.US_ASCII);
    byte[] marked = insert(bytes, top, mark);
    // what follows may be read as header under a field, and as text without one
    HeaderBlock read = HeaderBlock.of(marked, marked.length);
    if (read.bodyOffset() == top + mark.length && header.fields().isEmpty()) {
      byte[] end = MessageRewriter.lineEnd(header).getBytes(StandardCharsets.US_ASCII);
      marked = insert(marked, top + mark.length, end);
    }
    RawMessage masked = apply(RawMessage.wrap(marked), top);
    return holdsAddress(masked) ? headOf(masked) : masked;
  }

  private static RawMessage apply(RawMessage message, int top) {
    return Splice.apply(message, MessageRewriter.changes(message, top, MASK));
  }

  /** Whether our own reader finds one: broken structures can be read in more than one way. */
  private static boolean holdsAddress(RawMessage masked) {
    boolean[] found = {false};
    List<String> unused =
        new MimeWalker(
                (header, content) -> {
                  byte[] bytes = content.readAllBytes();
                  String charset = header.charset();
                  if (header.type().startsWith("text/")
                      && TextParts.isText(header.type(), charset, bytes)) {
                    String text = MailCharsets.decode(bytes, 0, bytes.length, charset);
                    found[0] |= !AddressMask.ascii(text).equals(text);
                  }
                  return !found[0];
                })
            .walk(masked);
    return found[0];
  }

  private static RawMessage headOf(RawMessage masked) {
    HeaderBlock header = HeaderBlock.of(masked);
    ByteArrayOutputStream head = new ByteArrayOutputStream();
    byte[] bytes = masked.unsafeBytes();
    for (HeaderField field : header.fields()) {
      if (!field.name().toLowerCase(Locale.ROOT).startsWith("content-")) {
        head.write(bytes, field.start(), field.end() - field.start());
      }
    }
    head.writeBytes(
        (MessageRewriter.lineEnd(header) + NOT_SHOWN + MessageRewriter.lineEnd(header))
            .getBytes(StandardCharsets.US_ASCII));
    return RawMessage.wrap(head.toByteArray());
  }

  private static byte[] insert(byte[] bytes, int at, byte[] more) {
    byte[] all = new byte[bytes.length + more.length];
    System.arraycopy(bytes, 0, all, 0, at);
    System.arraycopy(more, 0, all, at, more.length);
    System.arraycopy(bytes, at, all, at + more.length, bytes.length - at);
    return all;
  }

  /**
   * The content of a part without addresses, if it is text.
   *
   * @param type media type in lower case
   */
  public static byte[] content(byte[] content, String type) {
    return TextParts.isText(type, "", content)
        ? MaskedContent.of(content, "", TextParts.isHtml(type))
        : content;
  }

  private MaskedMessage() {}
}
