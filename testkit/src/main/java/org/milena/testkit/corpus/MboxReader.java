package org.milena.testkit.corpus;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;
import org.milena.common.mail.RawMessage;

/**
 * Reads mboxrd: a line that begins with {@code From } starts a message, lines of {@code >From }
 * lose one {@code >}, one empty line ends each message.
 */
final class MboxReader {
  private static final byte[] FROM = {'F', 'r', 'o', 'm', ' '};

  static List<RawMessage> read(byte[] mbox) {
    List<RawMessage> messages = new ArrayList<>();
    ByteArrayOutputStream current = new ByteArrayOutputStream();
    boolean inside = false;
    int at = 0;
    while (at < mbox.length) {
      int end = at;
      while (end < mbox.length && mbox[end] != '\n') {
        end++;
      }
      end = Math.min(end + 1, mbox.length);
      if (startsWith(mbox, at, end)) {
        if (inside) {
          messages.add(message(current));
        }
        current = new ByteArrayOutputStream();
        inside = true;
      } else if (inside) {
        current.write(
            mbox,
            at + (isQuoted(mbox, at, end) ? 1 : 0),
            end - at - (isQuoted(mbox, at, end) ? 1 : 0));
      }
      at = end;
    }
    if (inside) {
      messages.add(message(current));
    }
    return messages;
  }

  private static boolean startsWith(byte[] bytes, int from, int to) {
    if (to - from < FROM.length) {
      return false;
    }
    for (int i = 0; i < FROM.length; i++) {
      if (bytes[from + i] != FROM[i]) {
        return false;
      }
    }
    return true;
  }

  private static boolean isQuoted(byte[] bytes, int from, int to) {
    int at = from;
    while (at < to && bytes[at] == '>') {
      at++;
    }
    return at > from && startsWith(bytes, at, to);
  }

  /** Without the empty line that ends it in the mbox. */
  private static RawMessage message(ByteArrayOutputStream lines) {
    byte[] bytes = lines.toByteArray();
    int length = bytes.length;
    if (length > 0 && bytes[length - 1] == '\n') {
      length--;
    }
    byte[] message = new byte[length];
    System.arraycopy(bytes, 0, message, 0, length);
    return RawMessage.wrap(message);
  }

  private MboxReader() {}
}
