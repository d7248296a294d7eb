package org.milena.listexpander.preparation.content;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.milena.common.header.HeaderBlock;
import org.milena.common.header.HeaderField;
import org.milena.common.header.ParameterizedHeader;
import org.milena.common.mail.RawMessage;

/**
 * The texts that a list puts before and behind its posts. They go into the text where that is all
 * there is and can hold them; else they become parts of their own around the message's content,
 * whose octets stay, so that what is signed or encrypted there lives. A text that is there already
 * is not added again.
 *
 * @param header rendered; empty for none
 * @param footer rendered; empty for none
 * @param marks for places in them; null where they have none
 */
public record TextsAround(
    Optional<String> header, Optional<String> footer, @Nullable PersonalMarks marks) {

  /** No texts. */
  public static final TextsAround NONE = new TextsAround(Optional.empty(), Optional.empty());

  private static final String BOUNDARY = "=_texts_";
  private static final String CRLF = "\r\n";

  /** A text without words is none. */
  public TextsAround {
    header = header.map(TextsAround::lines).filter(text -> !text.isEmpty());
    footer = footer.map(TextsAround::lines).filter(text -> !text.isEmpty());
    if (marks != null && Stream.concat(header.stream(), footer.stream()).noneMatch(marks::isIn)) {
      marks = null;
    }
  }

  /** Texts that are the same for all recipients. */
  public TextsAround(Optional<String> header, Optional<String> footer) {
    this(header, footer, null);
  }

  /** In lines that end in CRLF, the last one too; without empty lines around. */
  private static String lines(String text) {
    StringBuilder lines = new StringBuilder();
    for (String line : text.replace("\0", "").strip().split("\\r\\n|\\r|\\n", -1)) {
      lines.append(line.equals("-- ") ? line : line.stripTrailing()).append(CRLF);
    }
    return lines.toString().isBlank() ? "" : lines.toString();
  }

  /** The message with the texts around it. */
  public RawMessage around(RawMessage message) {
    if (header.isEmpty() && footer.isEmpty()) {
      return message;
    }
    HeaderBlock block = HeaderBlock.of(message);
    MimePart root = new MimePart(0, 0, block, "text/plain");
    root.end = message.size();
    if (block.all("Content-Type").size() <= 1
        && block.all("Content-Transfer-Encoding").size() <= 1
        && root.type.equals("text/plain")
        && !isAttachment(block)) {
      Optional<RawMessage> inside = new TextBody(message, root).with(this);
      if (inside.isPresent()) {
        return inside.get();
      }
    }
    if (root.isMessage() && TransferEncoding.isIdentity(root.transferEncoding())) {
      RawMessage inner =
          RawMessage.wrap(
              Arrays.copyOfRange(message.unsafeBytes(), root.bodyStart, message.size()));
      if (!HeaderBlock.of(inner)
              .first("Content-Type")
              .map(f -> f.value())
              .orElse("")
              .toLowerCase(Locale.ROOT)
              .startsWith("message/")
          && around(inner).equals(inner)) {
        return message; // a copy that was wrapped when it had them
      }
    }
    TextsAround missing = isOurs(root) ? withoutThoseIn(message) : this;
    return missing.header.isEmpty() && missing.footer.isEmpty()
        ? message
        : missing.wrapped(message, block);
  }

  private static boolean isAttachment(HeaderBlock block) {
    return block
        .first("Content-Disposition")
        .map(field -> ParameterizedHeader.parse(field.value()).value().equals("attachment"))
        .orElse(false);
  }

  private static boolean isOurs(MimePart root) {
    return root.type.equals("multipart/mixed")
        && root.contentType.parameter("boundary").orElse("").startsWith(BOUNDARY);
  }

  private TextsAround withoutThoseIn(RawMessage message) {
    Optional<MimePart> root = MimeReader.read(message).filter(part -> !part.children.isEmpty());
    if (root.isEmpty()) {
      return this;
    }
    String first = text(message, root.get().children.getFirst());
    String last = text(message, root.get().children.getLast());
    return new TextsAround(
        header.filter(text -> !text.strip().equals(first)),
        footer.filter(text -> !text.strip().equals(last)),
        marks);
  }

  private static String text(RawMessage message, MimePart part) {
    byte[] octets = Arrays.copyOfRange(message.unsafeBytes(), part.bodyStart, part.end);
    return part.type.equals("text/plain")
        ? TransferEncoding.decode(octets, part.transferEncoding())
            .map(content -> new String(content, StandardCharsets.UTF_8).strip())
            .orElse("")
        : "";
  }

  private RawMessage wrapped(RawMessage message, HeaderBlock block) {
    // a message cannot hold its own hash
    String boundary = BOUNDARY + message.sha256().substring(0, 32);
    byte[] octets = message.unsafeBytes();
    ByteArrayOutputStream body = new ByteArrayOutputStream(octets.length + 1_000);
    header.ifPresent(text -> {
      write(body, "--" + boundary + CRLF);
      body.writeBytes(part(text));
      write(body, CRLF);
    });
    write(body, "--" + boundary + CRLF);
    for (HeaderField field : block.fields()) {
      if (MessageBody.isOfContent(field)) {
        byte[] line = field.toByteArray();
        body.writeBytes(line);
        write(body, line[line.length - 1] == '\n' ? "" : CRLF);
      }
    }
    write(body, CRLF);
    body.write(octets, block.bodyOffset(), octets.length - block.bodyOffset());
    write(body, CRLF);
    footer.ifPresent(text -> {
      write(body, "--" + boundary + CRLF);
      body.writeBytes(part(text));
      write(body, CRLF);
    });
    write(body, "--" + boundary + "--" + CRLF);
    return MessageBody.of(
        message,
        Map.of(
            "Content-Type",
            "multipart/mixed; boundary=\"" + boundary + "\"",
            "Content-Transfer-Encoding",
            outerEncoding(octets, block)),
        body.toByteArray());
  }

  private byte[] part(String text) {
    byte[] octets = text.getBytes(StandardCharsets.UTF_8);
    return marks == null ? TextPart.of(octets) : TextPart.of(octets, marks);
  }

  /** A container names the widest encoding that is used in it (RFC 2045 section 6.4). */
  static String outerEncoding(byte[] octets, HeaderBlock block) {
    boolean binary =
        block
            .first("Content-Transfer-Encoding")
            .map(field -> field.value().strip().equalsIgnoreCase("binary"))
            .orElse(false);
    if (binary) {
      return "binary";
    }
    for (int i = block.bodyOffset(); i < octets.length; i++) {
      if (octets[i] < 0) {
        return "8bit";
      }
    }
    return "7bit";
  }

  private static void write(ByteArrayOutputStream out, String ascii) {
    out.writeBytes(ascii.getBytes(StandardCharsets.US_ASCII));
  }
}
