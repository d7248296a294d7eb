package org.milena.listexpander.preparation.content;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class HtmlTextTest {
  static Stream<Arguments> shapes() {
    return Stream.of(
        arguments("<p>one</p><p>two</p>", "one\n\ntwo\n"),
        arguments("a<br>b<br><br>c", "a\nb\n\nc\n"),
        arguments("<h1>Title</h1>text", "Title\n\ntext\n"),
        arguments("<ul><li>a<li>b<ul><li>c</ul></ul>d", "- a\n- b\n  - c\n\nd\n"),
        arguments("<ol><li>a</li><li>b</li></ol>", "1. a\n2. b\n"),
        arguments("<blockquote>q<p>r</blockquote>t", "> q\n>\n> r\n\nt\n"),
        arguments("<table><tr><td>a</td><td>b</td></tr><tr><th>c<td>d", "a | b\nc | d\n"),
        arguments(
            "<a href='http://x.example/'>here</a>, <a"
                + " href=\"http://y.example\">http://y.example</a>",
            "here <http://x.example/>, http://y.example\n"),
        arguments("<a href='mailto:a@b.example'>a@b.example</a>", "a@b.example\n"),
        arguments("<a href='javascript:x'>click</a>", "click\n"),
        arguments("<img alt='a cat' src=x>!", "[a cat]!\n"),
        arguments("<style>p{}</style><script>if (a<b) x()</script>x<!-- <p> -->y", "xy\n"),
        arguments(
            "&lt;b&gt; &auml;&#228;&#xE4; &amp;c &nosuch; AT&T",
            "<b> \u00e4\u00e4\u00e4 &c &nosuch; AT&T\n"),
        arguments("<pre>a\n  b</pre>", "a\n  b\n"),
        arguments("1 < 2 > 1", "1 < 2 > 1\n"),
        arguments("a  \n b&nbsp;&nbsp;c", "a b  c\n"),
        arguments("<p>never <b>ended", "never ended\n"),
        arguments("<a href='x>lost", ""));
  }

  @ParameterizedTest
  @MethodSource("shapes")
  void readsWell(String html, String text) {
    assertThat(HtmlText.of(html)).isEqualTo(text);
  }

  @Test
  void takesAnythingAndMakesLittleMoreOfIt() {
    String[] pieces = {
      "<",
      ">",
      "</",
      "<p>",
      "<a href='http://x.example'>",
      "</a>",
      "<blockquote>",
      "<ul>",
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

  @Test
  void readsWhatIsBigAndNeverEnds() {
    for (String piece :
        new String[] {
          "<a href=x>",
          "<a ",
          "</a>",
          "<blockquote>",
          "<ul><li>",
          "<script>",
          "&",
          "<!--",
          "<td a=\"",
          "</"
        }) {
      String html = piece.repeat(1_000_000 / piece.length());
      assertThat(HtmlText.of(html).length()).isLessThan(3_000_000);
    }
  }
}
