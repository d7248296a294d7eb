package org.milena.archive.elasticsearch;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.milena.analysis.StemMark;

class WordAnalysisTest {
  private static WordAnalysis of(Set<Language> languages) {
    return WordAnalysis.of(new TextAnalysis(true, false, languages));
  }

  private static WordAnalysis marked(Set<Language> languages) {
    return WordAnalysis.of(new TextAnalysis(true, true, languages));
  }

  @Test
  void makesTermsOfWords() {
    WordAnalysis analysis = of(EnumSet.of(Language.EN, Language.DE));
    assertThat(analysis.exact().terms("Müller's")).containsExactly("muller's");
    assertThat(analysis.search().terms("Running")).containsExactlyInAnyOrder("run", "running");
    assertThat(analysis.index().terms("Häusern")).containsExactlyInAnyOrder("haus", "hausern");
    assertThat(analysis.search().terms("Haus")).contains("haus");
  }

  @Test
  void marksStemsThatAreNoWords() {
    WordAnalysis analysis = marked(EnumSet.of(Language.EN, Language.DE));
    assertThat(analysis.exact().terms("Häusern")).containsExactly("hausern");
    assertThat(analysis.index().terms("Häusern")).containsExactlyInAnyOrder("hausern", "=haus");
    assertThat(analysis.index().terms("run")).containsExactly("run");
    assertThat(analysis.index().terms("fuer")).containsExactlyInAnyOrder("fuer", "fur");
    assertThat(analysis.index().terms("kernel's")).containsExactlyInAnyOrder("kernel's", "=kernel");
    assertThat(analysis.search().terms("Running"))
        .containsExactlyInAnyOrder("run", "=run", "running", "=running");
  }

  @Test
  void takesWordsAsTheyStandWithoutLanguages() {
    WordAnalysis analysis = of(Set.of());
    assertThat(analysis.search().terms("Running")).containsExactly("running");
    assertThat(analysis.index().terms("Running")).containsExactly("running");
  }

  @Test
  void remembersNoMoreWordsThanItMay() {
    WordAnalysis analysis = of(EnumSet.of(Language.EN));
    for (int i = 0; i < 50_000; i++) {
      assertThat(analysis.search().terms("words" + i)).containsExactly("words" + i);
    }
    assertThat(analysis.search().terms("words")).containsExactly("word");
  }

  @ParameterizedTest
  @EnumSource
  void keepsBeginningsWhereItSaysSo(Language language) {
    WordAnalysis analysis = marked(EnumSet.of(language));
    assertThat(analysis.keepsBeginnings()).isEqualTo(language.keepsBeginnings());
    SplittableRandom random = new SplittableRandom(language.ordinal());
    int other = 0;
    for (int round = 0; round < 20_000; round++) {
      String word = word(random);
      char first = word.toLowerCase(Locale.ROOT).charAt(0);
      other +=
          analysis.index().terms(word).stream()
                  .allMatch(term -> term.charAt(StemMark.isMarked(term) ? 1 : 0) == first)
              ? 0
              : 1;
    }
    assertThat(other > 0)
        .as(other + " terms with another letter")
        .isEqualTo(!language.keepsBeginnings());
  }

  /** Letters, of which some follow each other in prefixes and endings. */
  private static String word(SplittableRandom random) {
    String[] pieces = {
      "me", "ber", "di", "pe", "ke", "se", "bh", "ts", "h", "n", "ge", "al", "un", "y", "i", "I",
      "A", "o", "u", "ae", "oe", "ue", "ss", "en", "er", "s", "ing", "ed", "kan", "nya", "lar", "k",
      "t"
    };
    StringBuilder word = new StringBuilder();
    for (int i = 1 + random.nextInt(5); i > 0; i--) {
      word.append(pieces[random.nextInt(pieces.length)]);
    }
    return word.toString();
  }
}
