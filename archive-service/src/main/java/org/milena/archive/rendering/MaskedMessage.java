package org.milena.archive.rendering;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import org.milena.archive.message.AddressMask;
import org.milena.common.header.HeaderBlock;
import org.milena.common.header.HeaderField;
import org.milena.common.header.MailCharsets;
import org.milena.common.header.ParameterizedHeader;
import org.milena.common.mail.RawMessage;
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
  private static final int MAX_DEPTH = 30;
  private static final String NOT_SHOWN =
      "[This message is too broken to be shown without its addresses. Sign in to get all of it.]";

  private sealed interface Piece {}

  private record Octets(int start, int end) implements Piece {}

  /** What stands before the first and behind the last part. */
  private record Between(int start, int end) implements Piece {}

  /**
   * A message, or a part of one.
   *
   * @param type what it is where it does not say (RFC 2046 section 5.1.5)
   */
  private record Entity(int start, int end, int depth, String type) implements Piece {}

  private final byte[] bytes;
  private final ByteArrayOutputStream out;
  private final Deque<Piece> pieces = new ArrayDeque<>();

  private MaskedMessage(byte[] bytes) {
    this.bytes = bytes;
    this.out = new ByteArrayOutputStream(bytes.length + 64);
  }

  /** The message without addresses. */
  public static RawMessage of(RawMessage message) {
    byte[] bytes = message.unsafeBytes();
    HeaderBlock header = HeaderBlock.of(bytes, bytes.length);
    int top = header.fields().isEmpty() ? 0 : header.fields().getFirst().start();
    byte[] mark = (MARK + lineEnd(header)).getBytes(StandardCharsets.US_ASCII);
    byte[] marked = insert(bytes, top, mark);
    // what follows may be read as header under a field, and as text without one
    HeaderBlock read = HeaderBlock.of(marked, marked.length);
    if (read.bodyOffset() == top + mark.length && header.fields().isEmpty()) {
      byte[] end = lineEnd(header).getBytes(StandardCharsets.US_ASCII);
      marked = insert(marked, top + mark.length, end);
    }
    RawMessage masked = RawMessage.wrap(new MaskedMessage(marked).mask(top));
    return holdsAddress(masked) ? headOf(masked) : masked;
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
                      && MaskedContent.isText(header.type(), charset, bytes)) {
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
        (lineEnd(header) + NOT_SHOWN + lineEnd(header)).getBytes(StandardCharsets.US_ASCII));
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
    return MaskedContent.isText(type, "", content)
        ? MaskedContent.of(content, "", isHtml(type))
        : content;
  }

  /**
   * @param top where the header begins; an mbox line, which names a sender, may stand before
   */
  private byte[] mask(int top) {
    write(MaskedHeader.line(bytes, 0, top));
    pieces.push(new Entity(top, bytes.length, 0, ""));
    while (!pieces.isEmpty()) {
      switch (pieces.pop()) {
        case Octets(int start, int end) -> out.write(bytes, start, end - start);
        case Between(int start, int end) ->
            write(MaskedContent.of(Arrays.copyOfRange(bytes, start, end), "", false));
        case Entity entity -> entity(entity);
      }
    }
    return out.toByteArray();
  }

  private void entity(Entity entity) {
    byte[] own = Arrays.copyOfRange(bytes, entity.start(), entity.end());
    HeaderBlock header = HeaderBlock.of(own, own.length);
    ParameterizedHeader type = parameters(header, "Content-Type");
    String claimed = type.value().isEmpty() ? entity.type() : type.value();
    String encoding = parameters(header, "Content-Transfer-Encoding").value();
    int body = entity.start() + header.bodyOffset();
    String boundary = type.parameter("boundary").orElse("");
    boolean deeper = entity.depth() < MAX_DEPTH;
    boolean plain = !encoding.equals("base64") && !encoding.equals("quoted-printable");
    if (claimed.startsWith("multipart/") && !boundary.isEmpty() && deeper) {
      // it cannot be encoded (RFC 2045 section 6.4), whatever it says
      head(own, header, "");
      List<Piece> parts = parts(claimed, boundary, body, entity);
      parts.reversed().forEach(pieces::push);
    } else if (isMessage(claimed) && deeper && plain) {
      head(own, header, "");
      pieces.push(new Entity(body, entity.end(), entity.depth() + 1, ""));
    } else {
      leaf(own, header, type, encoding);
    }
  }

  private void leaf(byte[] own, HeaderBlock header, ParameterizedHeader type, String encoding) {
    byte[] body = Arrays.copyOfRange(own, header.bodyOffset(), own.length);
    byte[] content = TransferEncoding.decode(body, encoding);
    String charset = type.parameter("charset").orElse("");
    if (!MaskedContent.isText(type.value(), charset, content)) {
      head(own, header, "");
      write(body);
      return;
    }
    byte[] masked = MaskedContent.of(content, charset, isHtml(type.value()));
    boolean changed = !Arrays.equals(masked, content);
    boolean moved = changed && !MaskedContent.keepsCharset(charset);
    head(own, header, moved ? "Content-Type: " + safeType(type.value()) + "; charset=utf-8" : "");
    write(changed ? TransferEncoding.encode(masked, encoding, lineEnd(header)) : body);
  }

  private static String safeType(String type) {
    return type.matches("[a-z]+/[a-z0-9.+-]+") ? type : "text/plain";
  }

  /** The header, and the empty line behind it. */
  private void head(byte[] own, HeaderBlock header, String contentType) {
    int done = 0;
    for (HeaderField field : header.fields()) {
      out.write(own, done, Math.max(0, field.start() - done));
      if (!contentType.isEmpty() && field.isNamed("Content-Type")) {
        write((contentType + lineEnd(header)).getBytes(StandardCharsets.US_ASCII));
      } else {
        write(MaskedHeader.field(field));
      }
      done = field.end();
    }
    out.write(own, done, header.bodyOffset() - done);
  }

  /** The parts between the lines of this boundary (RFC 2046 section 5.1.1), in one pass. */
  private List<Piece> parts(String type, String boundary, int from, Entity whole) {
    int to = whole.end();
    int depth = whole.depth() + 1;
    String inside = type.equals("multipart/digest") ? "message/rfc822" : "";
    byte[] delimiter = ("--" + boundary).getBytes(StandardCharsets.UTF_8);
    List<Piece> found = new ArrayList<>();
    int part = -1;
    int begin = from;
    boolean ended = false;
    for (int line = from; line < to && !ended; ) {
      int next = nextLine(line, to);
      if (isDelimiter(line, next, delimiter)) {
        int before = Math.max(begin, withoutLineEnd(line, begin));
        found.add(part < 0 ? new Between(begin, before) : new Entity(begin, before, depth, inside));
        found.add(new Octets(before, next));
        ended = endsHere(line + delimiter.length, next);
        part++;
        begin = next;
      }
      line = next;
    }
    found.add(part < 0 || ended ? new Between(begin, to) : new Entity(begin, to, depth, inside));
    return found;
  }

  private int nextLine(int at, int to) {
    int end = at;
    while (end < to && bytes[end] != '\n') {
      end++;
    }
    return Math.min(end + 1, to);
  }

  private int withoutLineEnd(int line, int from) {
    int at = line;
    if (at > from && bytes[at - 1] == '\n') {
      at--;
      if (at > from && bytes[at - 1] == '\r') {
        at--;
      }
    }
    return at;
  }

  private boolean isDelimiter(int line, int next, byte[] delimiter) {
    int end = line + delimiter.length;
    if (end > next || !Arrays.equals(bytes, line, end, delimiter, 0, delimiter.length)) {
      return false;
    }
    int at = endsHere(end, next) ? end + 2 : end;
    while (at < next && " \t\r\n".indexOf(bytes[at]) >= 0) {
      at++;
    }
    return at == next;
  }

  private boolean endsHere(int at, int next) {
    return at + 2 <= next && bytes[at] == '-' && bytes[at + 1] == '-';
  }

  private static ParameterizedHeader parameters(HeaderBlock header, String name) {
    return ParameterizedHeader.parse(header.first(name).map(HeaderField::value).orElse(""));
  }

  private static boolean isMessage(String type) {
    return type.equals("message/rfc822") || type.equals("message/global");
  }

  private static boolean isHtml(String type) {
    return type.toLowerCase(Locale.ROOT).contains("html");
  }

  private static String lineEnd(HeaderBlock header) {
    for (HeaderField field : header.fields()) {
      byte[] octets = field.toByteArray();
      if (octets.length > 1) {
        return octets[octets.length - 1] == '\n' && octets[octets.length - 2] != '\r'
            ? "\n"
            : "\r\n";
      }
    }
    return "\r\n";
  }

  private void write(byte[] octets) {
    out.writeBytes(octets);
  }
}
