package org.milena.testkit.sink;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;
import org.milena.common.mail.RawMessage;

/** Reads lines and contents; notes line ends that are none. */
final class SinkInput {
  private static final int MAX_LINE = 1 << 20;

  private final LongAdder bareLineEnds;
  private InputStream in;
  private final byte[] buffer = new byte[1 << 16];
  private int position;
  private int limit;

  /** What {@link #content} found. */
  static final class Content {
    final @Nullable RawMessage octets;
    final long size;
    final String messageId;

    Content(@Nullable RawMessage octets, long size, String messageId) {
      this.octets = octets;
      this.size = size;
      this.messageId = messageId;
    }
  }

  SinkInput(InputStream in, LongAdder bareLineEnds) {
    this.in = in;
    this.bareLineEnds = bareLineEnds;
  }

  /** Reads from another stream now; what was buffered is thrown away. */
  void switchTo(InputStream other) {
    in = other;
    position = limit;
  }

  boolean hasBuffered() {
    return position < limit;
  }

  private int next() throws IOException {
    if (position == limit) {
      limit = in.read(buffer, 0, buffer.length);
      position = 0;
      if (limit <= 0) {
        limit = 0;
        return -1;
      }
    }
    return buffer[position++] & 0xFF;
  }

  /** A command line without its end; null at the end of the stream. */
  @Nullable String line() throws IOException {
    var line = new ByteArrayOutputStream(128);
    boolean cr = false;
    while (true) {
      int c = next();
      if (c < 0) {
        return null;
      }
      if (c == '\n') {
        if (!cr) {
          bareLineEnds.increment();
        }
        return line.toString(StandardCharsets.UTF_8);
      }
      if (cr) {
        bareLineEnds.increment();
      }
      cr = c == '\r';
      if (!cr) {
        line.write(c);
      }
      if (line.size() > MAX_LINE) {
        throw new IOException("command line too long");
      }
    }
  }

  /** A content up to its dot, dots unstuffed; null when the stream ends before. */
  @Nullable Content content(boolean keepOctets) throws IOException {
    var kept = new ByteArrayOutputStream(keepOctets ? 1 << 14 : 0);
    var header = new ByteArrayOutputStream(256);
    String messageId = "";
    boolean inHeader = true;
    boolean lineStart = true;
    boolean dotAtStart = false;
    boolean cr = false;
    int onLine = 0;
    long size = 0;
    while (true) {
      if (!inHeader && !lineStart && !cr && !keepOctets) {
        int skipped = skipLine();
        size += skipped;
        onLine += skipped;
      }
      int c = next();
      if (c < 0) {
        return null;
      }
      if (lineStart) {
        lineStart = false;
        onLine = 0;
        dotAtStart = c == '.';
        if (dotAtStart) {
          continue;
        }
      }
      if (c == '\n') {
        if (cr && dotAtStart && onLine == 1) {
          return new Content(keepOctets ? withoutLast(kept) : null, size - 1, messageId);
        }
        if (!cr) {
          bareLineEnds.increment();
        }
      } else if (cr) {
        bareLineEnds.increment();
      }
      size++;
      if (keepOctets) {
        kept.write(c);
      }
      if (c == '\n' && cr) {
        if (inHeader) {
          String line = header.toString(StandardCharsets.ISO_8859_1);
          header.reset();
          inHeader = !line.isEmpty();
          if (messageId.isEmpty() && line.regionMatches(true, 0, "message-id:", 0, 11)) {
            messageId = line.substring(11).strip();
          }
        }
        lineStart = true;
        cr = false;
        continue;
      }
      if (inHeader && c != '\r' && header.size() < 4096) {
        header.write(c);
      }
      cr = c == '\r';
      onLine++;
    }
  }

  /** Passes over octets that cannot end a line, in the buffer only. */
  private int skipLine() {
    int from = position;
    int at = position;
    while (at < limit && buffer[at] != '\r' && buffer[at] != '\n') {
      at++;
    }
    position = at;
    return at - from;
  }

  /** The CR of the last line was already kept. */
  private static RawMessage withoutLast(ByteArrayOutputStream kept) {
    byte[] all = kept.toByteArray();
    return RawMessage.wrap(Arrays.copyOf(all, all.length - 1));
  }
}
