package org.milena.listexpander.digest;

import java.util.List;
import org.milena.common.header.HeaderBlock;
import org.milena.common.header.OneLine;

/** A post as it stands in a digest of texts (RFC 1153). */
final class PostSection {
  /** A line of so many hyphens or more would look like the end of a message. */
  private static final int SEPARATOR = 30;

  /** In the order that RFC 1153 gives them. */
  private static final List<String> KEPT =
      List.of("Date", "From", "To", "Cc", "Subject", "Message-ID", "Keywords");

  private static final int MAX_VALUE = 800;

  /**
   * Header, empty line and text, in lines that end in LF; ends with the last line that says
   * something.
   */
  static String of(HeaderBlock header, String text) {
    StringBuilder out = new StringBuilder(text.length() + 512);
    for (String name : KEPT) {
      header
          .first(name)
          .map(field -> OneLine.of(field.decoded(), MAX_VALUE))
          .ifPresent(value -> out.append(name).append(": ").append(value).append('\n'));
    }
    // whatever it was, it is this now
    out.append("Content-Type: text/plain; charset=utf-8\n\n");
    List<String> lines = text.lines().toList();
    int from = 0;
    int to = lines.size();
    while (from < to && lines.get(from).isBlank()) {
      from++;
    }
    while (to > from && lines.get(to - 1).isBlank()) {
      to--;
    }
    for (String line : lines.subList(from, to)) {
      out.append(escape(line)).append('\n');
    }
    return out.toString();
  }

  /** A text none of whose lines can be taken for one of the digest's own. */
  static String escapeAll(String text) {
    StringBuilder out = new StringBuilder(text.length() + 1);
    text.lines().forEach(line -> out.append(escape(line)).append('\n'));
    return out.toString();
  }

  /** A line that cannot be taken for one of the digest's own. */
  static String escape(String line) {
    if (isHyphens(line)) {
      return ' ' + line.substring(1);
    }
    return (line.startsWith("End of ") && line.contains(" Digest, Vol "))
            || (line.startsWith("Ende von ") && line.contains(" Sammelmail, Band "))
        ? ' ' + line
        : line;
  }

  private static boolean isHyphens(String line) {
    int end = line.stripTrailing().length();
    return end >= SEPARATOR && line.chars().limit(end).allMatch(c -> c == '-');
  }

  private PostSection() {}
}
