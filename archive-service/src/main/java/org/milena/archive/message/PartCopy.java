package org.milena.archive.message;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.milena.common.mime.PartHeader;
import org.milena.common.mime.PartVisitor;

/**
 * Copies the content of one part. What cannot be decoded ends it; what cannot be written is told.
 */
final class PartCopy implements PartVisitor {
  private final String part;
  private final OutputStream out;
  private @Nullable PartHeader found;
  private @Nullable IOException refused;

  PartCopy(String part, OutputStream out) {
    this.part = part;
    this.out = out;
  }

  @Override
  public boolean part(PartHeader header, InputStream content) throws IOException {
    if (!header.path().equals(part)) {
      return true;
    }
    found = header;
    byte[] buffer = new byte[16384];
    int count;
    while (refused == null && (count = content.read(buffer)) >= 0) {
      try {
        out.write(buffer, 0, count);
      } catch (IOException e) {
        refused = e;
      }
    }
    return false;
  }

  /** What the part says of itself; empty when it was not there. */
  Optional<PartHeader> result() throws IOException {
    if (refused != null) {
      throw refused;
    }
    return Optional.ofNullable(found);
  }
}
