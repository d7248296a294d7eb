package org.milena.listexpander.incoming;

import java.util.Locale;
import java.util.Set;

/**
 * What a reader sees of HTML, roughly: its lines without tags. Enough to find a command; nothing
 * that is shown to anybody.
 */
final class HtmlLines {
  private static final Set<String> BREAKING =
      Set.of(
          "br",
          "p",
          "div",
          "li",
          "ul",
          "ol",
          "tr",
          "td",
          "table",
          "hr",
          "h1",
          "h2",
          "h3",
          "h4",
          "h5",
          "h6",
          "blockquote",
          "pre",
          "body");

  /** What is between these tags, nobody sees. */
  private static final Set<String> UNSEEN = Set.of("script", "style", "head", "title");

  private static final int LONGEST_ENTITY = 10;

  /** Reads any text, in one pass. */
  static String of(String html) {
    StringBuilder lines = new StringBuilder();
    int at = 0;
    while (at < html.length()) {
      char c = html.charAt(at);
      if (c == '<') {
        at = tag(html, at, lines);
      } else if (c == '&') {
        at = entity(html, at, lines);
      } else {
        lines.append(c == '\r' || c == '\n' || c == '\t' || c == '\u00a0' ? ' ' : c);
        at++;
      }
    }
    return lines.toString();
  }

  /** Where it goes on behind a tag, a comment, or what nobody sees. */
  private static int tag(String html, int at, StringBuilder lines) {
    if (html.startsWith("<!--", at)) {
      return behind(html, "-->", at);
    }
    int end = behind(html, ">", at);
    String name = name(html, at + 1, end);
    if (UNSEEN.contains(name)) {
      int close = indexOf(html, "</" + name, end);
      return close < 0 ? html.length() : behind(html, ">", close);
    }
    if (BREAKING.contains(name.startsWith("/") ? name.substring(1) : name)) {
      lines.append('\n');
    }
    return end;
  }

  private static int behind(String html, String end, int at) {
    int found = html.indexOf(end, at);
    return found < 0 ? html.length() : found + end.length();
  }

  private static String name(String html, int from, int to) {
    int end = from;
    while (end < to && end - from < 12 && isOfName(html.charAt(end), end == from)) {
      end++;
    }
    return html.substring(from, end).toLowerCase(Locale.ROOT);
  }

  private static boolean isOfName(char c, boolean first) {
    return (c >= 'a' && c <= 'z')
        || (c >= 'A' && c <= 'Z')
        || (c >= '0' && c <= '9')
        || (first && c == '/');
  }

  private static int indexOf(String html, String what, int from) {
    for (int at = html.indexOf('<', from); at >= 0; at = html.indexOf('<', at + 1)) {
      if (html.regionMatches(true, at, what, 0, what.length())) {
        return at;
      }
    }
    return -1;
  }

  private static int entity(String html, int at, StringBuilder lines) {
    int end = html.indexOf(';', at + 1, Math.min(html.length(), at + LONGEST_ENTITY));
    if (end < 0) {
      lines.append('&');
      return at + 1;
    }
    String text = character(html.substring(at + 1, end).toLowerCase(Locale.ROOT));
    lines.append(text.isEmpty() ? html.substring(at, end + 1) : text);
    return end + 1;
  }

  /** Empty when there is none of this name. */
  private static String character(String entity) {
    return switch (entity) {
      case "nbsp" -> " ";
      case "amp" -> "&";
      case "lt" -> "<";
      case "gt" -> ">";
      case "quot" -> "\"";
      case "apos" -> "'";
      default -> entity.startsWith("#") ? numbered(entity.substring(1)) : "";
    };
  }

  private static String numbered(String number) {
    try {
      int code =
          number.startsWith("x")
              ? Integer.parseInt(number.substring(1), 16)
              : Integer.parseInt(number);
      return code >= ' ' && code <= Character.MAX_CODE_POINT ? Character.toString(code) : " ";
    } catch (NumberFormatException e) {
      return ""; // no number: it stands as it was written
    }
  }

  private HtmlLines() {}
}
