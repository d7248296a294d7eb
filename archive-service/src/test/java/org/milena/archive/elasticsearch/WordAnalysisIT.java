package org.milena.archive.elasticsearch;

import static org.assertj.core.api.Assertions.assertThat;

import co.elastic.clients.elasticsearch.indices.analyze.AnalyzeToken;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.milena.archive.TestArchive;
import org.milena.archive.marking.Analyzer;
import org.milena.archive.marking.WordBreaks;
import org.milena.testkit.search.SharedElasticsearch;

/** What is marked here is what the search engine finds: both take a text apart in the same way. */
class WordAnalysisIT {
  private static final String TEXT =
      """
      We were running the kernel's tests; don't panic, e1000e-driver at lists.kernel.org:8080 is
      v4.19-rc2, _init() and foo_bar, U.S.A. 3,14 1.000,5 I'd say. ÆTHER Œuvre ﬁne ½ İstanbul IRMAK
      Wir haben die Häuser in der Hauptstraße gesehen, sagt Mueller zu Müllers Söhnen. Bücherregalen
      Nous avons visité l'université avec des étudiantes d’Orléans, qu'on aimait jusqu'ici chevaux
      Le città dell'Italia sull'onda; las canciones y los niños corrían; os cães e as mães; l'abella
      Husene og børnene løb hurtigt; flickorna sprang; taloissamme; kirjastoissa; rýchlejšie knihovnách
      házakban könyveinkből; evlerimizden Türkiye'nin kitapları; berlari memakan pertanyaan dibaca
      bhfear tSín nAthair d'fhear; domovima градовима у Београду; книгами читали; котките вълците
      τους ανθρώπους ΘΑΛΑΣΣΑΣ; المكتبات والكتاب ١٢٣; کتاب‌ها می‌روند; किताबों लड़कियाँ; বইগুলো মানুষের
      پیاوەکان; գրքերի; raamatutes; etxeetan; libros galegos cancións; bibliotēkās; knygose; cărțile
      東京大学で研究しています。カタカナ 内核 한국어를 ไทยภาษา 👩‍👩‍👧 e\u0301te\u0301 Stra\u00ADße
      <anna.smith@example.org> "x y" https://example.org/a_b?c=d&e=f #1234 --force-yes O'Neill's
      """;

  private static List<Set<String>> here(String text, Analyzer analyzer) {
    List<Set<String>> terms = new ArrayList<>();
    new WordBreaks().each(text, (word, from, until) -> terms.add(analyzer.terms(word)));
    terms.removeIf(Set::isEmpty);
    return terms;
  }

  private static List<Set<String>> there(TestArchive archive, String text, String analyzer) {
    String index = archive.indices.posts();
    Map<Long, Set<String>> places = new LinkedHashMap<>();
    for (AnalyzeToken token :
        archive
            .connection
            .call(
                "taking a text apart",
                client ->
                    client.indices().analyze(r -> r.index(index).analyzer(analyzer).text(text)))
            .tokens()) {
      places.computeIfAbsent(token.position(), _ -> new LinkedHashSet<>()).add(token.token());
    }
    return List.copyOf(places.values());
  }

  private static void compare(Set<Language> languages) {
    try (TestArchive archive = TestArchive.in(SharedElasticsearch.uri(), languages)) {
      TextAnalysis made = archive.indices.analysis(archive.indices.current().get().posts()).get();
      assertThat(made.marked()).isEqualTo(!languages.isEmpty());
      compare(archive, WordAnalysis.of(made));
    }
  }

  private static void compare(TestArchive archive, WordAnalysis analysis) {
    assertThat(here(TEXT, analysis.exact()))
        .isEqualTo(there(archive, TEXT, SearchFields.EXACT))
        .hasSizeGreaterThan(150);
    assertThat(here(TEXT, analysis.index())).isEqualTo(there(archive, TEXT, SearchFields.WORDS));
    assertThat(here(TEXT, analysis.search())).isEqualTo(there(archive, TEXT, SearchFields.STEMS));
  }

  /** As a cluster makes it that has no plugin of ours. */
  @Test
  void doesSoWhereStemsAreNotToldFromWords() {
    Set<Language> all = EnumSet.allOf(Language.class);
    try (SearchSite site = new SearchSite(TestArchive.in(SharedElasticsearch.uri(), all))) {
      compare(site.archive, WordAnalysis.of(site.makeIndexWithoutMarks(all)));
      site.add(new Draft(SearchSite.DEV, "one").text("we were running"));
      assertThat(site.found("runs")).isEqualTo("one");
      assertThat(site.found("\"run\"")).isEqualTo("one");
    }
  }

  @ParameterizedTest
  @EnumSource
  void takesTextsApartAsTheSearchEngineDoes(Language language) {
    compare(EnumSet.of(language));
  }

  @Test
  void doesSoInAllLanguagesAtOnce() {
    compare(EnumSet.allOf(Language.class));
  }

  @Test
  void doesSoWithoutLanguages() {
    compare(Set.of());
  }
}
