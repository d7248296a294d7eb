package org.milena.testkit.corpus;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.milena.common.mail.RawMessage;

/**
 * Reads mboxrd: a line that begins with {@code From } starts a message, lines of {@code >From }
 * lose one {@code >}, one empty line ends each message. In the text archives of Mailman 2 nothing
 * is quoted, and a line that starts a message ends with a date.
 */
final class MboxReader {
  private static final byte[] FROM = {'F', 'r', 'o', 'm', ' '};
  private static final Pattern DATED = Pattern.compile("\\d\\d:\\d\\d:\\d\\d \\d{4}\\s*$");

  static List<RawMessage> read(byte[] mbox) {
    return read(mbox, true);
  }

  static List<RawMessage> readPipermail(byte[] text) {
    return read(text, false);
  }

  private static List<RawMessage> read(byte[] mbox, boolean quoted) {
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
      if (startsWith(mbox, at, end) && (quoted || isDated(mbox, at, end))) {
        if (inside) {
          messages.add(message(current));
        }
        current = new ByteArrayOutputStream();
        inside = true;
      } else if (inside) {
        int mark = quoted && isQuoted(mbox, at, end) ? 1 : 0;
        current.write(mbox, at + mark, end - at - mark);
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

  private static boolean isDated(byte[] bytes, int from, int to) {
    return DATED.matcher(new String(bytes, from, to - from, StandardCharsets.ISO_8859_1)).find();
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
