package org.milena.archive.elasticsearch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.milena.archive.elasticsearch.SearchSite.DEV;

import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.milena.archive.TestArchive;
import org.milena.archive.post.ArchivedPost;
import org.milena.archive.search.ArchiveSearch.Question;
import org.milena.archive.search.SearchRequest.Sort;
import org.milena.archive.search.Snippet;
import org.milena.testkit.search.SharedElasticsearch;

/** Words are found in their other forms, whatever language they are of. */
@TestInstance(Lifecycle.PER_CLASS)
class LanguagesIT {

  /** What a post says, and what is looked for. */
  private record Example(String text, String typed) {}

  private static final Map<Language, Example> EXAMPLES =
      Map.ofEntries(
          Map.entry(Language.AR, new Example("المكتبات", "مكتبة")),
          Map.entry(Language.BG, new Example("котките", "котка")),
          Map.entry(Language.BN, new Example("বইগুলো", "বই")),
          Map.entry(Language.CA, new Example("l'abella", "abelles")),
          Map.entry(Language.CKB, new Example("پیاوەکان", "پیاو")),
          Map.entry(Language.CS, new Example("knihovnách", "knihovna")),
          Map.entry(Language.DA, new Example("bøgerne", "boger")),
          Map.entry(Language.DE, new Example("Häusern", "HAUS")),
          Map.entry(Language.EL, new Example("βιβλιοθήκες", "ΒΙΒΛΙΟΘΗΚΗ")),
          Map.entry(Language.EN, new Example("the kernel's", "kernels")),
          Map.entry(Language.ES, new Example("informaciones", "informacion")),
          Map.entry(Language.ET, new Example("raamatute", "raamat")),
          Map.entry(Language.EU, new Example("liburuak", "liburu")),
          Map.entry(Language.FA, new Example("دانشگاهها", "دانشگاه")),
          Map.entry(Language.FI, new Example("kirjastossa", "kirjasto")),
          Map.entry(Language.FR, new Example("l’université", "universites")),
          Map.entry(Language.GA, new Example("nAthair", "athair")),
          Map.entry(Language.GL, new Example("bibliotecas", "biblioteca")),
          Map.entry(Language.HI, new Example("किताबें", "किताब")),
          Map.entry(Language.HU, new Example("könyvtárban", "konyvtar")),
          Map.entry(Language.HY, new Example("ընկերներ", "ընկեր")),
          Map.entry(Language.ID, new Example("membaca", "baca")),
          Map.entry(Language.IT, new Example("dell'Università", "universita")),
          Map.entry(Language.LT, new Example("knygomis", "knyga")),
          Map.entry(Language.LV, new Example("grāmatas", "gramata")),
          Map.entry(Language.NB, new Example("bøkene", "boker")),
          Map.entry(Language.NL, new Example("boeken", "boek")),
          Map.entry(Language.NN, new Example("biblioteka", "bibliotek")),
          Map.entry(Language.PT, new Example("informações", "informacao")),
          Map.entry(Language.RO, new Example("bibliotecile", "biblioteca")),
          Map.entry(Language.RU, new Example("библиотеках", "библиотека")),
          Map.entry(Language.SR, new Example("књигама", "knjiga")),
          Map.entry(Language.SV, new Example("biblioteken", "bibliotek")),
          Map.entry(Language.TR, new Example("ışıklar", "IŞIK")));

  private final SearchSite none = site(Set.of());
  private final SearchSite mixed = site(Set.of(Language.EN, Language.DE, Language.FR));
  private final SearchSite all = site(EnumSet.allOf(Language.class));

  private static SearchSite site(Set<Language> languages) {
    return new SearchSite(TestArchive.in(SharedElasticsearch.uri(), languages));
  }

  @BeforeAll
  void write() {
    for (SearchSite site : List.of(none, all)) {
      site.add(
          EXAMPLES.entrySet().stream()
              .map(example -> draft(example.getKey(), example.getValue()))
              .toArray(Draft[]::new));
    }
    mixed.add(
        new Draft(DEV, "de").text("Wir haben die Häuser in der Hauptstraße gesehen, sagt Müller."),
        new Draft(DEV, "en").text("We were running the tests of Mueller beside the houses."),
        new Draft(DEV, "fr").text("Nous avons visité l'université avec des étudiantes."),
        new Draft(DEV, "both").text("Please read the Häusern document, merci aux étudiants."),
        new Draft(DEV, "cjk").subject("大学の研究").text("東京大学で研究しています。カタカナ"),
        new Draft(DEV, "other").subject("学大").text("京東 究研"));
  }

  @AfterAll
  void end() {
    none.close();
    mixed.close();
    all.close();
  }

  private static Draft draft(Language language, Example example) {
    return new Draft(DEV, language.code()).text("1 " + example.text() + " 2");
  }

  @ParameterizedTest
  @EnumSource
  void findsOtherFormsOfALanguage(Language language) {
    Example example = EXAMPLES.get(language);
    assertThat(example).as("an example of " + language).isNotNull();
    assertThat(none.found(example.typed())).as("as it stands").isEmpty();
    assertThat(all.found(example.typed()).split(" ")).contains(language.code());
    assertThat(all.found('"' + example.text() + " 2\"").split(" ")).contains(language.code());
    try (SearchSite alone = site(Set.of(language))) {
      alone.add(draft(language, example));
      assertThat(alone.found(example.typed())).as("by itself").isEqualTo(language.code());
      assertThat(alone.found('"' + example.text() + " 2\"")).isEqualTo(language.code());
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '⇒',
      quoteCharacter = '~',
      value = {
        "haus ⇒ both de",
        "hauser ⇒ both de",
        "HÄUSER ⇒ both de",
        "Haeuser ⇒ both de",
        "Häusern ⇒ both de",
        "hauptstrasse ⇒ de",
        "Hauptstraßen ⇒ de",
        "mueller ⇒ de en",
        "Müller ⇒ de en",
        "runs ⇒ en",
        "house ⇒ en",
        "université ⇒ fr",
        "universites ⇒ fr",
        "l’universite ⇒ fr",
        "étudiant ⇒ both fr",
        "etudiante ⇒ both fr",
        // in quotes: as they stand, accents and articles aside
        "\"häuser\" ⇒ de",
        "\"hauser in\" ⇒ de",
        "\"häusern in\" ⇒ ~~",
        "\"université\" ⇒ fr",
        "\"avons visite l'universite\" ⇒ fr",
        "\"étudiants\" ⇒ both",
        "\"running\" ⇒ en",
        // beginnings
        "häus* ⇒ both de",
        "univers* ⇒ fr",
        "hauptstrass* ⇒ de",
        // several words at one place, near others
        "haus NEAR/4 strasse ⇒ ~~",
        "haus NEAR/4 hauptstraßen ⇒ de",
        "haus ADJ/4 hauptstraßen ⇒ de",
        "hauptstraßen ADJ/4 haus ⇒ ~~",
        "run ADJ/2 test ⇒ en",
        "haus ADJ document ⇒ both",
        "\"häuser\" ADJ document ⇒ ~~",
        "haus document étudiante ⇒ both",
        "haus -étudiante ⇒ de",
        // several words beside each other
        "haus-documents ⇒ both",
        "documents-haus ⇒ ~~",
        // signs of scripts without spaces: beside each other
        "大学 ⇒ cjk",
        "研究 ⇒ cjk",
        "東京大学 ⇒ cjk",
        "京都 ⇒ ~~",
        "学東 ⇒ ~~",
        "東京* ⇒ cjk",
        "京東* ⇒ other",
        "大学* ⇒ cjk",
        "カタ* ⇒ cjk",
        "s:大学 ⇒ cjk",
        "s:学大* ⇒ other",
        "東京 ADJ/4 研究 ⇒ cjk",
        "東京 ADJ/3 研究 ⇒ ~~",
      })
  void findsInMixedMails(String typed, String found) {
    assertThat(mixed.found(typed)).isEqualTo(found);
  }

  @ParameterizedTest
  @CsvSource({
    "haus, Häuser",
    "Haeusern -document, Häuser",
    "runs, running",
    "université, l'université",
    "etudiant -document, étudiantes",
    "\"häuser\", Häuser",
    "hauptstr*, Hauptstraße",
    "s:大学, 大学",
    "東京大学, 東京大学",
    "haus ADJ/4 hauptstraßen, Häuser|Hauptstraße"
  })
  void marksTheFormsThatWereFound(String typed, String marked) {
    var hit = mixed.page(SearchSite.question(typed), SearchSite.only(DEV)).hits().getFirst();
    Snippet snippet = typed.startsWith("s:") ? hit.subject() : hit.text();
    assertThat(
            snippet.runs().stream()
                .filter(Snippet.Run::hit)
                .map(Snippet.Run::text)
                .collect(Collectors.joining("|")))
        .isEqualTo(marked);
  }

  @Test
  void countsAWordOnceInSeveralLanguages() {
    try (SearchSite site = site(Set.of(Language.EN, Language.DE, Language.FR))) {
      site.add(
          new Draft(DEV, "one").text("kernel"),
          new Draft(DEV, "long").text("kernel " + "and other words ".repeat(30)),
          new Draft(DEV, "none").text("nothing of it"));
      assertThat(
              site.page(
                      new Question("kernels", null, Sort.RELEVANCE, false, false, null, 10),
                      SearchSite.only(DEV))
                  .hits())
          .extracting(found -> found.post().messageId())
          .containsExactly("one@x", "long@x");
    }
  }

  @Test
  void findsWhatIsAlikeInOtherForms() {
    try (SearchSite site = site(Set.of(Language.EN, Language.DE))) {
      Draft first = new Draft(DEV, "first").text("Häuser und Straßen");
      site.add(
          first,
          new Draft(DEV, "second").text("Haus an der Straße"),
          new Draft(DEV, "third").text("nothing of them"));
      assertThat(site.search.similar(first.post().post(), _ -> true, 5))
          .extracting(ArchivedPost::messageId)
          .containsExactly("second@x");
    }
  }

  @Test
  void makesAnewWhatDoesNotSayHowItFindsWords() {
    try (TestArchive archive = TestArchive.create()) {
      archive.makeIndex(Generation.VERSION + "-000001");
      assertThat(archive.indices.outdated())
          .hasValue("another version made the index find words in another way");
    }
  }

  /** Each has it in a form of its own, and nobody else has it at all. */
  @Test
  void findsWhatIsAlikeByOneStemInTwoForms() {
    try (SearchSite site = site(Set.of(Language.EN, Language.DE))) {
      Draft first = new Draft(DEV, "first").text("Häuser");
      site.add(first, new Draft(DEV, "second").text("Haus"), new Draft(DEV, "third").text("Hof"));
      assertThat(site.search.similar(first.post().post(), _ -> true, 5))
          .extracting(ArchivedPost::messageId)
          .containsExactly("second@x");
    }
  }

  /** However much of its own a post has, as those with logs do. */
  @Test
  void findsWhatIsAlikeBesideAThousandWordsThatNobodyElseHas() {
    try (SearchSite site = site(Set.of(Language.EN, Language.DE))) {
      String own =
          IntStream.range(0, 1_000).mapToObj(i -> "word" + i).collect(Collectors.joining(" "));
      Draft first = new Draft(DEV, "first").text("scheduler deadlock " + own);
      site.add(
          first,
          new Draft(DEV, "second").text("deadlocks of schedulers"),
          new Draft(DEV, "third").text("nothing of it"));
      assertThat(site.search.similar(first.post().post(), _ -> true, 5))
          .extracting(ArchivedPost::messageId)
          .containsExactly("second@x");
      Draft gone = new Draft(DEV, "gone").text("scheduler deadlock");
      assertThat(site.search.similar(gone.post().post(), _ -> true, 5)).isEmpty();
    }
  }

  /** Accents, alphabets and spellings do not count; other forms of a word do. */
  @ParameterizedTest
  @CsvSource({
    "fuer immer, für immer, true",
    "Haeuser, häus*, true",
    "λόγος, λογ*, true",
    "Београд, beograd*, true",
    "Ankara'da, ankara, true",
    "٢٠٢٤, 2024, true",
    "l'université, université, true",
    "Häuser, haus, false",
    "running, run, false",
    "happy, happi*, false",
  })
  void findsInQuotesWhatIsWrittenInAnotherWay(String text, String typed, boolean found) {
    try (SearchSite site =
        site(
            EnumSet.of(
                Language.AR,
                Language.DE,
                Language.EL,
                Language.EN,
                Language.FR,
                Language.SR,
                Language.TR))) {
      site.add(new Draft(DEV, "one").text(text));
      String quoted = typed.endsWith("*") ? typed : "\"" + typed + "\"";
      assertThat(site.found(quoted)).isEqualTo(found ? "one" : "");
    }
  }

  @Test
  void makesAnewWhatDoesNotTellStemsFromWords() {
    Set<Language> both = EnumSet.of(Language.EN, Language.DE);
    try (SearchSite site = site(both)) {
      Indices indices = site.archive.indices;
      assertThat(indices.analysis(indices.current().get().posts()))
          .hasValue(new TextAnalysis(true, true, both));
      var unused = site.makeIndexWithoutMarks(both);
      assertThat(indices.analysis("no-such-index")).isEmpty();
      assertThat(indices.outdated())
          .hasValue(
              "the index finds other forms of words in de, en, also for words in quotes, and is to"
                  + " find other forms of words in de, en");
      indices.replace(indices.begin());
      assertThat(indices.outdated()).isEmpty();
    }
  }

  /** While it is made anew, an index finds in its own way, and so marks are its own. */
  @Test
  void marksWhatItsIndexFinds() {
    try (SearchSite english = site(Set.of(Language.EN));
        SearchSite french =
            new SearchSite(english.archive.withLanguages(EnumSet.of(Language.FR)))) {
      english.add(new Draft(DEV, "run").text("we were running"));
      assertThat(
              french
                  .page(SearchSite.question("runs"), SearchSite.only(DEV))
                  .hits()
                  .getFirst()
                  .text()
                  .runs())
          .contains(new Snippet.Run("running", true));
    }
  }

  @Test
  void remembersItsLanguages() {
    Set<Language> both = Set.of(Language.EN, Language.DE);
    try (TestArchive archive = TestArchive.in(SharedElasticsearch.uri(), both)) {
      assertThat(archive.indices.outdated()).isEmpty();
      try (TestArchive more = archive.withLanguages(EnumSet.of(Language.EN, Language.FR))) {
        assertThat(more.indices.outdated())
            .hasValue(
                "the index finds other forms of words in de, en, and is to find other forms of"
                    + " words in en, fr");
        assertThat(archive.indexNames()).hasSize(2);
      }
      try (TestArchive fewer = archive.withLanguages(Set.of())) {
        assertThat(fewer.indices.outdated())
            .hasValue(
                "the index finds other forms of words in de, en, and is to find words as they"
                    + " stand");
      }
      try (TestArchive same = archive.withLanguages(both)) {
        assertThat(same.indices.outdated()).isEmpty();
      }
    }
  }
}
