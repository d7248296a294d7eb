package org.milena.listexpander.preparation.content;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.milena.common.header.HeaderBlock;
import org.milena.common.header.HeaderEditor;
import org.milena.common.header.HeaderField;
import org.milena.common.mail.RawMessage;

/** Puts another body under the header of a message. */
public final class MessageBody {
  private static final byte[] CRLF = {'\r', '\n'};

  /** The same header, another body. */
  public static RawMessage of(RawMessage message, byte[] body) {
    byte[] octets = message.unsafeBytes();
    int end = HeaderBlock.of(message).bodyOffset();
    ByteArrayOutputStream out = new ByteArrayOutputStream(end + body.length + 4);
    out.write(octets, 0, end);
    if (end > 0 && octets[end - 1] != '\n') {
      out.writeBytes(CRLF);
    }
    if (!endsInEmptyLine(octets, end)) {
      out.writeBytes(CRLF);
    }
    out.writeBytes(body);
    return RawMessage.wrap(out.toByteArray());
  }

  private static boolean endsInEmptyLine(byte[] octets, int end) {
    if (end == 0 || octets[end - 1] != '\n') {
      return false;
    }
    int at = end - 1;
    while (at > 0 && octets[at - 1] == '\r') {
      at--;
    }
    return at == 0 || octets[at - 1] == '\n';
  }

  /**
   * The same header but for what it says of its content, another body.
   *
   * @param fields what it says of that one
   */
  static RawMessage of(RawMessage message, Map<String, String> fields, byte[] body) {
    HeaderEditor editor = HeaderEditor.of(of(message, body)).removeIf(MessageBody::isOfContent);
    fields.forEach(editor::replaceRaw);
    if (!HeaderBlock.of(message).has("MIME-Version")) {
      editor.append("MIME-Version", "1.0");
    }
    return editor.toMessage();
  }

  /** What a header says of its content, as it stands there but for broken line ends. */
  static Map<String, String> contentFields(HeaderBlock header) {
    Map<String, String> fields = new LinkedHashMap<>();
    for (HeaderField field : header.fields()) {
      if (isOfContent(field)) {
        fields.putIfAbsent(field.name(), folded(field));
      }
    }
    return fields;
  }

  /** Whether it speaks of the body (RFC 2045 section 9). */
  static boolean isOfContent(HeaderField field) {
    return field.name().toLowerCase(Locale.ROOT).startsWith("content-");
  }

  private static String folded(HeaderField field) {
    String line = new String(field.toByteArray(), StandardCharsets.UTF_8);
    String value = line.substring(line.indexOf(':') + 1).replaceAll("[\\s]+\\z", "");
    String folded = value.strip().replaceAll("\\r*\\n[ \\t]+", "\r\n ");
    boolean clean = folded.replace("\r\n ", "").chars().noneMatch(c -> c < ' ' && c != '\t');
    return clean ? folded : field.value();
  }

  private MessageBody() {}
}
