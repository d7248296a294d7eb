package org.milena.benchmarks.archive;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.milena.common.mail.RawMessage;

/** Writes an mbox (RFC 4155) in which every line that looks like its first ones is quoted. */
final class MboxFile implements AutoCloseable {
  private static final DateTimeFormatter ASCTIME =
      DateTimeFormatter.ofPattern("EEE MMM d HH:mm:ss uuuu", Locale.ROOT).withZone(ZoneOffset.UTC);

  private final OutputStream out;

  MboxFile(Path file) throws IOException {
    out = new BufferedOutputStream(Files.newOutputStream(file), 1 << 16);
  }

  void add(RawMessage message, @Nullable Instant receivedAt) throws IOException {
    write(
        "From mboxrd@benchmark " + ASCTIME.format(receivedAt == null ? Instant.EPOCH : receivedAt));
    out.write('\n');
    byte[] octets = message.unsafeBytes();
    int at = 0;
    while (at < octets.length) {
      int end = at;
      while (end < octets.length && octets[end] != '\n') {
        end++;
      }
      end = Math.min(end + 1, octets.length);
      if (looksLikeFrom(octets, at, end)) {
        out.write('>');
      }
      out.write(octets, at, end - at);
      at = end;
    }
    if (octets.length > 0 && octets[octets.length - 1] != '\n') {
      out.write('\n');
    }
    out.write('\n');
  }

  private static boolean looksLikeFrom(byte[] octets, int from, int to) {
    int at = from;
    while (at < to && octets[at] == '>') {
      at++;
    }
    return to - at >= 5 && new String(octets, at, 5, StandardCharsets.ISO_8859_1).equals("From ");
  }

  private void write(String text) throws IOException {
    out.write(text.getBytes(StandardCharsets.US_ASCII));
  }

  @Override
  public void close() throws IOException {
    out.close();
  }
}
