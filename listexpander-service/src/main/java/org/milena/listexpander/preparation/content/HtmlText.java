package org.milena.listexpander.preparation.content;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * HTML as text that reads well: paragraphs, lists, quotes and tables by their shape, links with
 * their addresses behind. One pass over anything, however broken; what is inside tags that never
 * end is lost, as browsers do.
 */
public final class HtmlText {
  private static final Set<String> RAW = Set.of("script", "style", "title", "template", "noscript");
  private static final Set<String> PARAGRAPHS =
      Set.of("p", "h1", "h2", "h3", "h4", "h5", "h6", "table", "dl", "pre");
  private static final Set<String> BLOCKS =
      Set.of(
          "div",
          "section",
          "article",
          "header",
          "footer",
          "address",
          "form",
          "tr",
          "dt",
          "dd",
          "caption",
          "center",
          "main",
          "nav",
          "aside",
          "figure",
          "figcaption",
          "fieldset",
          "body");

  /** Deeper quotes and lists are not told apart. */
  private static final int MAX_LEVEL = 10;

  private static final int MAX_BREAKS = 2;
  private static final int MAX_ATTRIBUTE = 2_000;

  private final String html;
  private final StringBuilder out;
  private final Deque<Integer> lists = new ArrayDeque<>();
  private int at;
  private int quotes;
  private int preformatted;
  private int breaks;
  private boolean space;
  private boolean cell;
  private String marker = "";
  private String link = "";
  private int linkStart;

  private HtmlText(String html) {
    this.html = html;
    this.out = new StringBuilder(html.length() / 2 + 16);
  }

  /** The text, with lines that end in {@code \n}. */
  public static String of(String html) {
    return new HtmlText(html).read();
  }

  private String read() {
    while (at < html.length()) {
      char c = html.charAt(at);
      if (c == '<' && at + 1 < html.length() && isTagStart(html.charAt(at + 1))) {
        markup();
      } else if (c == '&') {
        reference();
      } else {
        at++;
        text(c);
      }
    }
    return out.append(out.isEmpty() ? "" : "\n").toString();
  }

  private static boolean isTagStart(char c) {
    return c == '/' || c == '!' || c == '?' || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
  }

  private void reference() {
    int end = HtmlReferences.end(html, at);
    if (end < 0) {
      at++;
      put('&');
      return;
    }
    String text = HtmlReferences.decode(html, at, end);
    at = end;
    for (int i = 0; i < text.length(); i++) {
      text(text.charAt(i));
    }
  }

  private void text(char c) {
    if (c == '\n' && preformatted > 0) {
      breaks = Math.min(breaks + 1, MAX_BREAKS);
    } else if (c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '\f') {
      if (preformatted > 0 && c != '\r') {
        put(' ');
      } else {
        space = true;
      }
    } else if (c == '\u00a0') {
      put(' ');
    } else if (c > ' ' && c != '\u007f' && c != '\u00ad' && c != '\u200b') {
      put(c);
    }
  }

  private void put(char c) {
    boolean lineBegins = out.isEmpty() || breaks > 0;
    if (lineBegins) {
      for (int i = 0; i < breaks && !out.isEmpty(); i++) {
        out.append(i > 0 ? ">".repeat(level(quotes)) : "").append('\n');
      }
      breaks = 0;
      out.append("> ".repeat(level(quotes))).append("  ".repeat(indent())).append(marker);
      marker = "";
    } else if (cell) {
      out.append(" | ");
    } else if (space && !Character.isWhitespace(out.charAt(out.length() - 1))) {
      out.append(' ');
    }
    cell = false;
    space = false;
    out.append(c);
  }

  private int indent() {
    return Math.max(0, level(lists.size()) - (marker.isEmpty() ? 0 : 1));
  }

  private static int level(int depth) {
    return Math.min(depth, MAX_LEVEL);
  }

  private void newLine(int count) {
    breaks = out.isEmpty() ? 0 : Math.max(breaks, count);
    space = false;
    cell = false;
  }

  private void markup() {
    if (html.startsWith("<!--", at)) {
      int end = html.indexOf("-->", at + 4);
      at = end < 0 ? html.length() : end + 3;
      return;
    }
    if (html.charAt(at + 1) == '!' || html.charAt(at + 1) == '?') {
      int end = html.indexOf('>', at);
      at = end < 0 ? html.length() : end + 1;
      return;
    }
    boolean closing = html.charAt(at + 1) == '/';
    at += closing ? 2 : 1;
    int nameStart = at;
    while (at < html.length() && Character.isLetterOrDigit(html.charAt(at))) {
      at++;
    }
    String name = html.substring(nameStart, Math.min(at, nameStart + 20)).toLowerCase(Locale.ROOT);
    Map<String, String> attributes = attributes();
    if (closing) {
      close(name);
    } else {
      open(name, attributes);
    }
  }

  /** Reads up to the end of the tag. */
  private Map<String, String> attributes() {
    Map<String, String> found = new HashMap<>();
    while (at < html.length() && html.charAt(at) != '>') {
      int start = at;
      while (at < html.length() && " \t\r\n\f=>/\"'".indexOf(html.charAt(at)) < 0) {
        at++;
      }
      if (at == start) {
        at++;
        continue;
      }
      int nameEnd = at;
      skipSpace();
      String value = "";
      if (at < html.length() && html.charAt(at) == '=') {
        at++;
        skipSpace();
        value = attributeValue();
      }
      if (nameEnd - start <= 10) {
        found.putIfAbsent(html.substring(start, nameEnd).toLowerCase(Locale.ROOT), value);
      }
    }
    at = Math.min(html.length(), at + 1);
    return found;
  }

  private void skipSpace() {
    while (at < html.length() && Character.isWhitespace(html.charAt(at))) {
      at++;
    }
  }

  private String attributeValue() {
    if (at >= html.length()) {
      return "";
    }
    char quote = html.charAt(at);
    int start = at;
    int end;
    if (quote == '"' || quote == '\'') {
      start++;
      end = html.indexOf(quote, start);
      end = end < 0 ? html.length() : end;
      at = Math.min(html.length(), end + 1);
    } else {
      while (at < html.length() && html.charAt(at) != '>' && html.charAt(at) > ' ') {
        at++;
      }
      end = at;
    }
    return HtmlReferences.decodeAll(html.substring(start, Math.min(end, start + MAX_ATTRIBUTE)));
  }

  private void open(String name, Map<String, String> attributes) {
    if (RAW.contains(name)) {
      skipRaw(name);
    } else if (PARAGRAPHS.contains(name)) {
      newLine(2);
      preformatted += name.equals("pre") ? 1 : 0;
    } else if (BLOCKS.contains(name)) {
      newLine(1);
    } else {
      switch (name) {
        case "br" -> {
          breaks = Math.min(breaks + (out.isEmpty() ? 0 : 1), MAX_BREAKS);
          space = false;
        }
        case "blockquote" -> {
          newLine(lists.isEmpty() && quotes == 0 ? 2 : 1);
          quotes++;
        }
        case "ul" -> openList(-1);
        case "ol" -> openList(0);
        case "li" -> item();
        case "td", "th" -> cell = breaks == 0 && !out.isEmpty();
        case "hr" -> {
          newLine(1);
          "-".repeat(20).chars().forEach(c -> put((char) c));
          newLine(1);
        }
        case "img" -> words("[", attributes.getOrDefault("alt", ""), "]");
        case "a" -> {
          endLink();
          link = attributes.getOrDefault("href", "").replaceAll("[\\p{Cntrl}\\s]", "");
          linkStart = out.length();
        }
        default -> {
          // it has no shape
        }
      }
    }
  }

  private void close(String name) {
    if (PARAGRAPHS.contains(name)) {
      newLine(2);
      preformatted -= name.equals("pre") && preformatted > 0 ? 1 : 0;
    } else if (BLOCKS.contains(name)) {
      newLine(1);
    } else {
      switch (name) {
        case "blockquote" -> {
          newLine(2);
          quotes = Math.max(0, quotes - 1);
        }
        case "ul", "ol" -> {
          lists.pollLast();
          marker = "";
          newLine(lists.isEmpty() ? 2 : 1);
        }
        case "a" -> endLink();
        default -> {
          // likewise
        }
      }
    }
  }

  private void openList(int number) {
    newLine(lists.isEmpty() ? 2 : 1);
    lists.addLast(number);
  }

  private void item() {
    newLine(1);
    Integer number = lists.pollLast();
    int next = number == null || number < 0 ? -1 : number + 1;
    lists.addLast(next);
    marker = next < 0 ? "- " : next + ". ";
  }

  /** Says where a link leads, unless its text does. */
  private void endLink() {
    String target = link;
    if (target.isEmpty()) {
      return;
    }
    link = "";
    String text = out.substring(Math.min(linkStart, out.length())).strip();
    boolean shown = text.equals(target) || ("mailto:" + text).equals(target);
    if (!shown && target.matches("(?i)(https?|mailto|ftp|tel):.+")) {
      words(" <", target, ">");
    }
  }

  private void words(String before, String text, String after) {
    if (!text.isBlank()) {
      (before + text.strip() + after).chars().forEach(c -> text((char) c));
    }
  }

  private void skipRaw(String name) {
    int from = at;
    while (from >= 0) {
      int end = html.indexOf("</", from);
      if (end < 0) {
        at = html.length();
        return;
      }
      if (html.regionMatches(true, end + 2, name, 0, name.length())) {
        int close = html.indexOf('>', end);
        at = close < 0 ? html.length() : close + 1;
        return;
      }
      from = end + 2;
    }
  }
}
