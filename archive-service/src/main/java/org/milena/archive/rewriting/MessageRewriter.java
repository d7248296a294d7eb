package org.milena.archive.rewriting;

import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.milena.common.header.HeaderBlock;
import org.milena.common.header.HeaderField;
import org.milena.common.header.ParameterizedHeader;
import org.milena.common.mail.RawMessage;
import org.milena.common.mail.Splice;
import org.milena.common.mime.MimeWalker;

/**
 * Goes through a whole message, attached messages too, and notes where it changes. What is encoded
 * is decoded, changed, and encoded again; what does not change is not touched.
 */
public final class MessageRewriter {

  private sealed interface Piece {}

  /** What stands before the first and behind the last part. */
  private record Between(int start, int end) implements Piece {}

  /**
   * A message, or a part of one.
   *
   * @param path of it; empty for the message itself
   * @param whole whether it is a message
   * @param type what it is where it does not say (RFC 2046 section 5.1.5)
   */
  private record Entity(int start, int end, int depth, String path, boolean whole, String type)
      implements Piece {

    /** The number of what it holds if that is no multipart. */
    String leaf() {
      if (!whole) {
        return path;
      }
      return child(1);
    }

    String child(int number) {
      return path.isEmpty() ? Integer.toString(number) : path + "." + number;
    }
  }

  private final byte[] bytes;
  private final Rewriting rewriting;
  private final List<Splice> splices = new ArrayList<>();
  private final Deque<Piece> pieces = new ArrayDeque<>();

  private MessageRewriter(byte[] bytes, Rewriting rewriting) {
    this.bytes = bytes;
    this.rewriting = rewriting;
  }

  /**
   * The changes of a message, in the order of their places.
   *
   * @param top where its header begins; an mbox line may stand before
   */
  public static List<Splice> changes(RawMessage message, int top, Rewriting rewriting) {
    MessageRewriter rewriter = new MessageRewriter(message.unsafeBytes(), rewriting);
    rewriter.run(top);
    return rewriter.splices;
  }

  /** The line end that a header has. */
  public static String lineEnd(HeaderBlock header) {
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

  private void run(int top) {
    put(0, top, rewriting.line(Arrays.copyOf(bytes, top)));
    pieces.push(new Entity(top, bytes.length, 0, "", true, ""));
    while (!pieces.isEmpty()) {
      switch (pieces.pop()) {
        case Between(int start, int end) ->
            put(start, end, rewriting.line(Arrays.copyOfRange(bytes, start, end)));
        case Entity entity -> entity(entity);
      }
    }
  }

  private void entity(Entity entity) {
    byte[] own = Arrays.copyOfRange(bytes, entity.start(), entity.end());
    HeaderBlock header = HeaderBlock.of(own, own.length);
    ParameterizedHeader type = parameters(header, "Content-Type");
    String claimed = type.value().isEmpty() ? entity.type() : type.value();
    String encoding = parameters(header, "Content-Transfer-Encoding").value();
    int body = entity.start() + header.bodyOffset();
    String boundary = type.parameter("boundary").orElse("");
    boolean deeper = entity.depth() < MimeWalker.MAX_DEPTH;
    boolean plain = !encoding.equals("base64") && !encoding.equals("quoted-printable");
    if (claimed.startsWith("multipart/") && !boundary.isEmpty() && deeper) {
      // it cannot be encoded (RFC 2045 section 6.4), whatever it says
      head(entity, header, "");
      parts(entity, claimed, boundary, body).reversed().forEach(pieces::push);
      return;
    }
    Optional<byte[]> other = rewriting.part(entity.leaf(), lineEnd(header));
    if (other.isPresent()) {
      replace(entity, header, other.get());
    } else if (isMessage(claimed) && deeper && plain) {
      head(entity, header, "");
      pieces.push(new Entity(body, entity.end(), entity.depth() + 1, entity.leaf(), true, ""));
    } else {
      leaf(entity, header, type, encoding);
    }
  }

  private void leaf(Entity entity, HeaderBlock header, ParameterizedHeader type, String encoding) {
    int start = entity.start() + header.bodyOffset();
    byte[] body = Arrays.copyOfRange(bytes, start, entity.end());
    byte[] content = TransferEncoding.decode(body, encoding);
    String charset = type.parameter("charset").orElse("");
    if (!TextParts.isText(type.value(), charset, content)) {
      head(entity, header, "");
      return;
    }
    Rewriting.Content changed = rewriting.text(content, charset, TextParts.isHtml(type.value()));
    String moved = changed.charset();
    head(entity, header, moved == null ? "" : contentType(type, moved));
    if (!Arrays.equals(changed.octets(), content)) {
      put(
          start,
          entity.end(),
          TransferEncoding.encode(changed.octets(), encoding, lineEnd(header)));
    }
  }

  /** With another charset, and what says how its lines are meant (RFC 3676). */
  private static String contentType(ParameterizedHeader type, String charset) {
    String known = type.value().matches("[a-z]+/[a-z0-9.+-]+") ? type.value() : "text/plain";
    String lines =
        Stream.of("format", "delsp")
            .flatMap(name ->
                type
                    .parameter(name)
                    .filter(value -> value.matches("[A-Za-z]{1,20}"))
                    .map(value -> "; " + name + "=" + value)
                    .stream())
            .collect(Collectors.joining());
    return "Content-Type: " + known + "; charset=" + charset + lines;
  }

  /** The fields of an entity, one of them perhaps another one. */
  private void head(Entity entity, HeaderBlock header, String contentType) {
    for (HeaderField field : header.fields()) {
      byte[] changed =
          !contentType.isEmpty() && field.isNamed("Content-Type")
              ? (contentType + lineEnd(header)).getBytes(StandardCharsets.US_ASCII)
              : rewriting.field(field);
      put(entity.start() + field.start(), entity.start() + field.end(), changed);
    }
  }

  /** Fields that do not describe the content stay: of a whole message, all that make it one. */
  private void replace(Entity entity, HeaderBlock header, byte[] other) {
    for (HeaderField field : header.fields()) {
      boolean describes = field.name().toLowerCase(Locale.ROOT).startsWith("content-");
      put(
          entity.start() + field.start(),
          entity.start() + field.end(),
          describes ? new byte[0] : rewriting.field(field));
    }
    int last = header.fields().isEmpty() ? 0 : header.fields().getLast().end();
    put(entity.start() + last, entity.end(), other);
  }

  private List<Piece> parts(Entity whole, String type, String boundary, int from) {
    String inside = type.equals("multipart/digest") ? "message/rfc822" : "";
    List<Piece> found = new ArrayList<>();
    int number = 0;
    for (Multipart.Stretch stretch : new Multipart(bytes, boundary).stretches(from, whole.end())) {
      if (stretch.part()) {
        number++;
        found.add(
            new Entity(
                stretch.start(),
                stretch.end(),
                whole.depth() + 1,
                whole.child(number),
                false,
                inside));
      } else {
        found.add(new Between(stretch.start(), stretch.end()));
      }
    }
    return found;
  }

  private void put(int start, int end, byte[] octets) {
    if (!Arrays.equals(bytes, start, end, octets, 0, octets.length)) {
      splices.add(Splice.of(bytes, start, end, octets));
    }
  }

  private static ParameterizedHeader parameters(HeaderBlock header, String name) {
    return ParameterizedHeader.parse(header.first(name).map(HeaderField::value).orElse(""));
  }

  private static boolean isMessage(String type) {
    return type.equals("message/rfc822") || type.equals("message/global");
  }
}
