package org.milena.listexpander.migration.pickle;

import java.io.ByteArrayOutputStream;
import java.math.BigInteger;
import java.util.Optional;

/** Numbers and strings as Python 2 writes them in text. Empty where the text is none. */
final class PythonLiterals {
  private static final int LONGEST_REAL = 64;

  /** A whole number in decimal. */
  static Optional<BigInteger> integer(String text, int maxDigits) {
    int start = text.startsWith("-") || text.startsWith("+") ? 1 : 0;
    if (text.length() == start || text.length() - start > maxDigits) {
      return Optional.empty();
    }
    for (int i = start; i < text.length(); i++) {
      if (!isDigit(text.charAt(i))) {
        return Optional.empty();
      }
    }
    return Optional.of(new BigInteger(text));
  }

  /** A number with a fraction, as {@code repr} has it. */
  static Optional<Double> real(String text) {
    switch (text) {
      case "inf":
        return Optional.of(Double.POSITIVE_INFINITY);
      case "-inf":
        return Optional.of(Double.NEGATIVE_INFINITY);
      case "nan", "-nan":
        return Optional.of(Double.NaN);
      default:
        break;
    }
    if (text.length() > LONGEST_REAL || !text.chars().allMatch(PythonLiterals::isOfReal)) {
      return Optional.empty();
    }
    try {
      return Optional.of(Double.valueOf(text));
    } catch (NumberFormatException _) {
      return Optional.empty();
    }
  }

  private static boolean isOfReal(int c) {
    return isDigit((char) c) || c == '+' || c == '-' || c == '.' || c == 'e' || c == 'E';
  }

  /** The octets of a string in quotes, with its escapes undone. */
  static Optional<byte[]> string(byte[] line) {
    int last = line.length - 1;
    if (last < 1 || line[0] != line[last] || (line[0] != '\'' && line[0] != '"')) {
      return Optional.empty();
    }
    ByteArrayOutputStream out = new ByteArrayOutputStream(line.length);
    for (int i = 1; i < last; i++) {
      if (line[i] != '\\') {
        out.write(line[i]);
        continue;
      }
      if (++i == last) {
        return Optional.empty();
      }
      int simple = simpleEscape(line[i]);
      if (simple >= 0) {
        out.write(simple);
      } else if (line[i] == 'x') {
        int octet = i + 2 < last ? hex(line, i + 1, 2) : -1;
        if (octet < 0) {
          return Optional.empty();
        }
        out.write(octet);
        i += 2;
      } else if (isOctal(line[i])) {
        int octet = 0;
        int end = i;
        while (end < last && end < i + 3 && isOctal(line[end])) {
          octet = octet * 8 + line[end++] - '0';
        }
        out.write(octet);
        i = end - 1;
      } else {
        out.write('\\');
        out.write(line[i]);
      }
    }
    return Optional.of(out.toByteArray());
  }

  private static int simpleEscape(byte c) {
    return switch (c) {
      case '\\', '\'', '"' -> c;
      case 'n' -> '\n';
      case 'r' -> '\r';
      case 't' -> '\t';
      case 'a' -> 7;
      case 'b' -> '\b';
      case 'f' -> '\f';
      case 'v' -> 11;
      default -> -1;
    };
  }

  /** Characters of the codec {@code raw-unicode-escape}: Latin-1, the others by number. */
  static Optional<String> rawUnicode(byte[] line) {
    StringBuilder out = new StringBuilder(line.length);
    boolean escaping = false; // an odd number of backslashes stands before
    for (int i = 0; i < line.length; i++) {
      char c = (char) (line[i] & 0xFF);
      if (escaping && (c == 'u' || c == 'U')) {
        int digits = c == 'u' ? 4 : 8;
        int point = i + digits < line.length ? hex(line, i + 1, digits) : -1;
        if (point < 0 || point > Character.MAX_CODE_POINT) {
          return Optional.empty();
        }
        out.setLength(out.length() - 1);
        out.appendCodePoint(point);
        i += digits;
        escaping = false;
      } else {
        out.append(c);
        escaping = c == '\\' && !escaping;
      }
    }
    return Optional.of(wellFormed(out.toString()));
  }

  /** The same with U+FFFD for halves of surrogate pairs. */
  private static String wellFormed(String text) {
    StringBuilder out = new StringBuilder(text.length());
    text.codePoints()
        .map(c -> Character.getType(c) == Character.SURROGATE ? 0xFFFD : c)
        .forEach(out::appendCodePoint);
    return out.toString();
  }

  /** The number, or below 0 when there is none (or none below 2^31). */
  private static int hex(byte[] line, int from, int digits) {
    int number = 0;
    for (int i = from; i < from + digits; i++) {
      int digit = Character.digit((char) (line[i] & 0xFF), 16);
      if (digit < 0 || number < 0) {
        return -1;
      }
      number = number << 4 | digit;
    }
    return number;
  }

  private static boolean isDigit(char c) {
    return c >= '0' && c <= '9';
  }

  private static boolean isOctal(byte c) {
    return c >= '0' && c <= '7';
  }

  private PythonLiterals() {}
}
