package org.milena.common.header;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * The one pass that finds the fields of a {@link HeaderBlock}; each octet is looked at a few times.
 */
final class HeaderScanner {

  /** Fields whose sight proves that a header goes on; besides these, {@code X-}, {@code List-} … */
  private static final Set<String> KNOWN =
      Set.of(
          "from",
          "to",
          "cc",
          "bcc",
          "subject",
          "date",
          "sender",
          "reply-to",
          "message-id",
          "in-reply-to",
          "references",
          "mime-version",
          "received",
          "return-path",
          "dkim-signature",
          "authentication-results",
          "delivered-to",
          "organization",
          "user-agent",
          "precedence",
          "errors-to",
          "importance",
          "priority",
          "sensitivity",
          "status",
          "lines",
          "comments",
          "keywords",
          "autocrypt",
          "received-spf",
          "domainkey-signature",
          "auto-submitted");

  private static final List<String> KNOWN_PREFIXES =
      List.of("x-", "list-", "content-", "resent-", "arc-", "thread-", "dkim-", "feedback-");

  private static final int LONGEST_KNOWN = 40;
  private static final int MAX_LOST_INDENTS = 3;

  private final byte[] bytes;
  private final int from;
  private final int length;
  private final int most;

  final List<HeaderField> fields = new ArrayList<>(32);
  int prologueEnd;
  int headerEnd;
  int bodyOffset;

  private boolean sawCrlf;
  private boolean sawLf;

  // the field that is still open; start < 0 when none is
  private int start = -1;
  private int nameEnd;
  private int colon;

  boolean tooMany;

  HeaderScanner(byte[] bytes, int length) {
    this(bytes, 0, length, Integer.MAX_VALUE);
  }

  /**
   * @param from first octet
   * @param length after the last
   * @param most fields; behind them nothing is read
   */
  HeaderScanner(byte[] bytes, int from, int length, int most) {
    this.bytes = bytes;
    this.from = from;
    this.length = length;
    this.most = most;
  }

  HeaderScanner scan() {
    int pos = prologue();
    prologueEnd = pos;
    while (pos < length && !tooMany) {
      int lineEnd = lineEnd(pos);
      if (start < 0 || !isIndented(pos)) {
        if (isEmptyLine(pos, lineEnd)) {
          noteLineEnd(lineEnd);
          close(pos);
          headerEnd = pos;
          bodyOffset = lineEnd;
          return this;
        }
        int found = colonOf(pos, lineEnd);
        if (found >= 0) {
          close(pos);
          open(pos, found);
        } else if (isMboxLine(pos)) {
          close(pos);
          openNameless(pos);
        } else if (start < 0 || !isLostIndent(pos, lineEnd)) {
          break;
        }
      }
      noteLineEnd(lineEnd);
      pos = lineEnd;
    }
    close(pos);
    headerEnd = pos;
    bodyOffset = pos;
    if (!sawCrlf && !sawLf) {
      noteLineEnd(lineEnd(pos));
    }
    return this;
  }

  boolean onlyBareLineFeeds() {
    return sawLf && !sawCrlf;
  }

  /** What may stand before the first field: mbox lines, and folded lines of no field. */
  private int prologue() {
    int pos = from;
    while (pos < length && isMboxLine(pos)) {
      int lineEnd = lineEnd(pos);
      noteLineEnd(lineEnd);
      pos = lineEnd;
    }
    int afterIndented = pos;
    while (afterIndented < length && isIndented(afterIndented)) {
      afterIndented = lineEnd(afterIndented);
    }
    // without a field after them, these lines are an indented body
    return afterIndented > pos && startsField(afterIndented) ? afterIndented : pos;
  }

  /**
   * {@code From user@host Fri Feb 22 17:06:23 2008}, also with {@code >} before it. A sentence that
   * begins with "From" has no time of day in it, and no field after it.
   */
  private boolean isMboxLine(int pos) {
    int from = bytes[pos] == '>' ? pos + 1 : pos;
    if (from + 5 > length
        || bytes[from] != 'F'
        || bytes[from + 1] != 'r'
        || bytes[from + 2] != 'o'
        || bytes[from + 3] != 'm'
        || bytes[from + 4] != ' ') {
      return false;
    }
    int lineEnd = lineEnd(pos);
    if (colonOf(from, lineEnd) >= 0) {
      return false;
    }
    for (int i = from + 7; i + 2 < lineEnd; i++) {
      if (bytes[i] == ':' && isDigit(bytes[i - 1]) && isDigit(bytes[i + 1])) {
        return true;
      }
    }
    return startsField(lineEnd);
  }

  private boolean startsField(int pos) {
    return pos < length && colonOf(pos, lineEnd(pos)) >= 0;
  }

  /**
   * Whether the line at {@code pos}, which is no field, belongs to the field above it: when within
   * three lines a known field follows. Boundaries of MIME are never folded text.
   */
  private boolean isLostIndent(int pos, int lineEnd) {
    if (bytes[pos] == '-' && pos + 1 < length && bytes[pos + 1] == '-') {
      return false;
    }
    int next = lineEnd;
    for (int lines = 0; lines < MAX_LOST_INDENTS && next < length; lines++) {
      if (startsKnownField(next)) {
        return true;
      }
      int end = lineEnd(next);
      if (isEmptyLine(next, end) || (!isIndented(next) && colonOf(next, end) >= 0)) {
        return false;
      }
      next = end;
    }
    return false;
  }

  private boolean startsKnownField(int pos) {
    int found = colonOf(pos, Math.min(length, pos + LONGEST_KNOWN));
    if (found < 0) {
      return false;
    }
    String name =
        new String(bytes, pos, found - pos, StandardCharsets.ISO_8859_1)
            .stripTrailing()
            .toLowerCase(Locale.ROOT);
    return KNOWN.contains(name) || KNOWN_PREFIXES.stream().anyMatch(name::startsWith);
  }

  private void open(int pos, int colonAt) {
    start = pos;
    colon = colonAt;
    nameEnd = colonAt;
    while (nameEnd > pos && isBlank(bytes[nameEnd - 1])) {
      nameEnd--;
    }
  }

  /** An mbox line among the fields, where a careless concatenation left it. */
  private void openNameless(int pos) {
    start = pos;
    colon = pos - 1;
    nameEnd = pos;
  }

  private void close(int pos) {
    if (start >= 0) {
      tooMany |= fields.size() >= most;
      fields.add(new HeaderField(bytes, start, nameEnd, colon, pos));
      start = -1;
    }
  }

  /** The colon after a field name that begins here, or -1. */
  private int colonOf(int pos, int limit) {
    int i = pos;
    // octets above 126 are negative or DEL: no part of a name (RFC 5322 section 2.2)
    while (i < limit && bytes[i] > ' ' && bytes[i] != ':' && bytes[i] != 0x7F) {
      i++;
    }
    if (i > pos) {
      while (i < limit && isBlank(bytes[i])) {
        i++;
      }
    }
    return i < limit && bytes[i] == ':' ? i : -1;
  }

  /** Offset after the LF that ends this line, or the end of the message. */
  private int lineEnd(int pos) {
    int i = pos;
    while (i < length) {
      if (bytes[i++] == '\n') {
        return i;
      }
    }
    return length;
  }

  private void noteLineEnd(int lineEnd) {
    if (lineEnd > from && bytes[lineEnd - 1] == '\n') {
      boolean crlf = lineEnd > from + 1 && bytes[lineEnd - 2] == '\r';
      sawCrlf |= crlf;
      sawLf |= !crlf;
    }
  }

  private boolean isIndented(int pos) {
    return isBlank(bytes[pos]);
  }

  private boolean isEmptyLine(int pos, int lineEnd) {
    int i = pos;
    while (i < lineEnd && bytes[i] == '\r') {
      i++;
    }
    return i < lineEnd && bytes[i] == '\n';
  }

  private static boolean isBlank(byte b) {
    return b == ' ' || b == '\t';
  }

  private static boolean isDigit(byte b) {
    return b >= '0' && b <= '9';
  }
}
