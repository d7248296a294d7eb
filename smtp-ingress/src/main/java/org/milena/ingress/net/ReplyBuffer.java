package org.milena.ingress.net;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.milena.common.status.SmtpReply;

/** Replies that wait to be sent: those of a group of commands leave in one write. */
final class ReplyBuffer {
  private byte[] bytes = new byte[0];
  private int length;

  void add(SmtpReply reply) {
    for (String line : reply.wireLines()) {
      byte[] encoded = line.getBytes(StandardCharsets.UTF_8);
      int needed = length + encoded.length + 2;
      if (needed > bytes.length) {
        bytes = Arrays.copyOf(bytes, Math.max(needed, Math.max(128, 2 * bytes.length)));
      }
      System.arraycopy(encoded, 0, bytes, length, encoded.length);
      bytes[needed - 2] = '\r';
      bytes[needed - 1] = '\n';
      length = needed;
    }
  }

  int length() {
    return length;
  }

  void writeTo(OutputStream out) throws IOException {
    out.write(bytes, 0, length);
    length = 0;
  }
}
