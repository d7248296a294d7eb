package org.milena.listexpander.moderation;

import java.util.Locale;
import java.util.Set;

/**
 * The lines of an answer that came as HTML only. Not a rendering: what was typed above a quotation,
 * and nothing of the quotation.
 */
final class HtmlLines {
  private static final Set<String> UNSEEN = Set.of("head", "style", "script", "title");
  private static final Set<String> BLOCKS =
      Set.of("p", "div", "li", "ul", "ol", "table", "tr", "pre", "hr", "h1", "h2", "h3");

  private static final String QUOTE = "blockquote";

  private final String html;
  private final StringBuilder text = new StringBuilder();

  private HtmlLines(String html) {
    this.html = html;
  }

  /** The text; its first line is the first that is not empty. */
  static String of(String html) {
    HtmlLines lines = new HtmlLines(html);
    lines.read();
    return lines.text.toString().stripLeading();
  }

  private void read() {
    int at = 0;
    while (at < html.length()) {
      char c = html.charAt(at);
      if (c != '<') {
        at = c == '&' ? entity(at) : character(c, at);
        continue;
      }
      if (html.startsWith("<!--", at)) {
        at = behind("-->", at + 2);
        continue;
      }
      int end = html.indexOf('>', at);
      if (end < 0) {
        return;
      }
      String name = name(at + 1, end);
      if (name.equals(QUOTE)) {
        newLine();
        text.append("> quoted");
        return;
      }
      at = UNSEEN.contains(name) ? behind("</" + name, end) : end + 1;
      if (name.equals("br")) {
        text.append('\n');
      } else if (BLOCKS.contains(name.startsWith("/") ? name.substring(1) : name)) {
        newLine();
      }
    }
  }

  /** White space is one space, as browsers show it. */
  private int character(char c, int at) {
    if (!Character.isWhitespace(c)) {
      text.append(c);
    } else if (!text.isEmpty() && !Character.isWhitespace(text.charAt(text.length() - 1))) {
      text.append(' ');
    }
    return at + 1;
  }

  private int entity(int at) {
    int end = html.substring(at, Math.min(html.length(), at + 9)).indexOf(';') + at;
    if (end < at) {
      text.append('&');
      return at + 1;
    }
    String name = html.substring(at + 1, end);
    text.append(
        switch (name.toLowerCase(Locale.ROOT)) {
          case "amp" -> "&";
          case "lt" -> "<";
          case "gt" -> ">";
          case "quot" -> "\"";
          case "apos", "#39" -> "'";
          case "nbsp", "#160" -> " ";
          default -> "&" + name + ";";
        });
    return end + 1;
  }

  private String name(int from, int end) {
    int to = from;
    while (to < end && to - from < 12 && !Character.isWhitespace(html.charAt(to))) {
      to++;
    }
    String name = html.substring(from, to).toLowerCase(Locale.ROOT);
    return name.length() > 1 && name.endsWith("/") ? name.substring(0, name.length() - 1) : name;
  }

  private int behind(String what, int from) {
    for (int at = from; at + what.length() <= html.length(); at++) {
      if (html.regionMatches(true, at, what, 0, what.length())) {
        return at + what.length() + (what.startsWith("</") ? toEnd(at + what.length()) : 0);
      }
    }
    return html.length();
  }

  private int toEnd(int from) {
    int end = html.indexOf('>', from);
    return end < 0 ? html.length() - from : end + 1 - from;
  }

  private void newLine() {
    if (!text.isEmpty() && text.charAt(text.length() - 1) != '\n') {
      text.append('\n');
    }
  }
}
