package org.milena.scanner.authentication.dkim;

/**
 * The relaxed canonicalization of octets that lie in one array, written on in pieces as large as
 * they come; small ones are gathered, since a digest is slow to take them one by one.
 */
final class RelaxedForm {

  private static final byte[] SPACE = {' '};
  private static final byte[] COLON = {':'};
  private static final int GATHER = 4096;

  private final byte[] octets;
  private final OctetSink out;
  private final byte[] gathered = new byte[GATHER];
  private int gatheredLength;

  RelaxedForm(byte[] octets, OctetSink out) {
    this.octets = octets;
    this.out = out;
  }

  /** RFC 6376 section 3.4.2. */
  void field(int start, int end) {
    int last = end;
    if (last > start && octets[last - 1] == '\n') {
      last--;
      if (last > start && octets[last - 1] == '\r') {
        last--;
      }
    }
    int colon = start;
    while (colon < last && octets[colon] != ':') {
      colon++;
    }
    name(start, colon);
    if (colon < last) {
      write(COLON, 0, 1);
      value(colon + 1, last);
    }
    write(Canonicalization.CRLF, 0, 2);
    flush();
  }

  private void name(int start, int colon) {
    int end = colon;
    while (end > start && isBlank(octets[end - 1])) {
      end--;
    }
    byte[] lower = new byte[end - start];
    for (int i = start; i < end; i++) {
      byte b = octets[i];
      lower[i - start] = b >= 'A' && b <= 'Z' ? (byte) (b + 32) : b;
    }
    write(lower, 0, lower.length);
  }

  private void value(int start, int end) {
    boolean begun = false;
    boolean space = false;
    int pos = start;
    while (pos < end) {
      int after = afterFoldOrBlank(pos, end);
      if (after > pos) {
        space = true;
        pos = after;
        continue;
      }
      int from = pos;
      while (pos < end && afterFoldOrBlank(pos, end) == pos) {
        pos++;
      }
      if (space && begun) {
        write(SPACE, 0, 1);
      }
      write(octets, from, pos - from);
      begun = true;
      space = false;
    }
  }

  /** The place after a blank, or after a CR LF that a blank follows; the same place otherwise. */
  private int afterFoldOrBlank(int pos, int end) {
    if (isBlank(octets[pos])) {
      return pos + 1;
    }
    return Canonicalization.isCrlf(octets, pos, end) && pos + 2 < end && isBlank(octets[pos + 2])
        ? pos + 3
        : pos;
  }

  /** RFC 6376 section 3.4.4. */
  void body(int start, int end) {
    int emptyLines = 0;
    int pos = start;
    while (pos < end) {
      int lineEnd = pos;
      while (lineEnd < end
          && (octets[lineEnd] != '\r' || !Canonicalization.isCrlf(octets, lineEnd, end))) {
        lineEnd++;
      }
      int last = lineEnd;
      while (last > pos && isBlank(octets[last - 1])) {
        last--;
      }
      if (last == pos) {
        emptyLines++;
      } else {
        for (; emptyLines > 0; emptyLines--) {
          write(Canonicalization.CRLF, 0, 2);
        }
        line(pos, last);
        write(Canonicalization.CRLF, 0, 2);
      }
      pos = lineEnd + 2;
    }
    flush();
  }

  private void line(int start, int end) {
    int from = start;
    int pos = start;
    while (pos < end) {
      if (!isBlank(octets[pos])) {
        pos++;
        continue;
      }
      int run = pos;
      while (isBlank(octets[pos])) {
        pos++;
      }
      if (pos - run > 1 || octets[run] != ' ') {
        write(octets, from, run - from);
        write(SPACE, 0, 1);
        from = pos;
      }
    }
    write(octets, from, end - from);
  }

  private void write(byte[] bytes, int offset, int length) {
    if (length > GATHER - gatheredLength) {
      flush();
      if (length > GATHER) {
        out.write(bytes, offset, length);
        return;
      }
    }
    System.arraycopy(bytes, offset, gathered, gatheredLength, length);
    gatheredLength += length;
  }

  private void flush() {
    out.write(gathered, 0, gatheredLength);
    gatheredLength = 0;
  }

  private static boolean isBlank(byte b) {
    return b == ' ' || b == '\t';
  }
}
