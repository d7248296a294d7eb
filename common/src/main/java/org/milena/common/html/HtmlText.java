package org.milena.common.html;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Set;
import java.util.regex.Pattern;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Element;
import org.jsoup.nodes.Node;
import org.jsoup.nodes.TextNode;
import org.jsoup.select.NodeTraversor;
import org.jsoup.select.NodeVisitor;

/**
 * HTML as somebody would write it in plain text: paragraphs, lists and quotes by their shape, and
 * where links lead. Reads anything, however broken, as browsers do (HTML, 13.2.6 Tree
 * construction); what they do not show is left out. Without recursion, in time in proportion to the
 * HTML, and of its first {@value #MAX_LENGTH} characters only, since its tree is up to fifty times
 * as large.
 */
public final class HtmlText {
  private static final Set<String> BLOCKS =
      Set.of(
          "address",
          "article",
          "aside",
          "blockquote",
          "body",
          "caption",
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
      Set.of("p", "h1", "h2", "h3", "h4", "h5", "h6", "pre", "blockquote", "table", "dl");
  private static final Set<String> LISTS = Set.of("ol", "ul");
  private static final Set<String> UNSEEN =
      Set.of("script", "style", "head", "title", "noscript", "template", "object", "svg", "math");
  private static final Pattern TOLD_TARGETS = Pattern.compile("(?i)(https?|mailto|ftp|tel):.+");

  private static final Pattern HIDING =
      Pattern.compile(
          "(?i)(?:^|;)(?:display:none|visibility:hidden|mso-hide:all"
              + "|(?:max-height|font-size|opacity):0(?:px|pt|em|%)?(?:!important)?(?:;|$))");

  /** Deeper quotes and lists are not told apart. */
  private static final int MAX_LEVEL = 10;

  /** Lines ends in a row: two empty lines between texts. */
  private static final int MAX_LINES = 3;

  private static final int LONGEST_TARGET = 2_000;

  /** As much is read; the largest HTML that people write is a tenth of it. */
  public static final int MAX_LENGTH = 1 << 20;

  private static final String CUT = "\n[The HTML is longer: the rest of it was not made text.]\n";

  /**
   * The text, in lines that end in LF; without control characters. Never fails. Where the HTML is
   * longer than what is read, the last line says so.
   */
  public static String of(String html) {
    String read = html.substring(0, Math.min(html.length(), MAX_LENGTH));
    Writer writer = new Writer(read.length());
    NodeTraversor.traverse(writer, Jsoup.parse(read).body());
    return writer.text() + (read.length() < html.length() ? CUT : "");
  }

  private static final class Writer implements NodeVisitor {
    private final StringBuilder out;

    /** The number of the last item of each list that is open; of those without numbers, -1. */
    private final Deque<Integer> lists = new ArrayDeque<>();

    private String marker = "";
    private int linkStart;
    private int quotes;
    private int lastQuotes;
    private int unseen;
    private int pre;
    private int pendingLines;
    private boolean pendingSpace;
    private int hardSpaces;

    Writer(int length) {
      out = new StringBuilder(length / 2 + 16);
    }

    @Override
    public void head(Node node, int depth) {
      if (node instanceof Element element) {
        if (isUnseen(element)) {
          unseen++;
        } else if (unseen == 0) {
          open(element.normalName(), element);
        }
      } else if (node instanceof TextNode text && unseen == 0) {
        words(text.getWholeText());
      }
    }

    /** Also what is hidden by its style, as the lines are that mail programs show in lists. */
    private static boolean isUnseen(Element element) {
      if (UNSEEN.contains(element.normalName()) || element.hasAttr("hidden")) {
        return true;
      }
      String style = element.attr("style");
      return !style.isEmpty()
          && style.length() <= LONGEST_TARGET
          && HIDING.matcher(style.replaceAll("\\s", "")).find();
    }

    private void open(String tag, Element element) {
      line(tag);
      switch (tag) {
        case "br" -> {
          space(false);
          pendingLines = out.isEmpty() ? 0 : Math.min(pendingLines + 1, MAX_LINES);
        }
        case "blockquote" -> quotes++;
        case "pre" -> pre++;
        case "ul" -> lists.addLast(-1);
        case "ol" -> lists.addLast(0);
        case "li" -> item();
        case "hr" -> "-----".chars().forEach(this::write);
        case "td", "th" -> space(true);
        case "img" -> {
          String shown = element.attr("alt").strip();
          if (!shown.isEmpty()) {
            words("[" + shown + "]");
          }
        }
        case "a" -> linkStart = out.length();
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
      String tag = element.normalName();
      if (isUnseen(element)) {
        unseen--;
      } else if (unseen == 0) {
        close(tag, element);
      }
    }

    private void close(String tag, Element element) {
      switch (tag) {
        case "a" -> target(element.attr("href").replaceAll("[\\p{Cntrl}\\s]", ""));
        case "blockquote" -> quotes--;
        case "pre" -> pre--;
        case "ul", "ol" -> {
          lists.removeLast();
          marker = "";
        }
        default -> {
          // nothing to close
        }
      }
      line(tag);
    }

    /** Blocks begin and end on lines of their own, the larger ones with an empty line between. */
    private void line(String tag) {
      if (SPACED.contains(tag) || (LISTS.contains(tag) && lists.isEmpty())) {
        lines(2);
      } else if (BLOCKS.contains(tag)) {
        lines(1);
      }
    }

    private void lines(int count) {
      space(false);
      pendingLines = out.isEmpty() ? 0 : Math.max(pendingLines, count);
    }

    private void space(boolean wanted) {
      pendingSpace = wanted;
      hardSpaces = 0;
    }

    private void item() {
      Integer last = lists.pollLast();
      if (last == null) {
        marker = "* ";
        return;
      }
      lists.addLast(last < 0 ? last : last + 1);
      marker = last < 0 ? "* " : last + 1 + ". ";
    }

    /** Where a link leads is said, since the words may say otherwise. */
    private void target(String target) {
      String shown = out.substring(Math.min(linkStart, out.length())).strip();
      linkStart = out.length();
      boolean same =
          target.equals(shown) || target.equals(shown + "/") || target.equals("mailto:" + shown);
      if (!same && target.length() <= LONGEST_TARGET && TOLD_TARGETS.matcher(target).matches()) {
        words(" <" + target + ">");
      }
    }

    private void words(String text) {
      text.codePoints().forEach(this::character);
    }

    private void character(int c) {
      if (c == '\n' && pre > 0) {
        space(false);
        pendingLines = out.isEmpty() ? 0 : Math.min(pendingLines + 1, MAX_LINES);
      } else if (c == '\u00a0' || ((c == ' ' || c == '\t') && pre > 0)) {
        hardSpaces += pendingSpace && !lineBegins() ? 2 : 1;
        pendingSpace = false;
      } else if (c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '\f') {
        pendingSpace = true;
      } else if (Character.getType(c) == Character.SURROGATE) {
        write('\ufffd');
      } else if (!Character.isISOControl(c) && c != '\u00ad' && c != '\u200b') {
        write(c);
      }
    }

    private void write(int c) {
      if (lineBegins()) {
        beginLine();
      }
      if (hardSpaces > 0) {
        out.repeat(' ', hardSpaces + (pendingSpace ? 1 : 0));
      } else if (pendingSpace && !out.isEmpty() && !endsInSpace()) {
        out.append(' ');
      }
      space(false);
      out.appendCodePoint(c);
    }

    private boolean lineBegins() {
      return out.isEmpty() || pendingLines > 0;
    }

    private void beginLine() {
      for (int i = 0; i < pendingLines; i++) {
        out.append(i == 0 ? "" : marks(Math.min(quotes, lastQuotes))).append('\n');
      }
      pendingLines = 0;
      pendingSpace &= hardSpaces > 0;
      lastQuotes = quotes;
      if (quotes > 0) {
        out.append(marks(quotes)).append(' ');
      }
      int indent = Math.min(lists.size(), MAX_LEVEL) - (marker.isEmpty() ? 0 : 1);
      out.repeat("  ", Math.max(0, indent)).append(marker);
      marker = "";
    }

    private boolean endsInSpace() {
      return Character.isWhitespace(out.charAt(out.length() - 1));
    }

    private static String marks(int count) {
      return ">".repeat(Math.min(count, MAX_LEVEL));
    }

    String text() {
      return out.isEmpty() ? "" : out.append('\n').toString();
    }
  }

  private HtmlText() {}
}
