package org.milena.testkit.corpus;

import java.io.ByteArrayOutputStream;
import org.milena.common.mail.RawMessage;

/**
 * A message of the corpus.
 *
 * @param name where it comes from: {@code torture/enmime-mail-erroneous.eml}, or list and number
 * @param message its bytes as they lie there
 */
public record CorpusMessage(String name, RawMessage message) {

  /** The message as SMTP carries it: every bare CR or LF becomes CRLF (RFC 5321 section 2.3.8). */
  public RawMessage withCrlf() {
    byte[] bytes = message.unsafeBytes();
    ByteArrayOutputStream out = new ByteArrayOutputStream(bytes.length + bytes.length / 32);
    for (int i = 0; i < bytes.length; i++) {
      byte b = bytes[i];
      if (b == '\r' || b == '\n') {
        out.write('\r');
        out.write('\n');
        if (b == '\r' && i + 1 < bytes.length && bytes[i + 1] == '\n') {
          i++;
        }
      } else {
        out.write(b);
      }
    }
    return RawMessage.wrap(out.toByteArray());
  }

  @Override
  public String toString() {
    return name;
  }
}
