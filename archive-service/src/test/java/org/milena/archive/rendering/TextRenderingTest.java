package org.milena.archive.message;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Set;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Attribute;
import org.jsoup.nodes.Element;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.milena.testkit.corpus.Corpus;
import org.milena.testkit.corpus.CorpusMessage;

class TextRenderingTest {
  private static final Set<String> TAGS = Set.of("div", "blockquote", "a", "details", "summary");
  private static final Set<String> ATTRIBUTES = Set.of("class", "href", "rel");

  @Test
  void marksQuotesByDepth() {
    assertThat(TextRendering.of("Hi\n> one\n> > two\n>> three\nno\n").toString())
        .isEqualTo(
            "<div class=\"text\">Hi</div>"
                + "<blockquote class=\"quote\"><div class=\"text\">one</div>"
                + "<blockquote class=\"quote\"><div class=\"text\">two\nthree</div></blockquote>"
                + "</blockquote><div class=\"text\">no</div>");
  }

  @Test
  void foldsLongQuotes() {
    assertThat(TextRendering.of("> x\n".repeat(15)).toString())
        .startsWith("<details class=\"fold\"><summary>15 quoted lines</summary><blockquote")
        .endsWith("</blockquote></details>");
  }

  @Test
  void setsTheSignatureApart() {
    assertThat(TextRendering.of("a\n-- \nme\n").toString())
        .isEqualTo(
            "<div class=\"text\">a</div><div class=\"signature\">"
                + "<div class=\"text\">-- \nme</div></div>");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "see https://example.org/a?b=c&d. | https://example.org/a?b=c&d",
        "(http://example.org/a_(b)) | http://example.org/a_(b)",
        "<https://example.org> | https://example.org",
        "xhttps://example.org | ",
        "http:// | ",
        "javascript:alert(1) | ",
        "https://a\"onclick=x | https://a",
      })
  void linksTheWeb(String text, @Nullable String target) {
    List<String> links =
        Jsoup.parseBodyFragment(TextRendering.of(text).toString()).select("a").eachAttr("href");
    assertThat(links).isEqualTo(target == null ? List.of() : List.of(target));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "<script>alert(1)</script>",
        "<img src=x onerror=alert(1)>",
        "\"><svg/onload=alert(1)>",
        "https://x/\"onmouseover=\"alert(1)",
        "https://x/'onmouseover='alert(1)",
        "http://x/<script>alert(1)</script>",
        "> <details open ontoggle=alert(1)>",
        "> > </blockquote></div><script>alert(1)</script>",
        "-- \n</div><iframe srcdoc='<script>alert(1)</script>'>",
        "&lt;script&gt;alert(1)&lt;/script&gt;",
        "\u0000<scr\u0000ipt>alert(1)</script>",
        "[[${7*7}]] th:text=\"${7*7}\" ${{7*7}}",
      })
  void leavesNothingThatRuns(String payload) {
    assertHarmless(payload);
  }

  @ParameterizedTest
  @MethodSource("corpus")
  void leavesNothingThatRunsInRealMail(CorpusMessage message) {
    assertHarmless(new MessageParser().parse(message.message()).text().whole());
  }

  static List<CorpusMessage> corpus() {
    return Corpus.torture();
  }

  private static void assertHarmless(String text) {
    Element body = Jsoup.parseBodyFragment(TextRendering.of(text).toString()).body();
    for (Element element : body.getAllElements()) {
      if (!element.equals(body)) {
        assertThat(element.tagName()).isIn(TAGS);
        for (Attribute attribute : element.attributes()) {
          assertThat(attribute.getKey()).isIn(ATTRIBUTES);
          if (attribute.getKey().equals("href")) {
            assertThat(attribute.getValue()).matches("https?://[^\\s\"'<>]+.*");
          }
        }
      }
    }
  }

  @ParameterizedTest
  @CsvSource({
    "alice@example.org, a…@example.org",
    "'<alice.b+c@example.org>', <a…@example.org>",
    "mail me: bob@x.y or eve@z.w!, mail me: b…@x.y or e…@z.w!",
    "'\"quoted one\"@x.org', …@x.org",
    "'user @ host', user @ host",
    "@decorator, @decorator",
    "a@b@c, a…@b…@c",
    "jörg@exämple.org, j…@exämple.org",
  })
  void masksAddresses(String text, String masked) {
    assertThat(AddressMask.mask(text)).isEqualTo(masked);
  }
}
