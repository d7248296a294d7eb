package org.milena.archive.rendering;

import static org.assertj.core.api.Assertions.assertThat;
import static org.milena.archive.rendering.TextRenderingTest.WORDS;

import java.nio.charset.StandardCharsets;
import java.util.Set;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Attribute;
import org.jsoup.nodes.Element;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.milena.common.mail.RawMessage;
import org.milena.testkit.corpus.Corpus;
import org.milena.testkit.corpus.CorpusMessage;
import org.milena.testkit.html.HostileHtml;

class MailHtmlTest {
  private static final Set<String> NEVER =
      Set.of(
          "script",
          "iframe",
          "object",
          "embed",
          "form",
          "input",
          "base",
          "link",
          "svg",
          "math",
          "frame",
          "template",
          "noscript",
          "video",
          "audio",
          "source",
          "textarea");

  @Test
  void keepsWhatFormats() {
    assertThat(
            body(
                "<h1 style='color:red;position:fixed;background:url(http://x/y)'>Hi</h1><p>a"
                    + " <b>b</b><table><tr><td colspan=2>c</td></tr></table>",
                false))
        .contains("<h1 style=\"color:red\">", "<b>b</b>", "<td colspan=\"2\">c</td>");
  }

  @Test
  void linksToTheWebOnly() {
    String body =
        body(
            "<a href='https://x.example/?a=1&b=2'>x</a><a href='javascript:y'>y</a><a"
                + " href='/z'>z</a>",
            false);
    assertThat(Jsoup.parse(body).select("a[href]")).hasSize(1);
    Element link = Jsoup.parse(body).expectFirst("a[href]");
    assertThat(link.attr("href")).isEqualTo("https://x.example/?a=1&b=2");
    assertThat(link.attr("target")).isEqualTo("_blank");
    assertThat(link.attr("rel")).contains("nofollow", "noopener", "noreferrer");
  }

  @Test
  void showsThePicturesOfTheMailAndNoOthers() {
    RawMessage message =
        raw(
            """
            Content-Type: multipart/related; boundary=b

            --b
            Content-Type: text/html

            <img src="cid:pic%40x" alt="own"><img src="http://x/y.png" alt="far">
            <img src="http://x/count.gif" width=1 height=1><img src="cid:script@x" alt="none">
            --b
            Content-Type: image/png
            Content-ID: <pic@x>
            Content-Transfer-Encoding: base64

            iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==
            --b
            Content-Type: image/png
            Content-ID: <script@x>

            <svg onload=alert(1)>
            --b--
            """);
    MailHtml html = MailHtml.of(message, true, WORDS).orElseThrow();
    assertThat(html.elsewhere()).isEqualTo(1);
    assertThat(html.unshown()).isEqualTo(1);
    assertThat(Jsoup.parse(html.document()).select("img").eachAttr("alt")).containsExactly("own");
    assertThat(Jsoup.parse(html.document()).select("img").attr("src"))
        .startsWith("data:image/png;base64,iVBOR");
    assertThat(html.document()).contains("far").doesNotContain("http://x/");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "<p>alice@x.example</p> | a…@x.example",
        "<p>alice&#64;x.example</p> | a…@x.example",
        "<p><b>alice</b>@x.example</p> | a…@x.example",
        "<p>ali<i>ce@</i>x.example, bob@x.example</p> | a…@x.example, b…@x.example",
        "<p>alice<wbr>@<wbr>x.example</p> | a…@x.example",
        "<a href='mailto:alice@x.example' title='alice@x.example'>write</a> | write",
        "<a href='mailto:alice%40x.example'>write</a> | write",
        "<p>alice</p>@x.example | alice @x.example",
      })
  void hidesAddresses(String html, String text) {
    String body = body(html, true);
    assertThat(Jsoup.parse(body).text()).isEqualTo(text);
    assertThat(Jsoup.parse(body).html()).doesNotContain("alice@", "alice%40", "bob@");
  }

  @Test
  void hasNothingWhereThereIsNone() {
    assertThat(MailHtml.of(raw("Subject: x\n\ntext/html\n"), false, WORDS)).isEmpty();
  }

  @ParameterizedTest
  @MethodSource("hostile")
  void leavesNothingThatRunsOrLoads(String html) {
    assertHarmless(MailHtml.of(message(html), false, WORDS).orElseThrow().document());
  }

  static Iterable<String> hostile() {
    return HostileHtml.all();
  }

  @ParameterizedTest
  @MethodSource("corpus")
  void leavesNothingThatRunsInRealMail(CorpusMessage message) {
    MailHtml.of(message.message(), true, WORDS).ifPresent(html -> assertHarmless(html.document()));
  }

  static Iterable<CorpusMessage> corpus() {
    return Corpus.torture();
  }

  @Test
  void readsDeepHtml() {
    assertHarmless(
        MailHtml.of(message("<div>".repeat(100_000) + "x"), true, WORDS).orElseThrow().document());
  }

  private static void assertHarmless(String document) {
    for (Element element : Jsoup.parse(document).body().getAllElements()) {
      assertThat(element.normalName()).isNotIn(NEVER).isNotEqualTo("style");
      for (Attribute attribute : element.attributes()) {
        assertThat(attribute.getKey())
            .doesNotStartWith("on")
            .doesNotContain("srcset", "background");
        if (attribute.getKey().equals("href")) {
          assertThat(attribute.getValue()).matches("(?is)(https?://|mailto:).*");
        } else if (attribute.getKey().equals("src")) {
          assertThat(attribute.getValue()).startsWith("data:image/");
        } else if (attribute.getKey().equals("style")) {
          assertThat(attribute.getValue())
              .doesNotContainIgnoringCase("url(", "@import", "expression");
        }
      }
    }
  }

  private static String body(String html, boolean masked) {
    String document = MailHtml.of(message(html), masked, WORDS).orElseThrow().document();
    return document.substring(document.indexOf("<body>"));
  }

  private static RawMessage message(String html) {
    return RawMessage.wrap(
        ("Content-Type: text/html; charset=utf-8\r\n\r\n" + html).getBytes(StandardCharsets.UTF_8));
  }

  private static RawMessage raw(String text) {
    return RawMessage.wrap(text.replace("\n", "\r\n").getBytes(StandardCharsets.UTF_8));
  }
}
