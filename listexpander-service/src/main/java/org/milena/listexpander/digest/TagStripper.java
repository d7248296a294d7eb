package org.milena.listexpander.digest;

import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * HTML to text in one pass: tags go, those that begin a block become line ends, what nobody sees is
 * left out. Reads whatever there is, as browsers do, and builds no tree.
 */
public final class TagStripper implements HtmlToText {
  private static final Set<String> BLOCKS =
      Set.of(
          "address", "article", "center", "dd", "div", "dl", "dt", "footer", "form", "header", "hr",
          "li", "main", "section", "tr");
  private static final Set<String> SPACED =
      Set.of("p", "h1", "h2", "h3", "h4", "h5", "h6", "pre", "blockquote", "table", "ul", "ol");
  private static final Set<String> UNSEEN =
      Set.of("script", "style", "head", "title", "noscript", "template", "svg", "textarea");
  private static final Map<String, String> ENTITIES =
      Map.ofEntries(
          Map.entry("amp", "&"),
          Map.entry("lt", "<"),
          Map.entry("gt", ">"),
          Map.entry("quot", "\""),
          Map.entry("apos", "'"),
          Map.entry("nbsp", " "),
          Map.entry("copy", "©"),
          Map.entry("reg", "®"),
          Map.entry("trade", "™"),
          Map.entry("euro", "€"),
          Map.entry("hellip", "…"),
          Map.entry("ndash", "–"),
          Map.entry("mdash", "—"),
          Map.entry("lsquo", "‘"),
          Map.entry("rsquo", "’"),
          Map.entry("ldquo", "“"),
          Map.entry("rdquo", "”"),
          Map.entry("laquo", "«"),
          Map.entry("raquo", "»"),
          Map.entry("auml", "ä"),
          Map.entry("ouml", "ö"),
          Map.entry("uuml", "ü"),
          Map.entry("Auml", "Ä"),
          Map.entry("Ouml", "Ö"),
          Map.entry("Uuml", "Ü"),
          Map.entry("szlig", "ß"),
          Map.entry("eacute", "é"),
          Map.entry("egrave", "è"),
          Map.entry("agrave", "à"),
          Map.entry("ccedil", "ç"));
  private static final int LONGEST_ENTITY = 10;

  /** So far quotes are looked at: many tags with open ones would cost time squared. */
  private static final int LONGEST_TAG = 1_000;

  @Override
  public String text(String html) {
    return new Pass(html).run();
  }

  private static final class Pass {
    private final String html;
    private final StringBuilder out;
    private int at;
    private int lines;
    private boolean space;
    private int preformatted;

    Pass(String html) {
      this.html = html;
      this.out = new StringBuilder(html.length() / 2 + 16);
    }

    String run() {
      while (at < html.length()) {
        char c = html.charAt(at);
        if (c == '<' && beginsMarkup()) {
          markup();
        } else if (c == '&') {
          entity();
        } else {
          at++;
          character(c);
        }
      }
      return out.isEmpty() ? "" : out.append('\n').toString();
    }

    /** A lone {@code <} is text, as in {@code a < b}. */
    private boolean beginsMarkup() {
      if (at + 1 >= html.length()) {
        return false;
      }
      char next = html.charAt(at + 1);
      return Character.isLetter(next) || next == '/' || next == '!' || next == '?';
    }

    private void markup() {
      if (html.startsWith("<!--", at)) {
        at = behind(html.indexOf("-->", at + 4), 3);
        return;
      }
      int end = tagEnd();
      boolean closes = html.startsWith("</", at);
      String name = name(at + (closes ? 2 : 1), end);
      at = end;
      if (UNSEEN.contains(name) && !closes) {
        skipTo(name);
        return;
      }
      if (SPACED.contains(name)) {
        lineEnds(2);
      } else if (name.equals("br")) {
        space = false;
        lines = out.isEmpty() ? 0 : Math.min(lines + 1, 3);
      } else if (BLOCKS.contains(name)) {
        lineEnds(1);
      } else if (name.equals("td") || name.equals("th")) {
        space = true;
      }
      if (name.equals("pre")) {
        preformatted = Math.max(0, preformatted + (closes ? -1 : 1));
      } else if (name.equals("li") && !closes) {
        word('*');
        space = true;
      } else if (name.equals("hr")) {
        "-----".chars().forEach(dash -> word((char) dash));
        lineEnds(1);
      }
    }

    /** Behind the tag that begins here; a {@code >} in quotes does not end it. */
    private int tagEnd() {
      char quote = 0;
      int last = Math.min(html.length(), at + LONGEST_TAG);
      for (int i = at + 1; i < last; i++) {
        char c = html.charAt(i);
        if (quote != 0) {
          quote = c == quote ? 0 : quote;
        } else if (c == '>') {
          return i + 1;
        } else if ((c == '"' || c == '\'') && html.charAt(i - 1) == '=') {
          quote = c;
        }
      }
      // a quote that does not close: the tag ends where it would without quotes
      return behind(html.indexOf('>', at), 1);
    }

    private String name(int from, int end) {
      int to = from;
      while (to < end && to - from < 20 && Character.isLetterOrDigit(html.charAt(to))) {
        to++;
      }
      return html.substring(Math.min(from, to), to).toLowerCase(Locale.ROOT);
    }

    private void skipTo(String name) {
      int close = at;
      while ((close = html.indexOf("</", close)) >= 0) {
        if (html.regionMatches(true, close + 2, name, 0, name.length())) {
          at = behind(html.indexOf('>', close), 1);
          return;
        }
        close += 2;
      }
      at = html.length();
    }

    private int behind(int found, int length) {
      return found < 0 ? html.length() : found + length;
    }

    private void entity() {
      int end = html.indexOf(';', at, Math.min(html.length(), at + LONGEST_ENTITY + 1));
      if (end > at + 1) {
        String meaning = meaning(html.substring(at + 1, end));
        if (!meaning.isEmpty()) {
          meaning.chars().forEach(c -> character((char) c));
          at = end + 1;
          return;
        }
      }
      at++;
      character('&');
    }

    private static String meaning(String entity) {
      if (entity.charAt(0) != '#') {
        return ENTITIES.getOrDefault(entity, "");
      }
      boolean hex = entity.length() > 2 && (entity.charAt(1) == 'x' || entity.charAt(1) == 'X');
      try {
        int point = Integer.parseInt(entity.substring(hex ? 2 : 1), hex ? 16 : 10);
        boolean shown = Character.isValidCodePoint(point) && (point < 0xD800 || point > 0xDFFF);
        return shown && point > 0 ? Character.toString(point) : "";
      } catch (NumberFormatException _) {
        return "";
      }
    }

    private void character(char c) {
      if (preformatted > 0 && c == '\n') {
        lines = out.isEmpty() ? 0 : Math.min(lines + 1, 3);
      } else if (preformatted > 0 && c == ' ') {
        word(c);
      } else if (c <= ' ' || c == 0xA0) {
        space = true;
      } else {
        word(c);
      }
    }

    private void lineEnds(int count) {
      space = false;
      if (!out.isEmpty()) {
        lines = Math.max(lines, count);
      }
    }

    private void word(char c) {
      boolean begins = out.isEmpty() || lines > 0;
      out.repeat('\n', lines);
      if (space && !begins) {
        out.append(' ');
      }
      lines = 0;
      space = false;
      out.append(c);
    }
  }
}
