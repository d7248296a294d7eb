package org.milena.archive.rewriting;

import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.milena.common.header.HeaderField;

/** What is changed in a message. What need not change is given back as it came. */
public interface Rewriting {

  /** The content of a part, transfer encoding undone. */
  final class Content {
    private final byte[] octets;
    private final @Nullable String charset;

    /**
     * @param octets owned by this from now on
     * @param charset that it is in now, where it was in another one; null where that is as before
     */
    public Content(byte[] octets, @Nullable String charset) {
      this.octets = octets;
      this.charset = charset;
    }

    byte[] octets() {
      return octets;
    }

    @Nullable String charset() {
      return charset;
    }
  }

  /** Octets outside of fields and parts: an mbox line on top, what stands around parts. */
  byte[] line(byte[] octets);

  /** A field, line end included. */
  byte[] field(HeaderField field);

  /**
   * The content of a part that is text.
   *
   * @param charset as the part claims; may be empty
   */
  Content text(byte[] content, String charset, boolean html);

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
