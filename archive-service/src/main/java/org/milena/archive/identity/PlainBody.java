package org.milena.archive.identity;

import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.milena.common.header.MailCharsets;
import org.milena.common.mail.RawMessage;
import org.milena.common.mime.MimeWalker;
import org.milena.common.mime.PartHeader;
import org.milena.common.mime.PartVisitor;

/** The body of a mail that is nothing but plain text. */
final class PlainBody implements PartVisitor {
  private static final int MAX = 1 << 20;

  private @Nullable String text;
  private boolean plain = true;

  /** Empty for a mail of another kind, and for a body of more than 1 MiB. */
  static Optional<String> of(RawMessage message) {
    PlainBody body = new PlainBody();
    boolean whole = new MimeWalker(body).walk(message).isEmpty();
    return whole && body.plain ? Optional.ofNullable(body.text) : Optional.empty();
  }

  @Override
  public boolean part(PartHeader header, InputStream content) throws IOException {
    plain = header.path().equals("1") && header.type().equals("text/plain") && header.isText();
    byte[] bytes = plain ? MimeWalker.read(content, MAX + 1) : new byte[0];
    plain = plain && bytes.length <= MAX;
    text = plain ? MailCharsets.decode(bytes, 0, bytes.length, header.charset()) : null;
    return plain;
  }
}
