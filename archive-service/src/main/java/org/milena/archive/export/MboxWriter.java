package org.milena.archive.export;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import org.milena.common.mail.RawMessage;

/**
 * Writes mboxrd: a {@code From } line, the message with one {@code >} more before each line that
 * looks like a From line, quoted or not, and an empty line. The only mbox that can be undone.
 *
 * <p>A message that does not end with a line end gets one; mbox has no way to say that it had none.
 */
public final class MboxWriter {
  private static final DateTimeFormatter ASCTIME =
      DateTimeFormatter.ofPattern("EEE MMM ppd HH:mm:ss uuuu", Locale.ROOT)
          .withZone(ZoneOffset.UTC);

  private final OutputStream out;

  /** To this stream, which is not closed. */
  public MboxWriter(OutputStream out) {
    this.out = out;
  }

  /**
   * One message.
   *
   * @param author address for the From line; white space in it is replaced
   */
  public void write(String author, Instant date, RawMessage message) throws IOException {
    String sender = author.isBlank() ? "MAILER-DAEMON" : author.replaceAll("[\\s\\p{Cntrl}]", "_");
    byte[] bytes = message.unsafeBytes();
    String lineEnd = lineEnd(bytes);
    out.write(
        ("From " + sender + " " + ASCTIME.format(date) + lineEnd).getBytes(StandardCharsets.UTF_8));
    int start = 0;
    while (start < bytes.length) {
      int end = start;
      while (end < bytes.length && bytes[end] != '\n') {
        end++;
      }
      end = Math.min(end + 1, bytes.length);
      if (looksLikeFrom(bytes, start, end)) {
        out.write('>');
      }
      out.write(bytes, start, end - start);
      start = end;
    }
    if (bytes.length == 0 || bytes[bytes.length - 1] != '\n') {
      out.write(lineEnd.getBytes(StandardCharsets.US_ASCII));
    }
    out.write(lineEnd.getBytes(StandardCharsets.US_ASCII));
  }

  /** As the message has it, so that the whole file reads alike. */
  private static String lineEnd(byte[] bytes) {
    for (int i = 0; i < bytes.length; i++) {
      if (bytes[i] == '\n') {
        return i > 0 && bytes[i - 1] == '\r' ? "\r\n" : "\n";
      }
    }
    return "\n";
  }

  private static boolean looksLikeFrom(byte[] bytes, int start, int end) {
    int at = start;
    while (at < end && bytes[at] == '>') {
      at++;
    }
    return end - at >= 5
        && bytes[at] == 'F'
        && bytes[at + 1] == 'r'
        && bytes[at + 2] == 'o'
        && bytes[at + 3] == 'm'
        && bytes[at + 4] == ' ';
  }
}
