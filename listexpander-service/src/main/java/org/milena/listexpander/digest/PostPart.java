package org.milena.listexpander.digest;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HashSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.milena.common.header.HeaderBlock;
import org.milena.common.header.HeaderEditor;
import org.milena.common.mail.RawMessage;

/**
 * A post as a message inside a digest: some of its fields are dropped, everything else keeps its
 * octets.
 */
final class PostPart {

  /** What a reader needs (RFC 1153), and what the body is to be read by. */
  private static final Set<String> KEPT =
      Set.of(
          "date",
          "from",
          "to",
          "cc",
          "subject",
          "message-id",
          "keywords",
          "in-reply-to",
          "references",
          "content-type",
          "mime-version",
          "content-transfer-encoding",
          "precedence",
          "reply-to",
          "message",
          "list-post");

  private static final int MAX_FIELD = 4_000;
  private static final byte[] CRLF = {'\r', '\n'};

  /**
   * The part.
   *
   * @param text what the post says, for one that is too big
   * @param most how many octets; a bigger post is its text instead
   * @param link where the whole post is to be read, if anywhere
   */
  static RawMessage of(RawMessage post, String text, int most, Optional<String> link) {
    RawMessage part = HeaderEditor.of(post).removeIf(field -> !isKept(field.name())).toMessage();
    return part.size() <= most ? part : cut(part, text, link);
  }

  /** Whether a digest keeps fields of this name. */
  static boolean isKept(String name) {
    return KEPT.contains(name.toLowerCase(Locale.ROOT));
  }

  private static RawMessage cut(RawMessage part, String text, Optional<String> link) {
    HeaderBlock header = HeaderBlock.of(part);
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.writeBytes(CRLF);
    String note =
        "[This message is too big for a digest: %,d octets. Here is its text.%s]\n\n"
            .formatted(part.size(), link.map(url -> " See <" + url + ">.").orElse(""));
    out.writeBytes(
        Base64.getMimeEncoder(76, CRLF)
            .encode((note + text).replace("\n", "\r\n").getBytes(StandardCharsets.UTF_8)));
    out.writeBytes(CRLF);
    HeaderEditor editor = HeaderEditor.of(RawMessage.wrap(out.toByteArray()));
    Set<String> written = new HashSet<>();
    header.fields().stream()
        .filter(field -> field.end() - field.start() <= MAX_FIELD)
        .filter(field -> !field.isNamed("MIME-Version"))
        .filter(field -> !field.name().toLowerCase(Locale.ROOT).startsWith("content-"))
        .filter(field -> written.add(field.name().toLowerCase(Locale.ROOT)))
        .forEach(field -> editor.append(field.name(), field.value()));
    return editor
        .append("MIME-Version", "1.0")
        .append("Content-Type", "text/plain; charset=utf-8")
        .append("Content-Transfer-Encoding", "base64")
        .toMessage();
  }

  private PostPart() {}
}
