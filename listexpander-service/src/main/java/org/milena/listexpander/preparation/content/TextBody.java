package org.milena.listexpander.preparation.content;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.milena.common.header.HeaderBlock;
import org.milena.common.header.HeaderEditor;
import org.milena.common.mail.RawMessage;
import org.milena.common.outgoing.QuotedPrintable;

/**
 * A message that is one plain text, with other texts put before and behind its own.
 *
 * <p>Its character set stays where that can hold them, and becomes UTF-8 where its own text can be
 * turned into that without loss. Its transfer encoding stays, but for seven bits that do not
 * suffice any more, and for lines that are too long for mail (RFC 5322 section 2.1.1): some hosts
 * cut them, others refuse them. Its octets stay unless one of the two changes, or it is in base64.
 * With places for what is a recipient's own it always becomes UTF-8 in quoted-printable.
 *
 * <p>Where it flows (RFC 3676), a last line that would run into the footer is ended, and lines that
 * must be are stuffed.
 */
final class TextBody {
  private static final Set<String> ASCII_NAMES = Set.of("", "us-ascii", "ascii");
  private static final String CRLF = "\r\n";
  private static final int MAX_LINE = 998;

  private final RawMessage message;
  private final MimePart root;

  TextBody(RawMessage message, MimePart root) {
    this.message = message;
    this.root = root;
  }

  /** Empty when it cannot hold the texts. */
  Optional<RawMessage> with(TextsAround texts) {
    byte[] octets = Arrays.copyOfRange(message.unsafeBytes(), root.bodyStart, root.end);
    Optional<byte[]> content = TransferEncoding.decode(octets, root.transferEncoding());
    Optional<Charset> charset = charset();
    if (content.isEmpty() || charset.isEmpty()) {
      return Optional.empty();
    }
    String text = new String(content.get(), charset.get());
    PersonalMarks marks = texts.marks();
    String before =
        texts.header().map(t -> written(t, marks)).filter(t -> !beginsWith(text, t)).orElse("");
    String behind =
        texts.footer().map(t -> written(t, marks)).filter(t -> !endsWith(text, t)).orElse("");
    if (before.isEmpty() && behind.isEmpty()) {
      return Optional.of(message);
    }
    String end = behind.isEmpty() ? "" : gap(text) + behind;
    if (marks != null) {
      return unicode(content.get(), charset.get())
          .map(recoded -> joined(before, recoded, end, StandardCharsets.UTF_8))
          .map(joined -> quoted(marks.quotedPrintable(joined), "utf-8"));
    }
    if (charset.get().newEncoder().canEncode(before + end)) {
      return kept(octets, content.get(), charset.get(), before, end);
    }
    return unicode(content.get(), charset.get())
        .map(recoded -> encoded(joined(before, recoded, end, StandardCharsets.UTF_8)));
  }

  /** One in which ASCII is ASCII; a text in UTF-16 has no place for more. */
  private Optional<Charset> charset() {
    String name = root.charset().toLowerCase(Locale.ROOT);
    if (ASCII_NAMES.contains(name)) {
      return Optional.of(StandardCharsets.US_ASCII);
    }
    try {
      Charset charset = Charset.forName(name);
      boolean wide = !Arrays.equals("a\n".getBytes(charset), new byte[] {'a', '\n'});
      return wide || !charset.canEncode() ? Optional.empty() : Optional.of(charset);
    } catch (IllegalArgumentException _) {
      return Optional.empty();
    }
  }

  private boolean flows() {
    return root.contentType.parameter("format").orElse("").strip().equalsIgnoreCase("flowed");
  }

  /** One of our texts as it stands in this one (RFC 3676 section 4.4). */
  private String written(String text, @Nullable PersonalMarks marks) {
    if (!flows()) {
      return text;
    }
    StringBuilder lines = new StringBuilder();
    for (String line : text.split(CRLF, -1)) {
      boolean stuffed = line.startsWith(" ") || line.startsWith(">") || line.startsWith("From ");
      stuffed |= marks != null && marks.begins(line); // whatever will stand there
      lines.append(stuffed ? " " : "").append(line).append(CRLF);
    }
    return lines.substring(0, lines.length() - CRLF.length());
  }

  /** What ends the last line of the text, and its paragraph if that flows on. */
  private String gap(String text) {
    String end = text.isEmpty() || text.endsWith("\n") ? "" : CRLF;
    String line = text.endsWith("\r\n") ? text.substring(0, text.length() - 2) : text;
    boolean flowsOn = flows() && line.endsWith(" ") && !line.endsWith("\n-- ");
    return flowsOn ? end + CRLF : end;
  }

  private static boolean beginsWith(String text, String ours) {
    return text.replace(CRLF, "\n").startsWith(ours.replace(CRLF, "\n"));
  }

  private static boolean endsWith(String text, String ours) {
    String stripped = text.replace(CRLF, "\n").stripTrailing();
    String end = ours.replace(CRLF, "\n").stripTrailing();
    return stripped.equals(end) || stripped.endsWith("\n" + end);
  }

  private Optional<RawMessage> kept(
      byte[] octets, byte[] content, Charset charset, String before, String behind) {
    String encoding = root.transferEncoding();
    byte[] joined = joined(before, content, behind, charset);
    if (!new String(joined, charset).endsWith(behind)) {
      return Optional.empty(); // a set with states, which the text leaves in another one
    }
    // eight-bit text whose set is not named is guessed; a name would have to be made up
    boolean named = !root.charset().isEmpty() || isSevenBit(joined);
    if (named && TransferEncoding.isIdentity(encoding) && hasTooLongLine(joined)) {
      return Optional.of(recoded(joined, root.charset().isEmpty() ? "us-ascii" : root.charset()));
    }
    return switch (encoding) {
      case "base64" -> Optional.of(MessageBody.of(message, TransferEncoding.base64(joined)));
      case "quoted-printable" -> {
        boolean open =
            new String(octets, StandardCharsets.ISO_8859_1).stripTrailing().endsWith("=");
        byte[] body =
            open
                ? QuotedPrintable.encode(joined)
                : join(
                    QuotedPrintable.encode(before.getBytes(charset)),
                    octets,
                    QuotedPrintable.encode(behind.getBytes(charset)));
        yield Optional.of(MessageBody.of(message, body));
      }
      case "7bit" ->
          Optional.of(
              isSevenBit(before.getBytes(charset)) && isSevenBit(behind.getBytes(charset))
                  ? MessageBody.of(message, joined)
                  : recoded(joined, root.charset()));
      default -> Optional.of(MessageBody.of(message, joined));
    };
  }

  /** In UTF-8, if that loses nothing. */
  private static Optional<byte[]> unicode(byte[] content, Charset charset) {
    try {
      String text = charset.newDecoder().decode(ByteBuffer.wrap(content)).toString();
      return Optional.of(text.getBytes(StandardCharsets.UTF_8));
    } catch (CharacterCodingException _) {
      return Optional.empty();
    }
  }

  private RawMessage encoded(byte[] content) {
    if (root.transferEncoding().equals("base64")) {
      return HeaderEditor.of(MessageBody.of(message, TransferEncoding.base64(content)))
          .replaceRaw("Content-Type", contentType("utf-8"))
          .toMessage();
    }
    return recoded(content, "utf-8");
  }

  private RawMessage recoded(byte[] content, String charset) {
    return quoted(QuotedPrintable.encode(content), charset);
  }

  /** With this body, which is in quoted-printable. */
  private RawMessage quoted(byte[] body, String charset) {
    HeaderEditor editor =
        HeaderEditor.of(MessageBody.of(message, body))
            .replaceRaw("Content-Type", contentType(charset))
            .replaceRaw("Content-Transfer-Encoding", "quoted-printable");
    if (!HeaderBlock.of(message).has("MIME-Version")) {
      editor.append("MIME-Version", "1.0");
    }
    return editor.toMessage();
  }

  /** The same with another charset. */
  private String contentType(String charset) {
    Map<String, String> parameters = new LinkedHashMap<>(root.contentType.parameters());
    parameters.put("charset", charset);
    StringBuilder type = new StringBuilder("text/plain");
    parameters.forEach((name, value) -> {
      boolean plain = value.chars().allMatch(c -> c >= ' ' && c <= '~' && c != '"' && c != '\\');
      if (plain && value.length() < 200 && name.matches("[a-z0-9-]{1,40}")) {
        type.append(";\r\n ").append(name).append("=\"").append(value).append('"');
      }
    });
    return type.toString();
  }

  private static boolean isSevenBit(byte[] octets) {
    for (byte octet : octets) {
      if (octet < 0) {
        return false;
      }
    }
    return true;
  }

  private static boolean hasTooLongLine(byte[] octets) {
    int column = 0;
    for (byte octet : octets) {
      column = octet == '\n' ? 0 : octet == '\r' ? column : column + 1;
      if (column > MAX_LINE) {
        return true;
      }
    }
    return false;
  }

  private static byte[] joined(String before, byte[] content, String behind, Charset charset) {
    return join(before.getBytes(charset), content, behind.getBytes(charset));
  }

  private static byte[] join(byte[]... pieces) {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    for (byte[] piece : pieces) {
      all.writeBytes(piece);
    }
    return all.toByteArray();
  }
}
