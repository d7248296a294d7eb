package org.milena.analysis;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import org.apache.lucene.analysis.LowerCaseFilter;
import org.apache.lucene.analysis.TokenStream;
import org.apache.lucene.analysis.core.WhitespaceTokenizer;
import org.apache.lucene.analysis.miscellaneous.ASCIIFoldingFilter;
import org.apache.lucene.analysis.tokenattributes.CharTermAttribute;
import org.apache.lucene.analysis.tokenattributes.PositionIncrementAttribute;
import org.junit.jupiter.api.Test;

/** Words as they are, stems with a mark. */
class FormsTest {
  private static final Filtering LOWER = LowerCaseFilter::new;
  private static final Filtering FOLDED = tokens -> new ASCIIFoldingFilter(LOWER.apply(tokens));
  private static final Filtering ENGLISH =
      tokens -> Stemmers.named("english").apply(FOLDED.apply(tokens));
  private static final Filtering GERMAN =
      tokens -> Stemmers.named("light_german").apply(FOLDED.apply(tokens));

  @Test
  void marksStemsThatAreNoWordsThere() throws IOException {
    assertThat(forms("Running run Häusern", List.of(FOLDED), List.of(ENGLISH, GERMAN), true))
        .containsExactly(Set.of("running", "=run"), Set.of("run"), Set.of("hausern", "=haus"));
  }

  @Test
  void marksThemAllForWhoeverLooksForThem() throws IOException {
    assertThat(forms("Running run", List.of(ENGLISH), List.of(ENGLISH), false))
        .containsExactly(Set.of("run", "=run"), Set.of("run", "=run"));
  }

  @Test
  void isNothingButWordsWithoutStems() throws IOException {
    assertThat(forms("Änd", List.of(LOWER, FOLDED), List.of(), true))
        .containsExactly(Set.of("änd", "and"));
  }

  /** Other chains may make what looks like a mark, and it stays. */
  @Test
  void leavesEqualsSignsOfOthersAlone() throws IOException {
    assertThat(
            places(
                "x=1 =x",
                tokens ->
                    RememberedTokens.ofChains(
                        tokens, List.of(LOWER, token -> new StemMark(token)))))
        .containsExactly(Set.of("x=1", "=x=1"), Set.of("=x", "==x"));
  }

  /** However often a word comes again, and however long it is. */
  @Test
  void isWhatTheChainsMake() throws IOException {
    SplittableRandom random = new SplittableRandom(5);
    WhitespaceTokenizer tokenizer = new WhitespaceTokenizer();
    TokenStream stream =
        RememberedTokens.ofForms(tokenizer, List.of(FOLDED), List.of(ENGLISH, GERMAN), true);
    String[] endings = {"", "s", "ing", "ed", "ern", "en", "e", "ß", "ü"};
    for (int round = 0; round < 200; round++) {
      StringBuilder text = new StringBuilder();
      for (int i = random.nextInt(20); i >= 0; i--) {
        text.append((char) ('a' + random.nextInt(6)));
        text.append("bcdefghijklmnopqrstuvwxyz", 0, random.nextInt(26));
        text.append(endings[random.nextInt(endings.length)]).append(' ');
      }
      List<Set<String>> words = places(text.toString(), FOLDED);
      List<Set<String>> english = places(text.toString(), ENGLISH);
      List<Set<String>> german = places(text.toString(), GERMAN);
      List<Set<String>> expected = new ArrayList<>();
      for (int i = 0; i < words.size(); i++) {
        Set<String> stems = new LinkedHashSet<>(english.get(i));
        stems.addAll(german.get(i));
        stems.removeAll(words.get(i));
        Set<String> place = new LinkedHashSet<>(words.get(i));
        stems.forEach(stem -> place.add("=" + stem));
        expected.add(place);
      }
      tokenizer.setReader(new StringReader(text.toString()));
      assertThat(places(stream)).isEqualTo(expected);
    }
  }

  private static List<Set<String>> forms(
      String text, List<Filtering> words, List<Filtering> stems, boolean omitsWords)
      throws IOException {
    return places(text, tokens -> RememberedTokens.ofForms(tokens, words, stems, omitsWords));
  }

  private static List<Set<String>> places(String text, Filtering filtering) throws IOException {
    WhitespaceTokenizer tokenizer = new WhitespaceTokenizer();
    tokenizer.setReader(new StringReader(text));
    return places(filtering.apply(tokenizer));
  }

  private static List<Set<String>> places(TokenStream stream) throws IOException {
    List<Set<String>> places = new ArrayList<>();
    CharTermAttribute term = stream.addAttribute(CharTermAttribute.class);
    PositionIncrementAttribute increment = stream.addAttribute(PositionIncrementAttribute.class);
    stream.reset();
    while (stream.incrementToken()) {
      if (increment.getPositionIncrement() > 0) {
        places.add(new LinkedHashSet<>());
      }
      places.getLast().add(term.toString());
    }
    stream.end();
    stream.close();
    return places;
  }
}
