package org.milena.common.header;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/** Takes a {@link ParameterizedHeader} apart, from front to end. */
final class ParameterReader {

  /** No name of a parameter that means anything is longer. */
  private static final int MAX_NAME = 60;

  private final String text;
  private final Map<String, String> plain = new LinkedHashMap<>();
  private final Map<String, ExtendedParameter> extended = new LinkedHashMap<>();
  private boolean unclosedQuote;
  private int at;

  ParameterReader(String text) {
    this.text = text;
  }

  ParameterizedHeader read() {
    String value = mainValue();
    while (at < text.length()) {
      parameter();
    }
    var parameters = new LinkedHashMap<String, String>();
    plain.forEach((name, raw) -> parameters.put(name, EncodedWords.decode(raw)));
    extended.forEach(
        (name, pieces) -> pieces.decode().ifPresent(whole -> parameters.put(name, whole)));
    return new ParameterizedHeader(value, Collections.unmodifiableMap(parameters));
  }

  /** Up to the first semicolon; or to the first space, when a parameter follows without one. */
  private String mainValue() {
    int semicolon = text.indexOf(';');
    int end = semicolon < 0 ? text.length() : semicolon;
    String main = withoutComments(text.substring(0, end)).strip();
    if (main.indexOf('=') >= 0) {
      int space = spaceIn(main);
      int equals = main.indexOf('=');
      if (space < 0 || space > equals) {
        return ""; // a parameter where the value should be
      }
      at = spaceIn(text.substring(0, end).stripLeading()) + leadingSpace();
      return clean(main.substring(0, space));
    }
    at = end;
    return clean(main);
  }

  private int leadingSpace() {
    return text.length() - text.stripLeading().length();
  }

  private static int spaceIn(String text) {
    int space = text.indexOf(' ');
    int tab = text.indexOf('\t');
    return space < 0 ? tab : tab < 0 ? space : Math.min(space, tab);
  }

  private static String clean(String main) {
    return main.replace("\"", "").replace(" ", "").replace("\t", "").toLowerCase(Locale.ROOT);
  }

  private void parameter() {
    while (at < text.length() && (isSpace(text.charAt(at)) || text.charAt(at) == ';')) {
      at++;
    }
    int nameStart = at;
    while (at < text.length() && text.charAt(at) != '=' && text.charAt(at) != ';') {
      at++;
    }
    if (at >= text.length() || text.charAt(at) == ';') {
      return; // a word that is no parameter
    }
    String name = withoutComments(text.substring(nameStart, at)).strip().toLowerCase(Locale.ROOT);
    at++;
    while (at < text.length() && isSpace(text.charAt(at))) {
      at++;
    }
    boolean quoted = at < text.length() && text.charAt(at) == '"';
    String value = quoted ? quotedValue() : plainValue(isFileName(name));
    put(name, value);
  }

  private void put(String name, String value) {
    int star = name.indexOf('*');
    if (star < 0 && !name.isEmpty()) {
      plain.putIfAbsent(name, value);
    } else if (star > 0) {
      extended
          .computeIfAbsent(name.substring(0, star), _ -> new ExtendedParameter())
          .add(name.substring(star), value);
    }
  }

  private static boolean isFileName(String name) {
    return name.startsWith("filename") || name.startsWith("name");
  }

  private String quotedValue() {
    var value = new StringBuilder();
    int i = at + 1;
    while (!unclosedQuote && i < text.length()) {
      char c = text.charAt(i);
      if (c == '"' && closes(i + 1)) {
        at = i + 1;
        skipTo(';');
        return value.toString();
      }
      boolean escape = c == '\\' && i + 1 < text.length() && isEscapable(text.charAt(i + 1));
      value.append(escape ? text.charAt(i + 1) : c);
      i += escape ? 2 : 1;
    }
    // never closed: then it ends where it would without quotes, and no later one closes either
    unclosedQuote = true;
    at++;
    return plainValue(true);
  }

  /** Only these: programs put Windows paths in quotes as they are. */
  private static boolean isEscapable(char c) {
    return c == '"' || c == '\\';
  }

  /** Whether what follows a quote shows that it was the closing one. */
  private boolean closes(int from) {
    int i = from;
    while (i < text.length() && isSpace(text.charAt(i))) {
      i++;
    }
    return i >= text.length()
        || ";(,".indexOf(text.charAt(i)) >= 0
        || (i > from && startsParameter(i));
  }

  private boolean startsParameter(int from) {
    int limit = Math.min(text.length(), from + MAX_NAME);
    int i = from;
    while (i < limit
        && (Character.isLetterOrDigit(text.charAt(i)) || "-*_".indexOf(text.charAt(i)) >= 0)) {
      i++;
    }
    return i > from && i < text.length() && text.charAt(i) == '=';
  }

  /** After a quoted value: to the semicolon, or to a parameter that stands there without one. */
  private void skipTo(char end) {
    while (at < text.length() && text.charAt(at) != end) {
      if (text.charAt(at) == '(') {
        int close = text.indexOf(')', at);
        at = close < 0 ? text.length() - 1 : close;
      } else if (startsParameter(at)) {
        return;
      }
      at++;
    }
  }

  /** To the semicolon. File names keep spaces and parentheses, which others have no use for. */
  private String plainValue(boolean keepsAll) {
    int start = at;
    while (at < text.length() && text.charAt(at) != ';') {
      if (!keepsAll && isSpace(text.charAt(at)) && startsParameter(at + 1)) {
        return text.substring(start, at).strip();
      }
      at++;
    }
    String value = text.substring(start, at);
    return (keepsAll ? value : withoutComments(value)).strip();
  }

  private static String withoutComments(String text) {
    if (text.indexOf('(') < 0) {
      return text;
    }
    var rest = new StringBuilder(text.length());
    int depth = 0;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '(') {
        depth++;
      } else if (c == ')' && depth > 0) {
        depth--;
      } else if (depth == 0) {
        rest.append(c);
      }
    }
    return rest.toString();
  }

  private static boolean isSpace(char c) {
    return c == ' ' || c == '\t' || c == '\r' || c == '\n';
  }
}
