package org.milena.archive.search;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The words of a query: prefix, text, quotes, signs and brackets. Never fails. */
final class QueryTokens {

  /** One of them. */
  sealed interface Token {}

  /** An opening bracket, perhaps behind a minus sign. */
  record Open(boolean negated) implements Token {}

  /** A closing bracket. */
  record Close() implements Token {}

  /** The word OR. */
  record Either() implements Token {}

  /**
   * Something to look for.
   *
   * @param prefix what stood before a colon, lower case; empty for nothing
   */
  record Term(boolean negated, String prefix, String text, boolean quoted) implements Token {}

  private final String text;
  private final List<Token> tokens = new ArrayList<>();
  private int at;

  private QueryTokens(String text) {
    this.text = text;
  }

  static List<Token> of(String text) {
    return new QueryTokens(text).read();
  }

  private List<Token> read() {
    while (true) {
      while (at < text.length() && Character.isWhitespace(text.charAt(at))) {
        at++;
      }
      if (at >= text.length()) {
        return tokens;
      }
      boolean negated = false;
      if (text.charAt(at) == '-' || text.charAt(at) == '+' || text.charAt(at) == '!') {
        boolean sign = at + 1 < text.length() && !Character.isWhitespace(text.charAt(at + 1));
        negated = sign && text.charAt(at) != '+';
        at++;
        if (!sign || at >= text.length()) {
          continue;
        }
      }
      char c = text.charAt(at);
      if (c == '(') {
        tokens.add(new Open(negated));
        at++;
      } else if (c == ')') {
        tokens.add(new Close());
        at++;
      } else if (c == '"') {
        term(negated, "");
      } else {
        prefixed(negated);
      }
    }
  }

  private void prefixed(boolean negated) {
    int colon = at;
    while (colon < text.length() && Character.isLetter(text.charAt(colon))) {
      colon++;
    }
    if (colon > at && colon + 1 < text.length() && text.charAt(colon) == ':') {
      String prefix = text.substring(at, colon).toLowerCase(Locale.ROOT);
      if (Prefix.find(prefix).isPresent() && !Character.isWhitespace(text.charAt(colon + 1))) {
        at = colon + 1;
        term(negated, prefix);
        return;
      }
    }
    term(negated, "");
  }

  private void term(boolean negated, String prefix) {
    if (text.charAt(at) == '"') {
      int close = text.indexOf('"', at + 1);
      int end = close < 0 ? text.length() : close;
      tokens.add(new Term(negated, prefix, text.substring(at + 1, end), true));
      at = Math.min(text.length(), end + 1);
      return;
    }
    int end = at;
    while (end < text.length()
        && !Character.isWhitespace(text.charAt(end))
        && "()\"".indexOf(text.charAt(end)) < 0) {
      end++;
    }
    if (end == at) { // s:) and the like
      return;
    }
    String word = text.substring(at, end);
    at = end;
    tokens.add(
        prefix.isEmpty() && !negated && (word.equals("OR") || word.equals("|"))
            ? new Either()
            : new Term(negated, prefix, word, false));
  }
}
