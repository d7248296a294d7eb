package org.milena.archive.rendering;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.milena.archive.rewriting.MessageRewriter;
import org.milena.archive.rewriting.Octets;
import org.milena.archive.rewriting.Rewriting;
import org.milena.archive.rewriting.TextParts;
import org.milena.common.header.HeaderBlock;
import org.milena.common.header.HeaderField;
import org.milena.common.mail.RawMessage;
import org.milena.common.mime.MimeWalker;

/**
 * A whole message for those who may not see addresses: its structure as it was, {@code
 * a...@example.org} for each address in its headers and in all parts that are text, attached ones
 * and attached messages too. What holds no address stays octet for octet; what is encoded is
 * decoded, masked, and encoded again. Message-IDs stay, since they hold threads together. A field
 * {@code X-Milena-Masked} on top tells that signatures over it cannot be right any more.
 *
 * <p>Of a message so broken that another reader may still find an address there is only the header;
 * so it is of one that our own reader does not read to its end, and where masking would take more
 * memory than is counted for it. Parts that are no text (pictures, archives, office files) stay as
 * they are.
 */
public final class MaskedMessage {
  private static final String MARK = "X-Milena-Masked: addresses";
  private static final String NOT_SHOWN =
      "[This message is too broken to be shown without its addresses. Sign in to get all of it.]";

  /** Fields that are shown of a message that is too broken, and how long they may be. */
  private static final int HEAD_FIELDS = 1000;

  private static final int HEAD_FIELD = 1 << 16;

  /** Octets that may become more, besides half of the message: short addresses grow. */
  private static final int MORE = 1 << 20;

  /** Larger ones are made twice, first to be counted, which takes time and spares memory. */
  private static final int SMALL = 1 << 20;

  /** Of more parts nobody looks whether an address is left. */
  private static final int MOST_PARTS = 100_000;

  private static final Rewriting MASK =
      new Rewriting() {
        @Override
        public @Nullable Octets line(byte[] octets) {
          return MaskedHeader.line(octets);
        }

        @Override
        public byte[] field(HeaderField field) {
          return MaskedHeader.field(field);
        }

        @Override
        public @Nullable Content text(byte[] content, String charset, boolean html) {
          Octets masked = MaskedContent.of(content, charset, html);
          return masked == null
              ? null
              : new Content(masked, MaskedContent.keepsCharset(charset) ? null : "utf-8");
        }
      };

  /** The message without addresses; never larger than it by more than a half and 1 MiB. */
  public static RawMessage of(RawMessage message) {
    return of(() -> message);
  }

  /**
   * The same of a message that nobody else holds: it need not lie there any more while what became
   * of it is looked through.
   */
  public static RawMessage of(Supplier<RawMessage> message) {
    RawMessage masked = unseen(message.get());
    return mayHoldAddress(masked) ? headOfMasked(masked) : masked;
  }

  private static RawMessage unseen(RawMessage message) {
    byte[] bytes = message.unsafeBytes();
    HeaderBlock header =
        HeaderBlock.of(bytes, 0, bytes.length, MessageRewriter.MOST_FIELDS).orElse(null);
    if (header == null) {
      return head(List.of(ascii(MARK + "\r\n")), "\r\n");
    }
    try {
      RawMessage masked = masked(message, header);
      return masked == null ? headOf(header) : masked;
    } catch (MessageRewriter.UnwritableException _) {
      return headOf(header);
    }
  }

  /** Null when too much would become of it. */
  private static @Nullable RawMessage masked(RawMessage message, HeaderBlock header) {
    String end = MessageRewriter.lineEnd(header);
    byte[] mark = ascii(MARK + end);
    return header.fields().isEmpty()
        ? masked(RawMessage.wrap(marked(message, mark, end)), 0, new byte[0])
        : masked(message, header.fields().getFirst().start(), mark);
  }

  /** What follows may be read as header under a field, and as text without one. */
  private static byte[] marked(RawMessage message, byte[] mark, String end) {
    byte[] marked = insert(message.unsafeBytes(), 0, mark);
    return HeaderBlock.of(marked, marked.length).bodyOffset() == mark.length
        ? insert(marked, mark.length, ascii(end))
        : marked;
  }

  private static @Nullable RawMessage masked(RawMessage message, int top, byte[] onTop) {
    Octets masked = out -> MessageRewriter.write(message, top, onTop, MASK, out);
    long most = (long) message.size() + message.size() / 2 + MORE;
    if (message.size() > SMALL) {
      long size = masked.count();
      return size > most ? null : RawMessage.wrap(masked.toByteArray(size));
    }
    byte[] all = masked.toByteArray(message.size() + 1024L);
    return all.length > most ? null : RawMessage.wrap(all);
  }

  /**
   * Whether our own reader finds one, or does not get to the end: broken structures can be read in
   * more than one way.
   */
  private static boolean mayHoldAddress(RawMessage masked) {
    boolean[] found = {false};
    // one for all parts, for one that grows takes three times as much
    AtomicReference<byte @Nullable []> all = new AtomicReference<>();
    List<String> defects =
        new MimeWalker(
                (header, in) -> {
                  if (header.type().startsWith("text/")) {
                    byte[] before = all.get();
                    byte[] content = before == null ? new byte[masked.size()] : before;
                    int length = in.readNBytes(content, 0, content.length);
                    byte[] rest = in.readAllBytes(); // line ends may come out longer
                    if (rest.length > 0) {
                      content = Arrays.copyOf(content, length + rest.length);
                      System.arraycopy(rest, 0, content, length, rest.length);
                      length = content.length;
                    }
                    all.set(content);
                    found[0] |=
                        TextParts.isText(header.type(), header.charset(), content, length)
                            && MaskedContent.holdsAddress(content, length, header.charset());
                  }
                  return !found[0];
                },
                MOST_PARTS)
            .walk(masked);
    return found[0] || !defects.isEmpty();
  }

  private static RawMessage headOfMasked(RawMessage masked) {
    HeaderBlock header = HeaderBlock.of(masked);
    return head(
        header.fields().stream()
            .filter(MaskedMessage::isOfMessage)
            .map(HeaderField::toByteArray)
            .toList(),
        MessageRewriter.lineEnd(header));
  }

  private static RawMessage headOf(HeaderBlock header) {
    String end = MessageRewriter.lineEnd(header);
    List<byte[]> fields = new ArrayList<>();
    fields.add(ascii(MARK + end));
    header.fields().stream()
        .filter(field -> isOfMessage(field) && field.end() - field.start() <= HEAD_FIELD)
        .limit(HEAD_FIELDS)
        .map(MaskedHeader::field)
        .forEach(fields::add);
    return head(fields, end);
  }

  private static boolean isOfMessage(HeaderField field) {
    return !field.name().toLowerCase(Locale.ROOT).startsWith("content-");
  }

  private static RawMessage head(List<byte[]> fields, String end) {
    ByteArrayOutputStream head = new ByteArrayOutputStream();
    fields.forEach(head::writeBytes);
    head.writeBytes(ascii(end + NOT_SHOWN + end));
    return RawMessage.wrap(head.toByteArray());
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }

  private static byte[] insert(byte[] bytes, int at, byte[] more) {
    byte[] all = new byte[bytes.length + more.length];
    System.arraycopy(bytes, 0, all, 0, at);
    System.arraycopy(more, 0, all, at, more.length);
    System.arraycopy(bytes, at, all, at + more.length, bytes.length - at);
    return all;
  }

  /**
   * The content of a part without addresses, if it is text or a message; a sentence instead where
   * that would take more memory than is counted for it.
   *
   * @param content is changed
   * @param type media type in lower case
   * @param charset as the part claims; may be empty
   */
  public static Octets content(byte[] content, String type, String charset) {
    if (type.equals("message/rfc822") || type.equals("message/global")) {
      return Octets.of(of(RawMessage.wrap(content)).toByteArray());
    }
    if (!TextParts.isText(type, charset, content)) {
      return Octets.of(content);
    }
    byte[] before = content.clone();
    try {
      Octets masked = MaskedContent.of(content, charset, TextParts.isHtml(type));
      return masked == null ? Octets.of(before) : masked;
    } catch (MessageRewriter.UnwritableException _) {
      return Octets.of(ascii(NOT_SHOWN + "\r\n"));
    }
  }

  private MaskedMessage() {}
}
