package org.milena.scanner.builtin;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What stands in a text and is none: files, and parts under a boundary that nobody announced. */
sealed interface EmbeddedContent {

  /** A uuencoded file; the text stands behind it when it was read to its end. */
  record File(UuencodedFile file) implements EmbeddedContent {}

  /**
   * All that is left of the text, as a message: with the boundary that was found, or beginning with
   * the field that stood there without one.
   */
  record Parts(InputStream message) implements EmbeddedContent {}

  /** Some programs write longer lines than the 61 characters of uuencode. */
  int MAX_LINE = 1000;

  /** RFC 2046 section 5.1.1. */
  int LONGEST_BOUNDARY = 70;

  Pattern BEGIN = Pattern.compile("begin(-base64)? [0-7]{3,4} (\\S.*)", Pattern.CASE_INSENSITIVE);

  Pattern PART_HEADER =
      Pattern.compile(
          "content-(type|transfer-encoding|disposition|description|id)[ \t]*:.*",
          Pattern.CASE_INSENSITIVE);

  /**
   * The next in the text.
   *
   * @param withParts whether parts are looked for, too
   */
  static Optional<EmbeddedContent> next(PeekedInput text, boolean withParts) throws IOException {
    String boundary = "";
    for (int first = text.next(); first >= 0; first = text.next()) {
      if (boundary.isEmpty() && !mayMatter(first, withParts)) {
        text.skipLine(); // nearly every line
        continue;
      }
      String line = String.valueOf(text.readLine(MAX_LINE));
      if (withParts && PART_HEADER.matcher(line).matches()) {
        return Optional.of(new Parts(message(boundary, line, text)));
      }
      boundary = withParts && isBoundary(line) ? line.substring(2).stripTrailing() : "";
      if (line.length() > 10 && (first == 'b' || first == 'B')) {
        Matcher begin = BEGIN.matcher(line);
        if (begin.matches()) {
          return Optional.of(
              new File(new UuencodedFile(text, begin.group(2).strip(), begin.group(1) != null)));
        }
      }
    }
    return Optional.empty();
  }

  private static boolean mayMatter(int first, boolean withParts) {
    return switch (first) {
      case 'b', 'B' -> true;
      case '-', 'c', 'C' -> withParts;
      default -> false;
    };
  }

  private static boolean isBoundary(String line) {
    return line.length() > 2
        && line.length() <= LONGEST_BOUNDARY + 2
        && line.startsWith("--")
        && line.indexOf('"') < 0
        && line.indexOf('\\') < 0;
  }

  private static InputStream message(String boundary, String firstLine, InputStream rest) {
    String top =
        boundary.isEmpty()
            ? firstLine + "\r\n"
            : "Content-Type: multipart/mixed; boundary=\"%s\"\r\n\r\n--%s\r\n%s\r\n"
                .formatted(boundary, boundary, firstLine);
    return new SequenceInputStream(
        new ByteArrayInputStream(top.getBytes(StandardCharsets.ISO_8859_1)), rest);
  }
}
