package org.milena.archive.elasticsearch;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.milena.archive.TestArchive;
import org.milena.archive.message.TextBlock.Kind;
import org.milena.archive.search.SearchHit;
import org.milena.archive.search.Snippet;

/** What is shown of found posts, by the real search engine. Marks are square brackets. */
@TestInstance(Lifecycle.PER_CLASS)
class MarksIT {
  private static final int LONG = 500_000;
  private static final String WORD = "x".repeat(200) + " ";

  private final SearchSite site = new SearchSite(TestArchive.create());

  @BeforeAll
  void fill() {
    site.add(
        new Draft(SearchSite.DEV, "plain")
            .subject("Kernel's panics")
            .text("It was a panic of kernels.\nThen: kernel panic, again")
            .block(Kind.QUOTED, "> what panic, Anna?")
            .block(Kind.DIFF_ADDED, "+panics = running();"));
    for (int i = 0; i < 12; i++) {
      site.add(
          new Draft(SearchSite.DEV, "long" + i)
              .subject("Immense log")
              .text("a flood begins " + WORD.repeat(LONG / WORD.length())));
    }
    site.add(
        new Draft(SearchSite.DEV, "one")
            .subject("Log")
            .text("a drop " + WORD.repeat(LONG / WORD.length())));
  }

  @AfterAll
  void end() {
    site.close();
  }

  private List<SearchHit> hits(String typed) {
    return site.page(SearchSite.question(typed), SearchSite.only(SearchSite.DEV)).hits();
  }

  private static String shown(Snippet snippet) {
    return snippet.runs().stream()
        .map(run -> run.hit() ? "[" + run.text() + "]" : run.text())
        .collect(Collectors.joining());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '⇒',
      quoteCharacter = '~',
      value = {
        "panic again ⇒ It was a [panic] of kernels. Then: kernel [panic], [again]",
        "nq:\"kernel panic\" ⇒ Then: [kernel] [panic], again",
        "\"panics\" ⇒ +[panics] = running();",
        "runn* ⇒ +panics = [running]();",
        "q:panic ⇒ > what [panic], Anna?",
        "anna ⇒ > what panic, [Anna]?",
        "dfb:panics ⇒ +[panics] = running();",
        "kernel NEAR/2 panic ⇒ It was a [panic] of [kernels]. Then: [kernel] [panic], again",
      })
  void marksEachWordWhereItIsLookedFor(String typed, String expected) {
    assertThat(shown(hits(typed).getFirst().text())).isEqualTo(expected);
  }

  @Test
  void marksSubjects() {
    SearchHit hit = hits("kernel panic").getFirst();
    assertThat(shown(hit.subject())).isEqualTo("[Kernel's] [panics]");
    assertThat(shown(hits("nq:kernel").getFirst().subject())).isEqualTo("Kernel's panics");
  }

  @Test
  void marksInALongText() {
    assertThat(shown(hits("drop").getFirst().text())).startsWith("a [drop]");
  }

  @Test
  void showsTheBeginningsOfTextsThatAreTooLongTogether() {
    List<SearchHit> hits = hits("flood");
    assertThat(hits).hasSize(12);
    assertThat(hits).allSatisfy(hit -> assertThat(shown(hit.text())).startsWith("a flood begins"));
    assertThat(hits("drop")).as("the search engine goes on serving").hasSize(1);
  }
}
