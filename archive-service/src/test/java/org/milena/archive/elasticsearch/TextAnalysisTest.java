package org.milena.archive.elasticsearch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.milena.archive.elasticsearch.Language.DE;
import static org.milena.archive.elasticsearch.Language.EN;
import static org.milena.archive.elasticsearch.Language.FR;
import static org.milena.archive.elasticsearch.Language.TR;

import co.elastic.clients.json.JsonData;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.milena.common.event.MailJson;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

class TextAnalysisTest {
  private static final TextAnalysis BOTH = new TextAnalysis(true, false, Set.of(EN, DE));
  private static final TextAnalysis MARKED = new TextAnalysis(true, true, Set.of(EN, DE));

  @Test
  void stemsAWordInEachLanguageAtItsPlace() {
    assertThat(BOTH.settings().at("/filter/milena_words").toString())
        .isEqualTo(
            """
            {"type":"multiplexer","preserve_original":false,"filters":[\
            "lowercase,asciifolding",\
            "lowercase,german_normalization,asciifolding,milena_light_german",\
            "lowercase,asciifolding,milena_possessive_english,milena_english"]}\
            """);
    assertThat(BOTH.settings().at("/filter/milena_stems/filters")).hasSize(2);
  }

  @Test
  void tellsStemsFromWordsWhereItCan() {
    assertThat(MARKED.settings().at("/filter/milena_words").toString())
        .isEqualTo(
            """
            {"type":"milena_forms","omit_words":true,\
            "words":["lowercase,asciifolding","lowercase,german_normalization,asciifolding"],\
            "stems":[\
            "lowercase,german_normalization,asciifolding,milena_light_german",\
            "lowercase,asciifolding,milena_possessive_english,milena_english"]}\
            """);
    JsonNode search = MARKED.settings().at("/filter/milena_stems");
    assertThat(search.path("omit_words").asBoolean(true)).isFalse();
    assertThat(search.path("words")).isEqualTo(search.path("stems")).hasSize(2);
    assertThat(new TextAnalysis(true, true, Set.of()).marked())
        .as("where there are no stems")
        .isFalse();
  }

  @Test
  void isMadeAnewForMarksAndKeepsThem() {
    assertThat(BOTH.isOutdated(Set.of(DE, EN), MARKED)).isTrue();
    assertThat(MARKED.isOutdated(Set.of(DE, EN), MARKED)).isFalse();
    assertThat(MARKED.isOutdated(Set.of(DE, EN), BOTH)).isFalse();
    assertThat(MARKED.isOutdated(Set.of(), new TextAnalysis(true, true, Set.of()))).isTrue();
    assertThat(MARKED.isOutdated(Set.of(DE), new TextAnalysis(true, false, Set.of(DE)))).isFalse();
  }

  @Test
  void stemsWithAccentsAndWithoutWhereTheyMatter() {
    assertThat(strings(new TextAnalysis(true, false, Set.of(TR)), "/filter/milena_stems/filters"))
        .containsExactly(
            "milena_lowercase_tr,apostrophe,milena_turkish,asciifolding",
            "milena_lowercase_tr,apostrophe,asciifolding,milena_turkish");
    assertThat(strings(new TextAnalysis(false, false, Set.of(TR)), "/filter/milena_stems/filters"))
        .containsExactly("milena_lowercase_tr,apostrophe,milena_turkish");
  }

  @Test
  void keepsAWordWithoutItsArticle() {
    assertThat(strings(new TextAnalysis(true, false, Set.of(FR)), "/filter/milena_words/filters"))
        .contains("lowercase,asciifolding", "lowercase,milena_elision_fr,asciifolding");
  }

  @Test
  void takesWordsAsTheyStandWithoutLanguages() {
    assertThat(new TextAnalysis(true, false, Set.of()).settings().toString())
        .doesNotContain("multiplexer")
        .contains("\"milena_index\":{\"type\":\"custom\",\"tokenizer\":\"standard\"");
    assertThat(strings(new TextAnalysis(false, false, Set.of()), "/analyzer/milena_search/filter"))
        .containsExactly("lowercase");
  }

  @Test
  void namesEachFilterItUses() {
    TextAnalysis all = new TextAnalysis(true, false, EnumSet.allOf(Language.class));
    Set<String> ours = new HashSet<>(all.settings().path("filter").propertyNames());
    for (String chain : strings(all, "/filter/milena_words/filters")) {
      for (String filter : chain.split(",")) {
        assertThat(ours.contains(filter) || !filter.startsWith("milena_")).as(filter).isTrue();
      }
    }
  }

  @Test
  void isReadAsItWasWritten() {
    for (TextAnalysis analysis :
        Set.of(
            BOTH,
            MARKED,
            new TextAnalysis(false, false, Set.of()),
            new TextAnalysis(true, false, Set.of(FR)))) {
      assertThat(TextAnalysis.of(described(analysis))).hasValue(analysis);
    }
  }

  /** Before stems were marked an index did not say so. */
  @Test
  void knowsThatStemsWereNotMarked() {
    assertThat(TextAnalysis.of(meta("{'version': 1, 'folded': true, 'languages': ['en', 'de']}")))
        .hasValue(BOTH);
  }

  @Test
  void doesNotKnowWhatOthersMade() {
    assertThat(TextAnalysis.of(Map.of("milena", JsonData.of("posts-v5")))).isEmpty();
    assertThat(TextAnalysis.of(meta("{'version': 1, 'folded': true, 'languages': ['tlh']}")))
        .isEmpty();
    assertThat(TextAnalysis.of(meta("{'version': 99, 'folded': true, 'languages': ['en']}")))
        .isEmpty();
  }

  @Test
  void isOutdatedWhenOthersAreWantedOrMoreIsOffered() {
    assertThat(BOTH.isOutdated(Set.of(DE, EN), BOTH)).isFalse();
    assertThat(
            BOTH.isOutdated(Set.of(DE, EN, FR), new TextAnalysis(true, false, Set.of(DE, EN, FR))))
        .isTrue();
    assertThat(BOTH.isOutdated(Set.of(DE), new TextAnalysis(true, false, Set.of(DE)))).isTrue();
    TextAnalysis bare = new TextAnalysis(false, false, Set.of());
    assertThat(bare.isOutdated(Set.of(EN), new TextAnalysis(true, false, Set.of()))).isTrue();
    assertThat(bare.isOutdated(Set.of(EN), new TextAnalysis(false, false, Set.of(EN)))).isTrue();
  }

  @Test
  void isNotOutdatedByWhatTheClusterLacks() {
    TextAnalysis bare = new TextAnalysis(false, false, Set.of());
    assertThat(BOTH.isOutdated(Set.of(DE, EN), bare)).isFalse();
    assertThat(bare.isOutdated(Set.of(DE, EN), bare)).isFalse();
    assertThat(BOTH.isOutdated(Set.of(DE, EN, FR), new TextAnalysis(true, false, Set.of(EN))))
        .isFalse();
  }

  /** Which language is wanted no more is no reason to lose the others, or accents. */
  @Test
  void losesNothingThatIsWantedForWhatIsNot() {
    TextAnalysis bare = new TextAnalysis(false, false, Set.of());
    assertThat(BOTH.isOutdated(Set.of(DE), bare)).isFalse();
    assertThat(BOTH.isOutdated(Set.of(DE), new TextAnalysis(true, false, Set.of()))).isFalse();
    assertThat(BOTH.isOutdated(Set.of(DE), new TextAnalysis(false, false, Set.of(DE)))).isFalse();
    assertThat(BOTH.isOutdated(Set.of(), new TextAnalysis(true, false, Set.of()))).isTrue();
    assertThat(BOTH.isOutdated(Set.of(DE, EN, FR), new TextAnalysis(true, false, Set.of(DE, FR))))
        .as("one more, and one less")
        .isFalse();
  }

  private static Set<String> strings(TextAnalysis analysis, String pointer) {
    Set<String> strings = new LinkedHashSet<>();
    for (JsonNode node : analysis.settings().at(pointer)) {
      strings.add(node.asString());
    }
    return strings;
  }

  private static Map<String, JsonData> described(TextAnalysis analysis) {
    ObjectNode meta = MailJson.mapper().createObjectNode();
    analysis.describe(meta);
    return meta(meta.path("analysis").toString());
  }

  private static Map<String, JsonData> meta(String analysis) {
    return Map.of("analysis", JsonData.fromJson(analysis.replace('\'', '"')));
  }
}
