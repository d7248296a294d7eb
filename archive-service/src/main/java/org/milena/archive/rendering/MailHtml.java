package org.milena.archive.rendering;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.jsoup.nodes.Node;
import org.jsoup.nodes.TextNode;
import org.jsoup.select.NodeTraversor;
import org.jsoup.select.NodeVisitor;
import org.milena.archive.message.AddressMask;
import org.milena.common.html.HtmlText;
import org.milena.common.mail.RawMessage;
import org.milena.common.mime.MimeWalker;
import org.owasp.html.CssSchema;
import org.owasp.html.HtmlPolicyBuilder;
import org.owasp.html.PolicyFactory;

/**
 * The HTML of a mail, made harmless: what formats stays; scripts, forms, frames, style sheets and
 * everything that loads from elsewhere goes. Pictures that the mail brings itself stand inside as
 * {@code data:} URLs, so that the document loads nothing at all: all of them are written here, of
 * octets that were looked at; those of the mail are read and written anew, or go. Links lead to the
 * web only.
 *
 * <p>It is read and written by jsoup as browsers do, and the sanitizer has the last word. Still it
 * belongs into a sandboxed frame under a policy of its own.
 *
 * @param document a whole HTML document
 * @param elsewhere pictures that were not in the mail and are left out
 * @param unshown pictures that were in the mail, or said so, and are left out: of other kinds than
 *     PNG, JPEG, GIF and WebP, too large, or not there
 * @param cut whether the mail has more HTML than is shown
 */
public record MailHtml(String document, int elsewhere, int unshown, boolean cut) {
  private static final PolicyFactory POLICY =
      new HtmlPolicyBuilder()
          .allowElements(
              "a",
              "abbr",
              "address",
              "article",
              "aside",
              "b",
              "bdi",
              "bdo",
              "big",
              "blockquote",
              "br",
              "caption",
              "center",
              "cite",
              "code",
              "col",
              "colgroup",
              "dd",
              "del",
              "dfn",
              "div",
              "dl",
              "dt",
              "em",
              "figcaption",
              "figure",
              "font",
              "footer",
              "h1",
              "h2",
              "h3",
              "h4",
              "h5",
              "h6",
              "header",
              "hr",
              "i",
              "img",
              "ins",
              "kbd",
              "li",
              "main",
              "mark",
              "nav",
              "ol",
              "p",
              "pre",
              "q",
              "s",
              "samp",
              "section",
              "small",
              "span",
              "strike",
              "strong",
              "sub",
              "sup",
              "table",
              "tbody",
              "td",
              "tfoot",
              "th",
              "thead",
              "time",
              "tr",
              "tt",
              "u",
              "ul",
              "var",
              "wbr")
          .allowUrlProtocols("http", "https", "mailto", "data")
          .allowAttributes("href")
          .matching(Pattern.compile("(?i)(?:https?://|mailto:).*+", Pattern.DOTALL))
          .onElements("a")
          .allowAttributes("target")
          .matching(true, "_blank")
          .onElements("a")
          .requireRelsOnLinks("nofollow", "noopener", "noreferrer", "ugc")
          .allowAttributes("src")
          .matching(
              Pattern.compile("data:image/(?:png|jpeg|gif|webp);base64,[A-Za-z0-9+/]*+={0,2}"))
          .onElements("img")
          .allowAttributes(
              "align",
              "alt",
              "bgcolor",
              "border",
              "cellpadding",
              "cellspacing",
              "color",
              "colspan",
              "dir",
              "face",
              "height",
              "lang",
              "rowspan",
              "size",
              "start",
              "title",
              "type",
              "valign",
              "width")
          .globally()
          .allowStyling(CssSchema.DEFAULT)
          .toFactory();

  private static final String HEAD =
      "<!DOCTYPE html>\n<html><head><meta charset=\"utf-8\">"
          + "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">"
          + "<meta name=\"color-scheme\" content=\"light\"><title>Mail</title>"
          + "<style>body{margin:1rem;background:#fff;color:#1b2430;overflow-wrap:anywhere;"
          + "font:1rem/1.5 system-ui,sans-serif}img{max-width:100%;height:auto}"
          + "pre{white-space:pre-wrap}table{max-width:100%}</style></head><body>\n";

  /**
   * The HTML of this message; empty where it has none.
   *
   * @param masked whether addresses in it are hidden
   * @param words for pictures that cannot be shown
   */
  public static Optional<MailHtml> of(RawMessage message, boolean masked, RenderingWords words) {
    HtmlParts parts = new HtmlParts(HtmlText.MAX_LENGTH);
    List<String> unused = new MimeWalker(parts).walk(message);
    if (parts.isEmpty()) {
      return Optional.empty();
    }
    Document read = Jsoup.parse(parts.html());
    read.outputSettings().prettyPrint(false);
    read.select("script, style, template, noscript, title, svg, math, iframe, object, embed")
        .remove();
    MailPictures pictures = new MailPictures(parts, words);
    pictures.put(read, message);
    for (Element link : read.select("a[href], area[href]")) {
      String target = link.attr("href").strip();
      if (masked && !AddressMask.mask(unescaped(target)).equals(unescaped(target))) {
        link.removeAttr("href");
      } else {
        link.attr("href", target).attr("target", "_blank");
      }
    }
    if (masked) {
      mask(read);
    }
    return Optional.of(
        new MailHtml(
            HEAD + POLICY.sanitize(read.body().html()) + "\n</body></html>\n",
            pictures.elsewhere(),
            pictures.unshown(),
            parts.isCut()));
  }

  private static String unescaped(String target) {
    return target.replaceAll("(?i)%40", "@");
  }

  /** Addresses are hidden across the marks inside them: {@code <b>alice</b>@example.org}. */
  private static void mask(Document read) {
    List<TextNode> texts = new ArrayList<>();
    StringBuilder line = new StringBuilder();
    NodeTraversor.traverse(
        new NodeVisitor() {
          @Override
          public void head(Node node, int depth) {
            if (node instanceof TextNode text) {
              texts.add(text);
              line.append(text.getWholeText());
            } else if (node instanceof Element element) {
              if (element.isBlock() || element.nameIs("br")) {
                flush();
              }
              element
                  .attributes()
                  .forEach(attribute -> {
                    if (!attribute.getKey().equals("src") && !attribute.getKey().equals("href")) {
                      attribute.setValue(AddressMask.mask(attribute.getValue()));
                    }
                  });
            }
          }

          @Override
          public void tail(Node node, int depth) {
            if (node instanceof Element element && (element.isBlock() || depth == 0)) {
              flush();
            }
          }

          private void flush() {
            maskLine(texts, line.toString());
            texts.clear();
            line.setLength(0);
          }
        },
        read.body());
  }

  private static void maskLine(List<TextNode> texts, String line) {
    if (AddressMask.mask(line).equals(line)) {
      return;
    }
    boolean apart = false;
    for (TextNode text : texts) {
      String masked = AddressMask.mask(text.getWholeText());
      apart |= masked.equals(text.getWholeText()) && texts.size() > 1;
      text.text(masked);
    }
    String left = String.join("", texts.stream().map(TextNode::getWholeText).toList());
    if (apart && !AddressMask.mask(left).equals(left)) {
      // an address in pieces: the line is kept, its marks are not
      texts.getFirst().text(AddressMask.mask(left));
      texts.subList(1, texts.size()).forEach(text -> text.text(""));
    }
  }
}
