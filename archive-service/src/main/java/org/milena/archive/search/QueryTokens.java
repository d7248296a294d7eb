package org.milena.archive.search;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.milena.archive.search.Query.Field;

/**
 * The pieces of a query, and where they stand. One pass.
 *
 * <p>Brackets inside a word belong to it, as in {@code free(buffer)}, so that pasted code is words.
 */
final class QueryTokens {

  /** One of them: characters {@code from} (included) to {@code until} (excluded). */
  sealed interface Token {
    int from();

    int until();
  }

  /**
   * An opening bracket.
   *
   * @param field that words in it are looked for in; null for that of the bracket around
   * @param thread whether it is the brace of {@code thread:{}
   */
  record Open(boolean negated, @Nullable Field field, boolean thread, int from, int until)
      implements Token {}

  /**
   * A closing bracket.
   *
   * @param thread whether it is a brace
   */
  record Close(boolean thread, int from, int until) implements Token {}

  /** What operators do. */
  enum Operation {
    AND,
    OR,
    XOR,
    NOT,
    NEAR,
    ADJ
  }

  /**
   * A word between what it joins.
   *
   * @param distance of NEAR and ADJ
   * @param forgiven whether it may join nothing, since it is a sign in other texts too
   */
  record Operator(Operation operation, int distance, boolean forgiven, int from, int until)
      implements Token {}

  /**
   * Something to look for.
   *
   * @param prefix what stood before a colon; null for nothing
   * @param textFrom where the text begins
   */
  record Term(
      boolean negated,
      @Nullable Prefix prefix,
      String name,
      String text,
      boolean quoted,
      int textFrom,
      int from,
      int until)
      implements Token {}

  /** What cannot be a piece of a query. */
  record Broken(QueryProblem problem, int from, int until) implements Token {}

  private static final int NEAR_DISTANCE = 10;
  private static final int MAX_DISTANCE = 100;
  private static final int LONGEST_PREFIX = 12;

  private final String text;
  private final List<Token> tokens = new ArrayList<>();
  private int at;
  private int brackets;
  private int braces;
  private int openInWords;

  private QueryTokens(String text) {
    this.text = text;
  }

  /** Ends with the first one that is broken. */
  static List<Token> of(String text) {
    return new QueryTokens(text).read();
  }

  private List<Token> read() {
    while (tokens.isEmpty() || !(tokens.getLast() instanceof Broken)) {
      while (at < text.length() && isSpace(text.charAt(at))) {
        at++;
      }
      if (at >= text.length()) {
        break;
      }
      next();
    }
    return tokens;
  }

  private void next() {
    int from = at;
    char sign = text.charAt(at);
    boolean signed = (sign == '-' || sign == '!' || sign == '+') && beginsTerm(at + 1);
    if (signed) {
      at++;
    }
    boolean negated = signed && sign != '+';
    char c = text.charAt(at);
    if (c == '(') {
      at++;
      brackets++;
      tokens.add(new Open(negated, null, false, from, at));
    } else if (c == ')' && openInWords == 0) {
      at++;
      brackets--;
      tokens.add(new Close(false, from, at));
    } else if (c == '}' && braces > 0) {
      at++;
      braces--;
      tokens.add(new Close(true, from, at));
    } else if (isQuote(c)) {
      quoted(negated, null, "", from);
    } else {
      prefixedOrWord(negated, from);
    }
  }

  /** Signs count only before something, so that {@code --force} is a word. */
  private boolean beginsTerm(int index) {
    if (index >= text.length()) {
      return false;
    }
    int c = text.codePointAt(index);
    return Character.isLetterOrDigit(c) || c == '(' || isQuote(c) || isStar(index);
  }

  /** The star that stands for everything. */
  private boolean isStar(int index) {
    return text.charAt(index) == '*'
        && (index + 1 == text.length()
            || isSpace(text.charAt(index + 1))
            || (text.charAt(index + 1) == ')' && brackets > 0)
            || (text.charAt(index + 1) == '}' && braces > 0));
  }

  private void prefixedOrWord(boolean negated, int from) {
    int colon = at;
    while (colon < text.length()
        && colon - at <= LONGEST_PREFIX
        && (Character.isLetter(text.charAt(colon)) || text.charAt(colon) == '_')) {
      colon++;
    }
    if (colon > at && colon + 1 < text.length() && text.charAt(colon) == ':') {
      String name = text.substring(at, colon).toLowerCase(Locale.ROOT);
      Optional<Prefix> prefix = Prefix.find(name);
      if (prefix.isPresent() && hasValue(colon + 1)) {
        at = colon + 1;
        prefixed(negated, prefix.get(), name, from);
        return;
      }
    }
    word(negated, null, "", from);
  }

  /** Not so in {@code s: x}, {@code file://x}, {@code std::x}, {@code c:\x} and {@code :)}. */
  private boolean hasValue(int index) {
    char c = text.charAt(index);
    return !isSpace(c)
        && ":\\)}".indexOf(c) < 0
        && !(c == '/' && index + 1 < text.length() && text.charAt(index + 1) == '/');
  }

  private void prefixed(boolean negated, Prefix prefix, String name, int from) {
    char c = text.charAt(at);
    if (isQuote(c)) {
      quoted(negated, prefix, name, from);
    } else if (c == '(' && prefix instanceof Prefix.InField(Field field)) {
      at++;
      brackets++;
      tokens.add(new Open(negated, field, false, from, at));
    } else if (c == '{' && prefix == Prefix.Other.THREAD) {
      at++;
      braces++;
      tokens.add(new Open(negated, null, true, from, at));
    } else {
      word(negated, prefix, name, from);
    }
  }

  private void quoted(boolean negated, @Nullable Prefix prefix, String name, int from) {
    int begin = at + 1;
    boolean straight = text.charAt(at) == '"';
    int end = begin;
    while (end < text.length()
        && !(straight ? text.charAt(end) == '"' : isQuote(text.charAt(end)))) {
      end++;
    }
    if (end == text.length()) {
      tokens.add(
          new Broken(
              new QueryProblem(QueryMistake.QUOTES_NOT_CLOSED, at, text.length()), from, end));
      return;
    }
    at = end + 1;
    String inside = text.substring(begin, end);
    tokens.add(new Term(negated, prefix, name, inside, true, begin, from, at));
  }

  private void word(boolean negated, @Nullable Prefix prefix, String name, int from) {
    int begin = at;
    boolean plain = prefix == null && !negated;
    boolean letters = false;
    int openBefore = openInWords;
    int inBraces = 0;
    while (at < text.length()) {
      char c = text.charAt(at);
      if (isSpace(c) || (c == '}' && braces > 0 && inBraces == 0)) {
        break;
      }
      if (c == '(') {
        if (plain && operation(text.substring(begin, Math.min(at, begin + 4))) != null) {
          break;
        }
        openInWords++;
      } else if (c == ')') {
        boolean smiley = brackets == 0 && !letters && at > begin;
        if (openInWords > 0) {
          openInWords--;
        } else if (!smiley) {
          break;
        }
      } else if (c == '{') {
        inBraces++;
      } else if (c == '}') {
        inBraces--;
      }
      letters |= Character.isLetterOrDigit(text.codePointAt(at));
      at++;
    }
    if (!letters || !(prefix == null || prefix instanceof Prefix.InField)) {
      openInWords = openBefore; // only words of the text go over several words
    }
    String word = text.substring(begin, at);
    Token operator = plain ? operator(word, from) : null;
    tokens.add(
        operator != null
            ? operator
            : new Term(negated, prefix, name, word, false, begin, from, at));
  }

  private @Nullable Token operator(String word, int from) {
    switch (word) {
      case "|", "||" -> {
        return new Operator(Operation.OR, 0, true, from, at);
      }
      case "&&" -> {
        return new Operator(Operation.AND, 0, true, from, at);
      }
      default -> {}
    }
    int slash = word.indexOf('/');
    Operation operation = operation(slash < 0 ? word : word.substring(0, slash));
    if (operation == null) {
      return null;
    }
    if (slash < 0) {
      return new Operator(operation, NEAR_DISTANCE, false, from, at);
    }
    boolean near = operation == Operation.NEAR || operation == Operation.ADJ;
    String digits = word.substring(slash + 1);
    if (!near || !digits.matches("[0-9]+")) {
      return null;
    }
    int distance = digits.length() > 3 ? MAX_DISTANCE + 1 : Integer.parseInt(digits);
    return distance < 1 || distance > MAX_DISTANCE
        ? new Broken(
            new QueryProblem(QueryMistake.NEAR_DISTANCE, from, at, operation, MAX_DISTANCE),
            from,
            at)
        : new Operator(operation, distance, false, from, at);
  }

  private static @Nullable Operation operation(String word) {
    return switch (word) {
      case "AND" -> Operation.AND;
      case "OR" -> Operation.OR;
      case "XOR" -> Operation.XOR;
      case "NOT" -> Operation.NOT;
      case "NEAR" -> Operation.NEAR;
      case "ADJ" -> Operation.ADJ;
      default -> null;
    };
  }

  private static boolean isQuote(int c) {
    return c == '"' || c == '“' || c == '”' || c == '„';
  }

  private static boolean isSpace(char c) {
    return Character.isWhitespace(c) || Character.isSpaceChar(c);
  }
}
