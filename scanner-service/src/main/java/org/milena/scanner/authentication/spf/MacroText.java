package org.milena.scanner.authentication.spf;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** A macro-string (RFC 7208 section 7.1). */
record MacroText(List<Piece> pieces) {
  private static final String LETTERS = "slodiphcrtv";
  private static final String ONLY_EXPLAINING = "crt";
  private static final String DELIMITERS = ".-+,/_=";
  private static final int MANY = 1000; // no name has as many parts

  MacroText {
    pieces = List.copyOf(pieces);
  }

  /** Plain text, or something to fill in. */
  sealed interface Piece {

    record Literal(String text) implements Piece {}

    /**
     * A macro.
     *
     * @param letter in lower case
     * @param escaped as in a URL: the letter was in upper case
     * @param parts how many on the right are taken; all when 0
     * @param delimiters that part the value
     */
    record Macro(char letter, boolean escaped, int parts, boolean reversed, String delimiters)
        implements Piece {}
  }

  /** Where a macro-string stands, and so what it may hold. */
  enum Place {
    /** In the record: names and unknown modifiers. */
    RECORD,
    /** In a text that explains: with spaces and all letters. */
    EXPLANATION
  }

  /** Reads a macro-string of any end. */
  static MacroText read(String text, Place place) throws SyntaxFault {
    List<Piece> pieces = new ArrayList<>();
    var literal = new StringBuilder();
    int at = 0;
    while (at < text.length()) {
      char c = text.charAt(at);
      if (c != '%') {
        if (c > '~' || c < ' ' || (c == ' ' && place == Place.RECORD)) {
          throw new SyntaxFault("a character that is not visible ASCII");
        }
        literal.append(c);
        at++;
        continue;
      }
      char next = at + 1 < text.length() ? text.charAt(at + 1) : 0;
      switch (next) {
        case '%' -> literal.append('%');
        case '_' -> literal.append(' ');
        case '-' -> literal.append("%20");
        case '{' -> {
          int end = text.indexOf('}', at);
          if (end < 0) {
            throw new SyntaxFault("a macro without its end");
          }
          if (!literal.isEmpty()) {
            pieces.add(new Piece.Literal(literal.toString()));
            literal.setLength(0);
          }
          pieces.add(macro(text.substring(at + 2, end)));
          at = end - 1;
        }
        default -> throw new SyntaxFault("a % that begins no macro");
      }
      at += 2;
    }
    if (!literal.isEmpty()) {
      pieces.add(new Piece.Literal(literal.toString()));
    }
    return new MacroText(pieces);
  }

  private static Piece.Macro macro(String inner) throws SyntaxFault {
    char letter = inner.isEmpty() ? 0 : Character.toLowerCase(inner.charAt(0));
    if (letter > 'z' || LETTERS.indexOf(letter) < 0) {
      throw new SyntaxFault("an unknown macro %{" + inner + "}");
    }
    int at = 1;
    int parts = 0;
    while (at < inner.length() && inner.charAt(at) >= '0' && inner.charAt(at) <= '9') {
      parts = Math.min(MANY, parts * 10 + (inner.charAt(at) - '0'));
      at++;
    }
    if (at > 1 && parts == 0) {
      throw new SyntaxFault("a macro that takes no part: %{" + inner + "}");
    }
    boolean reversed = at < inner.length() && Character.toLowerCase(inner.charAt(at)) == 'r';
    String delimiters = inner.substring(reversed ? at + 1 : at);
    if (!delimiters.chars().allMatch(c -> DELIMITERS.indexOf(c) >= 0)) {
      throw new SyntaxFault("a macro with more than it may hold: %{" + inner + "}");
    }
    return new Piece.Macro(
        letter,
        Character.isUpperCase(inner.charAt(0)),
        parts,
        reversed,
        delimiters.isEmpty() ? "." : delimiters);
  }

  /** Reads a domain-spec: a macro-string that ends in a macro or a top label. */
  static MacroText readDomain(String text) throws SyntaxFault {
    MacroText read = read(text, Place.RECORD);
    for (Piece piece : read.pieces) {
      if (piece instanceof Piece.Macro macro && ONLY_EXPLAINING.indexOf(macro.letter()) >= 0) {
        throw new SyntaxFault("%{" + macro.letter() + "} in a name");
      }
    }
    if (!endsInMacro(text, read)) {
      String plain = Domains.withoutLastDot(text);
      int dot = plain.lastIndexOf('.');
      if (dot < 0 || !isTopLabel(plain.substring(dot + 1))) {
        throw new SyntaxFault("no domain name: " + text);
      }
    }
    return read;
  }

  /** {@code %%}, {@code %_} and {@code %-} are macros too, by the grammar. */
  private static boolean endsInMacro(String text, MacroText read) {
    if (!read.pieces.isEmpty() && read.pieces.getLast() instanceof Piece.Macro) {
      return true;
    }
    int percents = 0;
    int at = text.length() - 2;
    if (text.endsWith("%")) {
      return true; // a single one was refused before
    }
    while (at >= 0 && text.charAt(at) == '%') {
      percents++;
      at--;
    }
    return percents % 2 == 1;
  }

  private static boolean isTopLabel(String label) {
    String lower = label.toLowerCase(Locale.ROOT);
    boolean letters = lower.chars().anyMatch(c -> c >= 'a' && c <= 'z');
    boolean hyphen = lower.indexOf('-') >= 0;
    return !lower.isEmpty()
        && lower.chars().allMatch(c -> (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-')
        && !lower.startsWith("-")
        && !lower.endsWith("-")
        && (letters || hyphen);
  }
}
