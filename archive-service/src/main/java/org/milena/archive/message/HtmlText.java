package org.milena.archive.message;

import java.util.Locale;
import java.util.Set;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Element;
import org.jsoup.nodes.Node;
import org.jsoup.nodes.TextNode;
import org.jsoup.select.NodeTraversor;
import org.jsoup.select.NodeVisitor;

/**
 * HTML as somebody would write it in plain text: paragraphs, lists, quotes and the targets of
 * links. Without recursion.
 */
final class HtmlText {
  private static final Set<String> BLOCKS =
      Set.of(
          "address",
          "article",
          "aside",
          "blockquote",
          "body",
          "center",
          "dd",
          "div",
          "dl",
          "dt",
          "fieldset",
          "figcaption",
          "figure",
          "footer",
          "form",
          "h1",
          "h2",
          "h3",
          "h4",
          "h5",
          "h6",
          "header",
          "hr",
          "li",
          "main",
          "nav",
          "ol",
          "p",
          "pre",
          "section",
          "table",
          "tr",
          "ul");
  private static final Set<String> SPACED =
      Set.of("p", "h1", "h2", "h3", "h4", "h5", "h6", "pre", "blockquote", "table", "ul", "ol");
  private static final Set<String> UNSEEN =
      Set.of("script", "style", "head", "title", "noscript", "template", "object", "svg", "math");

  static String of(String html) {
    Writer writer = new Writer();
    NodeTraversor.traverse(writer, Jsoup.parse(html).body());
    return writer.text();
  }

  private static final class Writer implements NodeVisitor {
    private final StringBuilder out = new StringBuilder();
    private int quotes;
    private int lastQuotes;
    private int unseen;
    private int pre;
    private int pendingLines;
    private boolean pendingSpace;

    @Override
    public void head(Node node, int depth) {
      if (node instanceof TextNode text) {
        if (unseen == 0) {
          words(text.getWholeText());
        }
      } else if (node instanceof Element element) {
        open(element.tagName().toLowerCase(Locale.ROOT), element);
      }
    }

    private void open(String tag, Element element) {
      if (UNSEEN.contains(tag)) {
        unseen++;
        return;
      }
      if (BLOCKS.contains(tag)) {
        line(SPACED.contains(tag) ? 2 : 1);
      }
      switch (tag) {
        case "br" -> {
          pendingSpace = false;
          pendingLines = Math.min(pendingLines + 1, 3);
        }
        case "blockquote" -> quotes++;
        case "pre" -> pre++;
        case "li" -> write("* ");
        case "hr" -> write("-----");
        case "td", "th" -> pendingSpace = true;
        case "img" -> {
          String alt = element.attr("alt").strip();
          if (!alt.isEmpty() && unseen == 0) {
            words("[" + alt + "]");
          }
        }
        default -> {
          // everything else is its content
        }
      }
    }

    @Override
    public void tail(Node node, int depth) {
      if (!(node instanceof Element element)) {
        return;
      }
      String tag = element.tagName().toLowerCase(Locale.ROOT);
      if (UNSEEN.contains(tag)) {
        unseen--;
        return;
      }
      if (tag.equals("a") && unseen == 0) {
        target(element);
      }
      if (BLOCKS.contains(tag)) {
        line(SPACED.contains(tag) ? 2 : 1);
      }
      switch (tag) {
        case "blockquote" -> quotes--;
        case "pre" -> pre--;
        default -> {
          // nothing to close
        }
      }
    }

    /** Where a link leads is said, since the words may say otherwise. */
    private void target(Element link) {
      String href = link.attr("href").strip();
      String shown = link.text().strip();
      boolean web = href.startsWith("http://") || href.startsWith("https://");
      if (web && !href.equals(shown) && !href.equals(shown + "/") && href.length() < 500) {
        words(" <" + href + ">");
      }
    }

    private void line(int count) {
      pendingSpace = false;
      if (!out.isEmpty()) {
        pendingLines = Math.max(pendingLines, count);
      }
    }

    private void words(String text) {
      if (pre > 0) {
        preformatted(text);
        return;
      }
      int i = 0;
      while (i < text.length()) {
        int start = i;
        while (i < text.length() && !isSpace(text.charAt(i))) {
          i++;
        }
        if (i > start) {
          write(text.substring(start, i));
        }
        if (i < text.length()) {
          pendingSpace = true;
          i++;
        }
      }
    }

    private void preformatted(String text) {
      String[] lines = text.split("\n", -1);
      for (int i = 0; i < lines.length; i++) {
        if (i > 0) {
          pendingLines = Math.min(pendingLines + 1, 3);
        }
        if (!lines[i].isEmpty()) {
          write(lines[i]);
        }
      }
    }

    private void write(String word) {
      if (unseen > 0) {
        return;
      }
      boolean newLine = out.isEmpty() || pendingLines > 0;
      if (pendingLines > 0 && !out.isEmpty()) {
        for (int i = 1; i < pendingLines; i++) {
          out.append('\n').append(marks(Math.min(quotes, lastQuotes)));
        }
        out.append('\n');
      }
      if (newLine && quotes > 0) {
        out.append(marks(quotes)).append(' ');
      }
      if (pendingSpace && !newLine && out.charAt(out.length() - 1) != ' ') {
        out.append(' ');
      }
      pendingLines = 0;
      pendingSpace = false;
      lastQuotes = quotes;
      out.append(word);
    }

    private static String marks(int count) {
      return ">".repeat(Math.min(count, 10));
    }

    private static boolean isSpace(char c) {
      return c == ' ' || c == '\n' || c == '\r' || c == '\t' || c == '\f' || c == 0xA0;
    }

    String text() {
      return out.isEmpty() ? "" : out.append('\n').toString();
    }
  }

  private HtmlText() {}
}
