package org.milena.archive.rendering;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

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
import org.milena.archive.message.AddressMask;
import org.milena.archive.message.MessageParser;
import org.milena.archive.message.PostText;
import org.milena.archive.message.TextBlock;
import org.milena.archive.message.TextBlock.Kind;
import org.milena.testkit.corpus.Corpus;
import org.milena.testkit.corpus.CorpusMessage;

class TextRenderingTest {
  private static final Set<String> TAGS = Set.of("div", "blockquote", "a", "details", "summary");
  private static final Set<String> ATTRIBUTES = Set.of("class", "href", "rel");

  @Test
  void marksQuotesByDepth() {
    assertThat(html("Hi\n> one\n> > two\n>> three\nno\n"))
        .isEqualTo(
            "<div class=\"text\">Hi</div>"
                + "<blockquote class=\"quote\"><div class=\"text\">one</div>"
                + "<blockquote class=\"quote\"><div class=\"text\">two\nthree</div></blockquote>"
                + "</blockquote><div class=\"text\">no</div>");
  }

  @Test
  void foldsLongQuotes() {
    assertThat(html("> x\n".repeat(15)))
        .startsWith("<details class=\"fold\"><summary>15 quoted lines</summary><blockquote")
        .endsWith("</blockquote></details>");
  }

  @Test
  void setsTheSignatureApart() {
    assertThat(html("a\n-- \nme\n"))
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
    List<String> links = Jsoup.parseBodyFragment(html(text)).select("a").eachAttr("href");
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
    Element body = Jsoup.parseBodyFragment(html(text)).body();
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

  @Test
  void showsAPatchFileByFile() {
    PostText text =
        new PostText(
            List.of(
                new TextBlock(Kind.NEW, "Mend <it>."),
                new TextBlock(
                    Kind.DIFF_HEAD,
                    "diff --git a/old.c b/new.c\nrename to new.c\n"
                        + "diff --git a/src/a&b.c b/src/a&b.c\n--- a/src/a&b.c\n+++ b/src/a&b.c"),
                new TextBlock(Kind.DIFF_HUNK, "@@ -1,2 +1,2 @@"),
                new TextBlock(Kind.DIFF_REMOVED, "-x < y"),
                new TextBlock(Kind.DIFF_ADDED, "+x > y\n+z"),
                new TextBlock(Kind.DIFF_CONTEXT, " end"),
                new TextBlock(Kind.SIGNATURE, "-- \n2.47")));
    Element body = Jsoup.parseBodyFragment(TextRendering.of(text, WORDS, "m-1").toString()).body();
    assertThat(body.select(".patch-files a").eachAttr("href"))
        .containsExactly("#m-1-f1", "#m-1-f2");
    assertThat(body.select(".patch-files a").eachText()).containsExactly("new.c", "src/a&b.c");
    assertThat(body.select(".patch-files .hidden").eachText()).containsExactly("+0 -0", "+2 -1");
    assertThat(body.select("#m-1-f2 > ins.diff-added").eachText()).containsExactly("+x > y +z");
    assertThat(body.select("#m-1-f2 > del.diff-removed").eachText()).containsExactly("-x < y");
    assertThat(body.select(".signature").text()).isEqualTo("-- 2.47");
    assertThat(body.select(".diff-file")).hasSize(2);
    assertThat(body.text()).startsWith("2 files");
  }

  @Test
  void takesNoIdThatIsNone() {
    assertThatThrownBy(() -> TextRendering.of(PostText.EMPTY, WORDS, "m\" onclick=x"))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @ParameterizedTest
  @CsvSource({
    "alice@example.org, a...@example.org",
    "a...@example.org, a...@example.org",
    "'\"quoted one\"@x.org', ...@x.org",
    "a@b@c, a...@b...@c",
    "b....@x, b...@x",
  })
  void masksWithinAscii(String text, String masked) {
    assertThat(AddressMask.ascii(text)).isEqualTo(masked);
    assertThat(AddressMask.ascii(masked)).isEqualTo(masked);
  }

  @ParameterizedTest
  @ValueSource(ints = {100, 15, 14, 13, 9, 8, 5, 3, 2})
  void cutsAtLines(int max) {
    PostText text =
        new PostText(
            List.of(new TextBlock(Kind.NEW, "abc\ndef"), new TextBlock(Kind.QUOTED, "> ghi")));
    PostText cut = TextCut.beginning(text, max);
    assertThat(cut.whole()).matches(whole -> text.whole().startsWith(whole));
    assertThat(cut.whole().length()).isLessThanOrEqualTo(max);
  }

  static final RenderingWords WORDS =
      new RenderingWords() {
        @Override
        public String quotedLines(int lines) {
          return lines + " quoted lines";
        }

        @Override
        public String changedFiles(int files) {
          return files + " files";
        }

        @Override
        public String changedLines(int added, int removed) {
          return "+" + added + " -" + removed;
        }

        @Override
        public String allFiles() {
          return "all";
        }

        @Override
        public String pictureNotShown() {
          return "not shown";
        }

        @Override
        public String pictureAttached(String name) {
          return "attached: " + name;
        }
      };

  private static String html(String text) {
    return TextRendering.of(plain(text), WORDS, "m").toString();
  }

  private static PostText plain(String text) {
    return text.isEmpty()
        ? PostText.EMPTY
        : new PostText(List.of(new TextBlock(TextBlock.Kind.NEW, text)));
  }
}
