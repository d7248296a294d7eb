package org.milena.archive.rewriting;

import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.milena.common.header.HeaderField;

/** What is changed in a message; null stands for what stays as it is. */
public interface Rewriting {

  /** The content of a part, transfer encoding undone. */
  final class Content {
    private final Octets octets;
    private final @Nullable String charset;

    /**
     * @param charset that it is in now, where it was in another one; null where that is as before
     */
    public Content(Octets octets, @Nullable String charset) {
      this.octets = octets;
      this.charset = charset;
    }

    Octets octets() {
      return octets;
    }

    @Nullable String charset() {
      return charset;
    }
  }

  /** Octets outside of fields and parts: an mbox line on top, what stands around parts. */
  @Nullable Octets line(byte[] octets);

  /** A field, line end included. */
  byte[] field(HeaderField field);

  /**
   * The content of a part that is text.
   *
   * @param charset as the part claims; may be empty
   */
  @Nullable Content text(byte[] content, String charset, boolean html);

  /**
   * What stands in the place of a part and everything in it: header fields that begin with {@code
   * Content-}, an empty line, a body.
   *
   * @param path as {@link org.milena.common.mime.MimeWalker} numbers it
   * @param lineEnd that the message has
   */
  default Optional<byte[]> part(String path, String lineEnd) {
    return Optional.empty();
  }
}
