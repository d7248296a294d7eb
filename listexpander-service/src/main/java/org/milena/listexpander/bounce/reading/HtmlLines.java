package org.milena.listexpander.bounce.reading;

import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** The words of an HTML report, line by line. Not for showing: nothing is made safe. */
final class HtmlLines {
  private static final int MAX_TAG = 2000;
  private static final int MAX_ENTITY = 8;
  private static final Set<String> BREAKS =
      Set.of("br", "p", "/p", "div", "/div", "tr", "/tr", "li", "/td", "h1", "h2", "h3", "pre");
  private static final Map<String, String> ENTITIES =
      Map.of("nbsp", " ", "lt", "<", "gt", ">", "amp", "&", "quot", "\"", "#39", "'", "#64", "@");

  /** One pass; an unclosed tag is text. */
  static String plain(String html) {
    StringBuilder plain = new StringBuilder(html.length());
    for (int i = 0; i < html.length(); ) {
      char c = html.charAt(i);
      if (c == '<') {
        int end = html.indexOf('>', i, Math.min(html.length(), i + MAX_TAG));
        if (end > i) {
          if (BREAKS.contains(name(html.substring(i + 1, end)))) {
            plain.append('\n');
          }
          i = end + 1;
          continue;
        }
      } else if (c == '&') {
        int end = html.indexOf(';', i, Math.min(html.length(), i + MAX_ENTITY));
        String known = end < 0 ? null : ENTITIES.get(html.substring(i + 1, end));
        if (known != null) {
          plain.append(known);
          i = end + 1;
          continue;
        }
      }
      plain.append(c);
      i++;
    }
    return plain.toString();
  }

  private static String name(String tag) {
    int end = 0;
    while (end < tag.length() && tag.charAt(end) > ' ' && (end == 0 || tag.charAt(end) != '/')) {
      end++;
    }
    return tag.substring(0, end).toLowerCase(Locale.ROOT);
  }

  private HtmlLines() {}
}
