package org.milena.ingress.net;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import org.milena.ingress.session.Line;

/**
 * Cuts what comes in into lines and messages.
 *
 * <p>The buffer is small until a message comes, since most connections that are open at any moment
 * are idle.
 */
public final class SmtpInput {

  /** Where octets come from. */
  @FunctionalInterface
  public interface Source {
    /** Reads at least one octet; -1 at the end. */
    int read(byte[] into, int from, int length) throws IOException;
  }

  /** Where those of a message go to, without dot-stuffing. */
  @FunctionalInterface
  public interface Sink {
    /** Takes octets, which are overwritten afterwards. */
    void append(byte[] bytes, int from, int length);
  }

  /** How a message ended. */
  public enum MessageEnd {
    /** With CR LF . CR LF. */
    COMPLETE,
    /** There was a CR without LF or a LF without CR in it. */
    BARE_LINE_END,
    /** It brought more than we read on for, stored or not. */
    ENDLESS,
    /** The client went away. */
    CUT_OFF
  }

  private enum State {
    LINE_START,
    TEXT,
    CR,
    DOT,
    DOT_CR
  }

  private static final int SMALL = 1024;
  private static final int LARGE = 16 * 1024;

  /** How much of a line that is too long we read to find its end. */
  private static final int MAX_DISCARD = 64 * 1024;

  private final Source source;
  private byte[] buffer = new byte[0];
  private int start;
  private int end;

  /** Nothing read yet. */
  public SmtpInput(Source source) {
    this.source = source;
  }

  /** Whether there are octets that were read already. */
  public boolean hasMore() {
    return start < end;
  }

  /**
   * The next line; null at the end, also when a line was begun.
   *
   * @param max octets it may have, with CRLF
   * @param command whether it must begin as a command does; else it is an answer in an exchange
   */
  public @Nullable Line line(int max, boolean command) throws IOException {
    int scan = start;
    while (true) {
      if (command && start < end && !beginsCommand(buffer[start])) {
        start = end;
        return new Line.Foreign();
      }
      int at = LineEnds.next(buffer, scan, end);
      if (at < end && (buffer[at] == '\n' || (at + 1 < end && buffer[at + 1] != '\n'))) {
        return bareLineEnd();
      }
      if (at + 1 < end) {
        int length = at + 2 - start;
        Line line = length > max ? new Line.TooLong() : text(start, at);
        start = at + 2;
        return line;
      }
      if (end - start > max) {
        return discard();
      }
      scan = at - start;
      if (!fill(max + 1)) {
        return null;
      }
      scan += start;
    }
  }

  private Line bareLineEnd() {
    start = end;
    return new Line.BareLineEnd();
  }

  private static boolean beginsCommand(byte octet) {
    int lower = octet | 0x20;
    return (lower >= 'a' && lower <= 'z') || octet == '\r' || octet == '\n';
  }

  private Line text(int from, int to) {
    int octets = to - from + 2;
    for (int i = from; i < to; i++) {
      if (buffer[i] < 0) {
        try {
          return new Line.Text(
              StandardCharsets.UTF_8
                  .newDecoder()
                  .decode(ByteBuffer.wrap(buffer, from, to - from))
                  .toString(),
              octets);
        } catch (CharacterCodingException _) {
          return new Line.NotText();
        }
      }
    }
    return new Line.Text(new String(buffer, from, to - from, StandardCharsets.ISO_8859_1), octets);
  }

  /** Reads to the end of a line that is too long, without keeping it. */
  private @Nullable Line discard() throws IOException {
    int discarded = 0;
    while (true) {
      int at = LineEnds.next(buffer, start, end);
      if (at < end && (buffer[at] == '\n' || (at + 1 < end && buffer[at + 1] != '\n'))) {
        return bareLineEnd();
      }
      if (at + 1 < end) {
        start = at + 2;
        return new Line.TooLong();
      }
      discarded += at - start;
      start = at;
      if (discarded > MAX_DISCARD) {
        start = end;
        return new Line.Endless();
      }
      if (!fill(SMALL)) {
        return null;
      }
    }
  }

  /**
   * Reads a message to its end: lines end at CR LF only, a dot at the start of a line is taken
   * away, and a line of one dot ends it (RFC 5321 section 4.1.1.4 and 4.5.2).
   *
   * @param most octets to read on for
   */
  public MessageEnd message(Sink sink, long most) throws IOException {
    State state = State.LINE_START;
    long octets = 0;
    while (true) {
      if (start == end && !fill(LARGE)) {
        return MessageEnd.CUT_OFF;
      }
      octets += end - start;
      int run = start;
      int i = start;
      while (i < end) {
        switch (state) {
          case LINE_START -> {
            if (buffer[i] == '.') {
              handOver(sink, run, i);
              i++;
              run = i;
              state = State.DOT;
            } else {
              state = State.TEXT;
            }
          }
          case TEXT -> {
            i = LineEnds.next(buffer, i, end);
            if (i < end) {
              if (buffer[i] == '\n') {
                return bareLineEndInMessage();
              }
              i++;
              state = State.CR;
            }
          }
          case CR -> {
            if (buffer[i] != '\n') {
              return bareLineEndInMessage();
            }
            i++;
            state = State.LINE_START;
          }
          case DOT -> {
            if (buffer[i] == '\r') {
              i++;
              run = i;
              state = State.DOT_CR;
            } else {
              state = State.TEXT;
            }
          }
          case DOT_CR -> {
            if (buffer[i] != '\n') {
              return bareLineEndInMessage();
            }
            start = i + 1;
            return MessageEnd.COMPLETE;
          }
        }
      }
      handOver(sink, run, end);
      start = end;
      if (octets > most) {
        return MessageEnd.ENDLESS;
      }
    }
  }

  private MessageEnd bareLineEndInMessage() {
    start = end;
    return MessageEnd.BARE_LINE_END;
  }

  private void handOver(Sink sink, int from, int to) {
    if (to > from) {
      sink.append(buffer, from, to - from);
    }
  }

  /**
   * Reads more behind what there is; false at the end.
   *
   * @param capacity octets there must be room for, in all
   */
  private boolean fill(int capacity) throws IOException {
    int kept = end - start;
    if (buffer.length < capacity
        && (buffer.length < SMALL || kept == buffer.length || capacity == LARGE)) {
      int larger =
          capacity == LARGE ? LARGE : Math.max(SMALL, Math.min(capacity, 2 * buffer.length));
      byte[] grown = new byte[larger];
      System.arraycopy(buffer, start, grown, 0, kept);
      buffer = grown;
    } else if (start > 0) {
      System.arraycopy(buffer, start, buffer, 0, kept);
    }
    start = 0;
    end = kept;
    int read = source.read(buffer, end, buffer.length - end);
    if (read < 0) {
      return false;
    }
    end += read;
    return true;
  }
}
