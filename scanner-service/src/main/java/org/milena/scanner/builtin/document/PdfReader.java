package org.milena.scanner.builtin.document;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Reads a value of a PDF (ISO 32000-1 section 7.3) strictly: where programs differ in what they
 * make of octets, there is no value.
 */
final class PdfReader {

  private static final int DEEPEST = 16;

  /** More than any number in a file that is not larger than ours. */
  private static final int MOST_DIGITS = 12;

  /** Asked for each octet of each file. */
  private static final boolean[] REGULAR = regular();

  private final byte[] octets;
  private final int end;
  private int at;

  private PdfReader(byte[] octets, int end) {
    this.octets = octets;
    this.end = end;
  }

  /** The value that stands first in these octets, whatever follows it. */
  static PdfValue read(byte[] octets, int length) {
    return new PdfReader(octets, length).value(0);
  }

  /** Section 7.2.2. */
  static boolean isBlank(int octet) {
    return octet == ' ' || (octet <= '\r' && octet >= '\t' && octet != 0x0B) || octet == 0;
  }

  /** What names, numbers and words are made of. */
  static boolean isRegular(int octet) {
    return octet >= 0 && REGULAR[octet];
  }

  private static boolean[] regular() {
    var regular = new boolean[256];
    for (int octet = '!'; octet <= '~'; octet++) {
      regular[octet] = "()<>[]{}/%".indexOf(octet) < 0;
    }
    return regular;
  }

  /** A name whose letters may be written as numbers (section 7.3.5). */
  static String plain(String name) {
    if (name.indexOf('#') < 0) {
      return name;
    }
    var plain = new StringBuilder();
    for (int i = 0; i < name.length(); i++) {
      char c = name.charAt(i);
      int high = i + 2 < name.length() ? Character.digit(name.charAt(i + 1), 16) : -1;
      int low = i + 2 < name.length() ? Character.digit(name.charAt(i + 2), 16) : -1;
      if (c != '#' || high < 0 || low < 0) {
        plain.append(c);
      } else {
        plain.append((char) ((high << 4) | low));
        i += 2;
      }
    }
    return plain.toString();
  }

  private PdfValue value(int depth) {
    skipBlanks();
    if (depth > DEEPEST) {
      return new PdfValue.Unreadable();
    }
    return switch (peek()) {
      case '/' -> {
        at++;
        yield new PdfValue.Name(plain(word()));
      }
      case '(' -> literal();
      case '[' -> array(depth);
      case '<' -> at + 1 < end && octets[at + 1] == '<' ? dictionary(depth) : hexadecimal();
      default -> number(word());
    };
  }

  private PdfValue number(String word) {
    switch (word) {
      case "true", "false" -> {
        return new PdfValue.Truth(word.equals("true"));
      }
      case "null" -> {
        return new PdfValue.Other();
      }
      default -> {
        // a number, or nothing
      }
    }
    if (!isWhole(word)) {
      boolean isFraction = word.matches("[+-]?([0-9]+\\.[0-9]*|\\.[0-9]+)");
      return isFraction ? new PdfValue.Other() : new PdfValue.Unreadable();
    }
    long number = Long.parseLong(word);
    int behind = at;
    skipBlanks();
    String generation = word();
    skipBlanks();
    if (number >= 0 && isWhole(generation) && word().equals("R")) {
      return new PdfValue.Reference(number, Long.parseLong(generation));
    }
    at = behind;
    return new PdfValue.Whole(number);
  }

  private static boolean isWhole(String word) {
    int from = word.startsWith("-") ? 1 : 0;
    if (word.length() == from || word.length() - from > MOST_DIGITS) {
      return false;
    }
    return word.chars().skip(from).allMatch(c -> c >= '0' && c <= '9');
  }

  private PdfValue array(int depth) {
    at++;
    List<PdfValue> values = new ArrayList<>();
    for (skipBlanks(); peek() != ']'; skipBlanks()) {
      PdfValue value = value(depth + 1);
      if (value instanceof PdfValue.Unreadable) {
        return value;
      }
      values.add(value);
    }
    at++;
    return new PdfValue.Array(values);
  }

  private PdfValue dictionary(int depth) {
    at += 2;
    Map<String, PdfValue> entries = new HashMap<>();
    for (skipBlanks(); peek() == '/'; skipBlanks()) {
      at++;
      String key = plain(word());
      PdfValue value = value(depth + 1);
      if (value instanceof PdfValue.Unreadable || entries.put(key, value) != null) {
        return new PdfValue.Unreadable();
      }
    }
    if (peek() != '>' || at + 1 >= end || octets[at + 1] != '>') {
      return new PdfValue.Unreadable();
    }
    at += 2;
    return new PdfValue.Dictionary(entries);
  }

  /** Section 7.3.4.3. */
  private PdfValue hexadecimal() {
    var digits = new StringBuilder();
    for (at++; peek() != '>'; at++) {
      int octet = peek();
      if (Character.digit(octet, 16) >= 0) {
        digits.append((char) octet);
      } else if (!isBlank(octet)) {
        return new PdfValue.Unreadable();
      }
    }
    at++;
    if (digits.length() % 2 == 1) {
      digits.append('0');
    }
    var text = new StringBuilder();
    for (int i = 0; i < digits.length(); i += 2) {
      text.append((char) Integer.parseInt(digits, i, i + 2, 16));
    }
    return new PdfValue.Text(text.toString());
  }

  /** Section 7.3.4.2. */
  private PdfValue literal() {
    var text = new StringBuilder();
    int open = 1;
    for (at++; at < end; ) {
      int octet = octets[at++] & 0xFF;
      switch (octet) {
        case '\\' -> escape(text);
        case '\r' -> {
          skipLineFeed();
          text.append('\n');
        }
        case '(' -> {
          open++;
          text.append('(');
        }
        case ')' -> {
          if (--open == 0) {
            return new PdfValue.Text(text.toString());
          }
          text.append(')');
        }
        default -> text.append((char) octet);
      }
    }
    return new PdfValue.Unreadable();
  }

  private void escape(StringBuilder text) {
    if (at == end) {
      return; // and no parenthesis closes the string
    }
    int octet = octets[at++] & 0xFF;
    switch (octet) {
      case 'n' -> text.append('\n');
      case 'r' -> text.append('\r');
      case 't' -> text.append('\t');
      case 'b' -> text.append('\b');
      case 'f' -> text.append('\f');
      case '\r' -> skipLineFeed();
      case '\n' -> {
        // the string goes on in the next line
      }
      case '0', '1', '2', '3', '4', '5', '6', '7' -> {
        int code = octet - '0';
        for (int i = 0; i < 2 && peek() >= '0' && peek() <= '7'; i++) {
          code = code * 8 + (peek() - '0');
          at++;
        }
        text.append((char) (code & 0xFF));
      }
      default -> text.append((char) octet);
    }
  }

  private void skipLineFeed() {
    if (peek() == '\n') {
      at++;
    }
  }

  /** With comments, which are blanks (section 7.2.3). */
  private void skipBlanks() {
    while (isBlank(peek()) || peek() == '%') {
      if (peek() == '%') {
        while (at < end && peek() != '\r' && peek() != '\n') {
          at++;
        }
      } else {
        at++;
      }
    }
  }

  private String word() {
    int from = at;
    while (isRegular(peek())) {
      at++;
    }
    return new String(octets, from, at - from, StandardCharsets.ISO_8859_1);
  }

  /** The next octet, or -1. */
  private int peek() {
    return at < end ? octets[at] & 0xFF : -1;
  }
}
