package org.milena.archive.elasticsearch;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.Base64;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.milena.common.event.ArchiveId;
import org.milena.common.mail.ListId;

/**
 * A piece of a message's bytes; field for field {@code raw-v3.json}.
 *
 * <p>Why text: the server compresses many documents together, and finds in an answer what it
 * quotes, and in a header what all headers have. Each compressed by itself they take twice the
 * room.
 *
 * @param part from 0
 * @param size of the whole message
 * @param sha256 of the whole message
 * @param text of this piece: each octet as the character with its number (ISO 8859-1); null in an
 *     index of the version before
 * @param bytes in an index of the version before, which is read until it is made again: Base64 of a
 *     piece of the message compressed (RFC 1950); else null
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record RawDocument(
    ArchiveId post,
    ListId list,
    int part,
    int parts,
    int size,
    String sha256,
    @Nullable String text,
    @Nullable String bytes) {

  private static final int OTHER_FIELDS = 400;

  /** One of these octets. */
  static RawDocument of(
      ArchiveId post, ListId list, int part, int parts, int size, String sha256, byte[] octets) {
    return new RawDocument(
        post, list, part, parts, size, sha256, new String(octets, ISO_8859_1), null);
  }

  static String id(ArchiveId post, int part) {
    return post.value() + "." + part;
  }

  /** The post whose document this is: a piece of its message, or itself. */
  static ArchiveId post(String id) {
    int dot = id.lastIndexOf('.');
    return ArchiveId.of(dot < 0 ? id : id.substring(0, dot));
  }

  /** Whether all pieces together are the message compressed, and not itself. */
  boolean isCompressed() {
    return text == null;
  }

  /** About how many octets it is when it is sent: UTF-8, with control characters written out. */
  long sizeAsJson() {
    return OTHER_FIELDS
        + Objects.requireNonNullElse(text, "").chars().mapToLong(RawDocument::sizeAsJson).sum();
  }

  private static int sizeAsJson(int c) {
    if (c == '\n' || c == '\r' || c == '\t' || c == '"' || c == '\\' || c > 0x7f) {
      return 2;
    }
    return c < ' ' ? 6 : 1;
  }

  /** Of this piece. */
  byte[] octets() {
    return text == null
        ? Base64.getDecoder().decode(Objects.requireNonNullElse(bytes, ""))
        : text.getBytes(ISO_8859_1);
  }
}
