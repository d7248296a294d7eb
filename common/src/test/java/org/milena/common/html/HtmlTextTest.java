package org.milena.common.html;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.time.Duration;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class HtmlTextTest {
  static Stream<Arguments> shapes() {
    return Stream.of(
        arguments("<p>one</p><p>two</p>", "one\n\ntwo\n"),
        arguments("<p>One<p>Two", "One\n\nTwo\n"),
        arguments("a<br>b<br><br>c", "a\nb\n\nc\n"),
        arguments("<br><br>a", "a\n"),
        arguments("a" + "<br>".repeat(9) + "b", "a\n\n\nb\n"),
        arguments("<h1>Title</h1>text", "Title\n\ntext\n"),
        arguments("<ul><li>x<li>y</ul>", "* x\n* y\n"),
        arguments("<ul><li>a<li>b<ul><li>c</ul></ul>d", "* a\n* b\n  * c\n\nd\n"),
        arguments("<ul><li>a<br>b</ul>", "* a\n  b\n"),
        arguments("<ol><li>a</li><li>b</li></ol>", "1. a\n2. b\n"),
        arguments("<li>a", "* a\n"),
        arguments("<blockquote>q<p>r</blockquote>t", "> q\n>\n> r\n\nt\n"),
        arguments("<blockquote>a<blockquote>b</blockquote></blockquote>", "> a\n>\n>> b\n"),
        arguments("<table><tr><td>a</td><td>b</td></tr><tr><th>c<td>d", "a b\nc d\n"),
        arguments(
            "<a href='http://x.example/'>here</a>, <a"
                + " href=\"http://y.example\">http://y.example</a>",
            "here <http://x.example/>, http://y.example\n"),
        arguments("<a href='http://y.example/'>http://y.example</a>", "http://y.example\n"),
        arguments(
            "<a href='http://evil.example/'>http://y.example</a>",
            "http://y.example <http://evil.example/>\n"),
        arguments("<a href='mailto:a@b.example'>a@b.example</a>", "a@b.example\n"),
        arguments("<a href='mailto:a@b.example'>Ana</a>", "Ana <mailto:a@b.example>\n"),
        arguments("<a href='java\nscript:x'>click</a>", "click\n"),
        arguments("<a href='http://x.example/\n&#1;a'>x</a>", "x <http://x.example/a>\n"),
        arguments("<a title=\">\" href=x>link</a>", "link\n"),
        arguments("<img alt='a cat' src=x>!", "[a cat]!\n"),
        arguments("a<hr>b", "a\n-----\nb\n"),
        arguments("<style>p{}</style><script>if (a<b) x()</script>x<!-- <p> -->y", "xy\n"),
        arguments("<script>never closed", ""),
        arguments("<div style='Display : none; color:red'>pre<b>view</b></div>x", "x\n"),
        arguments("<div style='max-height:0px;overflow:hidden'>preview</div>x", "x\n"),
        arguments("<p style='font-size:0.9em;max-height:0.5em'>small</p>", "small\n"),
        arguments("<p hidden>preview</p>x", "x\n"),
        arguments("<svg><text>a</text></svg><title>c</title>d", "d\n"),
        arguments(
            "&lt;b&gt; &auml;&#228;&#xE4; &amp;c &nosuch; AT&T",
            "<b> \u00e4\u00e4\u00e4 &c &nosuch; AT&T\n"),
        arguments("&#xD800;&#0;&#1114112;x", "\ufffd\ufffd\ufffdx\n"),
        arguments("\ud83d\ude00&#x1F600;", "\ud83d\ude00\ud83d\ude00\n"),
        arguments("a&shy;b&#8203;c&#7;d", "abcd\n"),
        arguments("<pre>a\n  b</pre>", "a\n  b\n"),
        arguments("<pre>a  b&#10;\n\tc</pre>", "a  b\n\n c\n"),
        arguments("1 < 2 > 1", "1 < 2 > 1\n"),
        arguments("a  \n b&nbsp;&nbsp;c", "a b  c\n"),
        arguments("if<br>&nbsp; then<p>&nbsp;</p><p>end", "if\n  then\n\nend\n"),
        arguments("<p>never <b>ended", "never ended\n"),
        arguments("<a href='x>lost", ""),
        arguments(" ", ""),
        arguments("<", "<\n"),
        arguments("&", "&\n"));
  }

  @ParameterizedTest
  @MethodSource("shapes")
  void readsWell(String html, String text) {
    assertThat(HtmlText.of(html)).isEqualTo(text);
  }

  @Test
  void readsNoMoreThanItsTreeMayTakeAndSaysSo() {
    String most = "<b>x".repeat(HtmlText.MAX_LENGTH / 4);
    String text = "x".repeat(HtmlText.MAX_LENGTH / 4) + "\n";
    assertThat(HtmlText.of(most)).isEqualTo(text);
    assertThat(HtmlText.of(most + "<b>y"))
        .isEqualTo(text + "\n[The HTML is longer: the rest of it was not made text.]\n");
  }

  @Test
  void takesAnythingAndMakesLittleMoreOfIt() {
    String[] pieces = {
      "<",
      ">",
      "</",
      "/",
      "!",
      "=",
      "#",
      ";",
      "<p>",
      "<a href='http://x.example'>",
      "</a>",
      "<blockquote>",
      "</blockquote>",
      "<ul>",
      "</ul>",
      "<ol>",
      "<li>",
      "&amp;",
      "&#x110000;",
      "&",
      "\"",
      "'",
      "<!--",
      "-->",
      "<pre>",
      "</pre>",
      "\n",
      "text ",
      "<td>",
      "<table>",
      "<svg>",
      "</svg>",
      "<script>",
      "</script>",
      "\u00a0",
      "\0",
      "<br>"
    };
    for (int seed = 0; seed < 3_000; seed++) {
      Random random = new Random(seed);
      StringBuilder html = new StringBuilder();
      for (int i = random.nextInt(200); i > 0; i--) {
        html.append(pieces[random.nextInt(pieces.length)]);
      }
      String text = HtmlText.of(html.toString());
      assertThat(text.length()).as("seed %d", seed).isLessThan(60 * html.length() + 60);
      assertThat(text).doesNotContain("\0", "\r");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "<",
        "&",
        "&#",
        "&nbsp;",
        "<a href=http://x.example>",
        "<a href=http://x.example>x",
        "<a href=x><div>",
        "<a ",
        "<a b=\"",
        "</a>",
        "</",
        "<!--",
        "<p>",
        "<b>",
        "<b><p>",
        "<blockquote>",
        "<blockquote>x",
        "<ul><li>",
        "<ul><li>x",
        "<script>",
        "<svg>",
        "<table><a>",
        "<table><tr><td>x",
        "<td a=\"",
        "<pre>\n",
        "<br>"
      })
  void anyHtmlTakesTimeInProportion(String piece) {
    String html = piece.repeat(1_000_000 / piece.length());
    assertThat(assertTimeoutPreemptively(Duration.ofSeconds(60), () -> HtmlText.of(html)))
        .hasSizeLessThan(20 * html.length());
  }
}
