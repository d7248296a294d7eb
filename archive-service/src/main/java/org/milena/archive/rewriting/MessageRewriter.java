package org.milena.archive.rewriting;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.Iterator;
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

  /** Fields of one header, and octets of one field, of what is written at once. */
  public static final int MOST_FIELDS = 50_000;

  private static final int LONGEST_FIELD = 1 << 20;

  /** So broken, or made so, that it would take too much memory to write it anew. */
  public static final class UnwritableException extends RuntimeException {
    private static final long serialVersionUID = 1;

    /** Says what it is that is too large. */
    public UnwritableException(String message) {
      super(message);
    }
  }

  /** Where changes go, in the order of their places. */
  @FunctionalInterface
  private interface Changes {
    void put(int start, int end, Octets with) throws IOException;
  }

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
  private final Changes changes;
  private final int mostFields;
  private final int longestField;
  private final Deque<Iterator<Piece>> pieces = new ArrayDeque<>();

  private MessageRewriter(
      byte[] bytes, Rewriting rewriting, Changes changes, int mostFields, int longestField) {
    this.bytes = bytes;
    this.rewriting = rewriting;
    this.changes = changes;
    this.mostFields = mostFields;
    this.longestField = longestField;
  }

  /**
   * The changes of a message, in the order of their places.
   *
   * @param top where its header begins; an mbox line may stand before
   */
  public static List<Splice> changes(RawMessage message, int top, Rewriting rewriting) {
    byte[] bytes = message.unsafeBytes();
    List<Splice> splices = new ArrayList<>();
    Changes changes =
        (start, end, with) -> {
          ByteArrayOutputStream octets = new ByteArrayOutputStream();
          with.writeTo(octets);
          byte[] all = octets.toByteArray();
          if (!Arrays.equals(bytes, start, end, all, 0, all.length)) {
            splices.add(Splice.of(bytes, start, end, all));
          }
        };
    try {
      new MessageRewriter(bytes, rewriting, changes, Integer.MAX_VALUE, Integer.MAX_VALUE)
          .run(top, new byte[0]);
    } catch (IOException e) {
      throw new UncheckedIOException("memory refuses nothing", e);
    }
    return splices;
  }

  /**
   * Writes the message as it is changed, without holding more than one part of it.
   *
   * @param top as above
   * @param onTop what is written there besides
   * @throws IOException when {@code out} refuses
   * @throws UnwritableException when a header is too large; a part is out already
   */
  public static void write(
      RawMessage message, int top, byte[] onTop, Rewriting rewriting, OutputStream out)
      throws IOException {
    byte[] bytes = message.unsafeBytes();
    int[] done = {0};
    Changes changes =
        (start, end, with) -> {
          out.write(bytes, done[0], start - done[0]);
          with.writeTo(out);
          done[0] = end;
        };
    new MessageRewriter(bytes, rewriting, changes, MOST_FIELDS, LONGEST_FIELD).run(top, onTop);
    out.write(bytes, done[0], bytes.length - done[0]);
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

  private void run(int top, byte[] onTop) throws IOException {
    line(0, top);
    changes.put(top, top, Octets.of(onTop));
    push(new Entity(top, bytes.length, 0, "", true, ""));
    while (!pieces.isEmpty()) {
      if (!pieces.peek().hasNext()) {
        pieces.pop();
        continue;
      }
      switch (pieces.peek().next()) {
        case Between(int start, int end) -> line(start, end);
        case Entity entity -> entity(entity);
      }
    }
  }

  private void push(Piece piece) {
    pieces.push(List.of(piece).iterator());
  }

  private void line(int start, int end) throws IOException {
    Octets changed = rewriting.line(Arrays.copyOfRange(bytes, start, end));
    if (changed != null) {
      changes.put(start, end, changed);
    }
  }

  private HeaderBlock header(Entity entity) {
    HeaderBlock header =
        HeaderBlock.of(bytes, entity.start(), entity.end(), mostFields)
            .orElseThrow(() -> new UnwritableException("a header has too many fields"));
    for (HeaderField field : header.fields()) {
      if (field.end() - field.start() > longestField) {
        throw new UnwritableException("a field is too long");
      }
    }
    return header;
  }

  private void entity(Entity entity) throws IOException {
    HeaderBlock header = header(entity);
    ParameterizedHeader type = parameters(header, "Content-Type");
    String claimed = type.value().isEmpty() ? entity.type() : type.value();
    String encoding = parameters(header, "Content-Transfer-Encoding").value();
    int body = header.bodyOffset();
    String boundary = type.parameter("boundary").orElse("");
    boolean deeper = entity.depth() < MimeWalker.MAX_DEPTH;
    boolean plain = !encoding.equals("base64") && !encoding.equals("quoted-printable");
    if (claimed.startsWith("multipart/") && !boundary.isEmpty() && deeper) {
      // it cannot be encoded (RFC 2045 section 6.4), whatever it says
      head(header, "");
      pieces.push(parts(entity, claimed, boundary, body));
      return;
    }
    Optional<byte[]> other = rewriting.part(entity.leaf(), lineEnd(header));
    if (other.isPresent()) {
      replace(entity, header, other.get());
    } else if (isMessage(claimed) && deeper && plain) {
      head(header, "");
      push(new Entity(body, entity.end(), entity.depth() + 1, entity.leaf(), true, ""));
    } else {
      leaf(entity, header, type, encoding);
    }
  }

  private void leaf(Entity entity, HeaderBlock header, ParameterizedHeader type, String encoding)
      throws IOException {
    int start = header.bodyOffset();
    byte[] content = TransferEncoding.decode(bytes, start, entity.end(), encoding);
    String charset = type.parameter("charset").orElse("");
    Rewriting.Content changed =
        TextParts.isText(type.value(), charset, content)
            ? rewriting.text(content, charset, TextParts.isHtml(type.value()))
            : null;
    if (changed == null) {
      head(header, "");
      if (encoding.equals("base64") && holdsForeign(start, entity.end())) {
        line(start, entity.end());
      }
      return;
    }
    String moved = changed.charset();
    head(header, moved == null ? "" : contentType(type, moved));
    changes.put(
        start, entity.end(), TransferEncoding.encode(changed.octets(), encoding, lineEnd(header)));
  }

  /** Whether something stands there as it is, such as the footer of a list behind encoded text. */
  private boolean holdsForeign(int start, int end) {
    for (int i = start; i < end; i++) {
      if (bytes[i] == '@') {
        return true;
      }
    }
    return false;
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
  private void head(HeaderBlock header, String contentType) throws IOException {
    for (HeaderField field : header.fields()) {
      byte[] changed =
          !contentType.isEmpty() && field.isNamed("Content-Type")
              ? (contentType + lineEnd(header)).getBytes(StandardCharsets.US_ASCII)
              : rewriting.field(field);
      put(field.start(), field.end(), changed);
    }
  }

  /** Fields that do not describe the content stay: of a whole message, all that make it one. */
  private void replace(Entity entity, HeaderBlock header, byte[] other) throws IOException {
    for (HeaderField field : header.fields()) {
      boolean describes = field.name().toLowerCase(Locale.ROOT).startsWith("content-");
      put(field.start(), field.end(), describes ? new byte[0] : rewriting.field(field));
    }
    int last = header.fields().isEmpty() ? entity.start() : header.fields().getLast().end();
    put(last, entity.end(), other);
  }

  private Iterator<Piece> parts(Entity whole, String type, String boundary, int from) {
    String inside = type.equals("multipart/digest") ? "message/rfc822" : "";
    Iterator<Multipart.Stretch> stretches =
        new Multipart(bytes, boundary).stretches(from, whole.end());
    return new Iterator<>() {
      private int number;

      @Override
      public boolean hasNext() {
        return stretches.hasNext();
      }

      @Override
      public Piece next() {
        Multipart.Stretch stretch = stretches.next();
        if (!stretch.part()) {
          return new Between(stretch.start(), stretch.end());
        }
        number++;
        return new Entity(
            stretch.start(), stretch.end(), whole.depth() + 1, whole.child(number), false, inside);
      }
    };
  }

  private void put(int start, int end, byte[] octets) throws IOException {
    if (!Arrays.equals(bytes, start, end, octets, 0, octets.length)) {
      changes.put(start, end, Octets.of(octets));
    }
  }

  private static ParameterizedHeader parameters(HeaderBlock header, String name) {
    return ParameterizedHeader.parse(header.first(name).map(HeaderField::value).orElse(""));
  }

  private static boolean isMessage(String type) {
    return type.equals("message/rfc822") || type.equals("message/global");
  }
}
