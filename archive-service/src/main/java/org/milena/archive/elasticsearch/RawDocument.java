package org.milena.archive.elasticsearch;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.milena.archive.post.NewPost;
import org.milena.common.event.ArchiveId;
import org.milena.common.mail.ListId;

/**
 * A piece of a message's bytes; field for field {@code raw-v5.json}.
 *
 * <p>Why text: the server compresses many documents together, and finds in an answer what it
 * quotes, and in a header what all headers have. Each compressed by itself they take twice the
 * room.
 *
 * @param part from 0
 * @param size of the whole message
 * @param sha256 of the whole message
 * @param keys under which others have the post; null in all pieces but the first
 * @param text of this piece: each octet as the character with its number (ISO 8859-1)
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record RawDocument(
    ArchiveId post,
    ListId list,
    int part,
    int parts,
    int size,
    String sha256,
    @Nullable List<String> keys,
    String text) {

  private static final int OTHER_FIELDS = 400;

  /** One of these octets. */
  static RawDocument of(NewPost post, int part, int parts, byte[] octets) {
    return new RawDocument(
        post.post().id(),
        post.post().list(),
        part,
        parts,
        post.raw().size(),
        post.raw().sha256(),
        part == 0 ? post.keys() : null,
        new String(octets, ISO_8859_1));
  }

  static String id(ArchiveId post, int part) {
    return post.value() + "." + part;
  }

  /** About how many octets it is when it is sent: UTF-8, with control characters written out. */
  long sizeAsJson() {
    int named = keys == null ? 0 : keys.stream().mapToInt(key -> 2 * key.length()).sum();
    return OTHER_FIELDS + named + text.chars().mapToLong(RawDocument::sizeAsJson).sum();
  }

  private static int sizeAsJson(int c) {
    if (c == '\n' || c == '\r' || c == '\t' || c == '"' || c == '\\' || c > 0x7f) {
      return 2;
    }
    return c < ' ' ? 6 : 1;
  }

  /** Of this piece. */
  byte[] octets() {
    return text.getBytes(ISO_8859_1);
  }
}
