package org.milena.scanner.builtin.document;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Encrypted files, written in other ways, and whether they are taken for closed. */
final class WrittenPdfs {

  static final Pattern HEX = Pattern.compile("<([0-9a-f]{32,})>");
  static final Pattern HANDLER =
      Pattern.compile("(\\d+) 0 obj\n(<< [^\n]*/Filter /Standard[^\n]*>>)\nendobj\n");

  static final String OPEN = text(EncryptedPdfs.named("r4-plain-open"));
  static final String CLOSED = text(EncryptedPdfs.named("r4-plain-closed"));

  private WrittenPdfs() {}

  /** A file that is not encrypted. */
  static String page() {
    return OPEN.replaceFirst("/Encrypt \\d+ 0 R", "");
  }

  /** With a cross-reference stream that says this of the encryption dictionary. */
  static String withTable(String entry, String fields) {
    var rows = new StringBuilder();
    for (int number = 0; number < 8; number++) {
      String[] columns = (number == 7 ? entry : "1 9 0").split(" ");
      rows.append((char) Integer.parseInt(columns[0])).append('\0');
      rows.append((char) Integer.parseInt(columns[1])).append('\0');
    }
    return OPEN
        + "\n9 0 obj <</Type/XRef/Size 8 "
        + fields
        + ">>\nstream\n"
        + rows
        + "\nendstream endobj";
  }

  static String handler(String file) {
    return HANDLER.matcher(file).results().map(MatchResult::group).findFirst().orElseThrow();
  }

  /** With the encryption dictionary in the trailer. */
  static String direct(String file) {
    String dictionary =
        HANDLER.matcher(file).results().map(found -> found.group(2)).findFirst().orElseThrow();
    String without = replaced(HANDLER, file, found -> "");
    return replaced(
        Pattern.compile("/Encrypt \\d+ 0 R"), without, found -> "/Encrypt " + dictionary);
  }

  static String hex(String file, UnaryOperator<String> writing) {
    return replaced(
        HEX, file, found -> writing.apply(text(HexFormat.of().parseHex(found.group(1)))));
  }

  static String octal(String octets) {
    var written = new StringBuilder("(");
    octets.chars().forEach(octet -> written.append('\\').append("%03o".formatted(octet)));
    return written.append(')').toString();
  }

  static String literal(String octets) {
    var written = new StringBuilder("(");
    for (char octet : octets.toCharArray()) {
      switch (octet) {
        case '(', ')', '\\' -> written.append('\\').append(octet);
        case '\r' -> written.append("\\r");
        default -> written.append(octet);
      }
    }
    return written.append(')').toString();
  }

  static String replaced(Pattern pattern, String text, Function<MatchResult, String> by) {
    return pattern.matcher(text).replaceAll(found -> Matcher.quoteReplacement(by.apply(found)));
  }

  static boolean isClosed(String file) {
    try {
      return PdfDocument.read(new ByteArrayInputStream(octets(file))).encrypted();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static String text(byte[] octets) {
    return new String(octets, StandardCharsets.ISO_8859_1);
  }

  static byte[] octets(String text) {
    return text.getBytes(StandardCharsets.ISO_8859_1);
  }
}
