package org.milena.archive.web.searching;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.milena.archive.search.Snippet.Run;
import org.milena.testkit.html.HostileHtml;

class MarkedHtmlTest {
  private static final List<String> PIECES =
      List.of(
          "<",
          ">",
          "&",
          "\"",
          "'",
          "/",
          "mark",
          "<mark>",
          "</mark>",
          "<script>",
          "<img src=x",
          "onerror=a",
          "&lt;",
          "&#60;",
          "<!--",
          "-->",
          "<![CDATA[",
          "]]>",
          "\uE0F0",
          "\uE0F1",
          "é",
          "\uD83D\uDE00",
          "\uD83D",
          "\u2028",
          " ",
          "a",
          "[[${1}]]",
          "`",
          "=");

  @Test
  void marksWhatWasLookedFor() {
    List<Run> runs =
        List.of(new Run("a <b> & ", false), new Run("\"hit's\"", true), new Run(" c", false));
    assertThat(MarkedHtml.of(runs))
        .isEqualTo("a &lt;b&gt; &amp; <mark>&quot;hit&#39;s&quot;</mark> c");
  }

  @Test
  void isEmptyWhereThereIsNothing() {
    assertThat(MarkedHtml.of(List.of())).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void showsHostileTextAsText(boolean hit) {
    for (String payload : HostileHtml.all()) {
      assertTextAlone(List.of(new Run(payload, hit)));
    }
  }

  /** However text and marks are cut: a browser sees the text, the marks, and nothing else. */
  @Test
  void nothingOfAMailBecomesMarkup() {
    for (int seed = 0; seed < 20_000; seed++) {
      SplittableRandom random = new SplittableRandom(seed);
      List<Run> runs = new ArrayList<>();
      for (int i = random.nextInt(5); i >= 0; i--) {
        StringBuilder text = new StringBuilder();
        for (int j = random.nextInt(6); j >= 0; j--) {
          text.append(PIECES.get(random.nextInt(PIECES.size())));
        }
        runs.add(new Run(text.toString(), random.nextBoolean()));
      }
      assertTextAlone(runs);
    }
  }

  private static void assertTextAlone(List<Run> runs) {
    String html = MarkedHtml.of(runs);
    Document page = Jsoup.parseBodyFragment("<p>" + html + "</p>");
    Element text = page.body().child(0);
    assertThat(page.body().childrenSize()).as(html).isEqualTo(1);
    assertThat(page.head().childNodeSize()).as(html).isZero();
    assertThat(text.getAllElements().stream().map(Element::tagName).distinct())
        .as(html)
        .isSubsetOf("p", "mark");
    assertThat(text.getAllElements()).as(html).allMatch(one -> one.attributesSize() == 0);
    assertThat(text.wholeText())
        .isEqualTo(
            runs.stream().map(Run::text).collect(Collectors.joining()).replace('\0', '\uFFFD'));
    assertThat(text.getElementsByTag("mark").stream().map(Element::wholeText))
        .containsExactlyElementsOf(
            runs.stream().filter(Run::hit).map(run -> run.text().replace('\0', '\uFFFD')).toList());
    // in an attribute it stays in its quotes
    Element titled = Jsoup.parseBodyFragment("<p title=\"" + html + "\">").body().child(0);
    assertThat(titled.attributesSize()).as(html).isEqualTo(1);
  }
}
