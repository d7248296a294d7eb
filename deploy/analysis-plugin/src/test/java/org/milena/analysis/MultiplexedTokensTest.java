package org.milena.analysis;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.apache.lucene.analysis.CharArraySet;
import org.apache.lucene.analysis.LowerCaseFilter;
import org.apache.lucene.analysis.StopFilter;
import org.apache.lucene.analysis.TokenStream;
import org.apache.lucene.analysis.Tokenizer;
import org.apache.lucene.analysis.de.GermanNormalizationFilter;
import org.apache.lucene.analysis.en.PorterStemFilter;
import org.apache.lucene.analysis.miscellaneous.ASCIIFoldingFilter;
import org.apache.lucene.analysis.miscellaneous.KeywordRepeatFilter;
import org.apache.lucene.analysis.miscellaneous.RemoveDuplicatesTokenFilter;
import org.apache.lucene.analysis.ngram.EdgeNGramTokenFilter;
import org.apache.lucene.analysis.standard.StandardTokenizer;
import org.apache.lucene.analysis.tokenattributes.OffsetAttribute;
import org.apache.lucene.analysis.tokenattributes.PayloadAttribute;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** All that an index sees of a token is what the plainest form of the filter gives. */
class MultiplexedTokensTest {
  private static final Filtering LOWER = LowerCaseFilter::new;
  private static final Filtering FOLDED = tokens -> new ASCIIFoldingFilter(LOWER.apply(tokens));
  private static final Filtering ENGLISH = stemmed("possessive_english", "english");
  private static final Filtering GERMAN =
      tokens ->
          Stemmers.named("light_german")
              .apply(new ASCIIFoldingFilter(new GermanNormalizationFilter(LOWER.apply(tokens))));
  private static final Filtering BOTH =
      tokens -> new ASCIIFoldingFilter(FOLDED.apply(tokens), true);
  private static final Filtering STOPPED =
      tokens -> new StopFilter(LOWER.apply(tokens), new CharArraySet(Set.of("die", "the"), false));
  private static final Filtering BEGINNINGS =
      tokens -> new EdgeNGramTokenFilter(LOWER.apply(tokens), 1, 3, true);
  private static final Filtering REPEATED =
      tokens -> new PorterStemFilter(new KeywordRepeatFilter(LOWER.apply(tokens)));

  /** What stands before the chains. */
  private static final List<Filtering> BEFORE =
      List.of(
          tokens -> tokens,
          KeywordRepeatFilter::new,
          STOPPED,
          tokens -> new EdgeNGramTokenFilter(tokens, 2, 4, false));

  private static Filtering stemmed(String... stemmers) {
    return tokens -> {
      TokenStream stream = FOLDED.apply(tokens);
      for (String stemmer : stemmers) {
        stream = Stemmers.named(stemmer).apply(stream);
      }
      return stream;
    };
  }

  static Stream<List<Filtering>> anyChains() {
    return Stream.of(
        List.of(),
        List.of(LOWER),
        List.of(FOLDED, ENGLISH, GERMAN),
        List.of(BOTH, STOPPED),
        List.of(STOPPED, BEGINNINGS, REPEATED),
        List.of(STOPPED),
        List.of(REPEATED, tokens -> tokens, BEGINNINGS));
  }

  static Stream<List<Filtering>> wordByWord() {
    List<List<Filtering>> all = new ArrayList<>();
    all.add(List.of(FOLDED));
    all.add(List.of(FOLDED, ENGLISH, GERMAN));
    all.add(List.of(tokens -> tokens, GERMAN, LOWER, ENGLISH));
    for (String stemmer : STEMMERS) {
      all.add(List.of(FOLDED, stemmed(stemmer), Stemmers.named(stemmer)));
    }
    return all.stream();
  }

  private static final Set<String> STEMMERS =
      new TreeSet<>(
          List.of(
              "arabic",
              "brazilian",
              "bulgarian",
              "catalan",
              "czech",
              "danish",
              "dutch",
              "finnish",
              "light_french",
              "galician",
              "greek",
              "hindi",
              "hungarian",
              "indonesian",
              "irish",
              "light_italian",
              "latvian",
              "light_nynorsk",
              "persian",
              "light_portuguese",
              "kstem",
              "portuguese_rslp",
              "romanian",
              "russian",
              "serbian",
              "light_spanish",
              "sorani",
              "spanish_plural",
              "swedish",
              "turkish"));

  @ParameterizedTest
  @MethodSource("anyChains")
  void laysTokensAside(List<Filtering> chains) throws IOException {
    compare(chains, tokens -> new DistinctTokens(new MultiplexedTokens(tokens, chains)));
  }

  @ParameterizedTest
  @MethodSource("wordByWord")
  void remembersWords(List<Filtering> chains) throws IOException {
    compare(chains, tokens -> new DistinctTokens(RememberedTokens.ofChains(tokens, chains)));
  }

  /** Each stream reads many texts, as an analyzer has it, with words that come again and again. */
  private static void compare(List<Filtering> chains, Filtering tried) throws IOException {
    for (Filtering before : BEFORE) {
      Tokenizer plain = new StandardTokenizer();
      Tokenizer other = new StandardTokenizer();
      TokenStream model =
          new RemoveDuplicatesTokenFilter(new ClonedTokens(before.apply(plain), chains));
      TokenStream stream = tried.apply(before.apply(other));
      Random random = new Random(7);
      for (int i = 0; i < 60; i++) {
        String text = text(random);
        assertThat(tokens(other, stream, text)).as(text).isEqualTo(tokens(plain, model, text));
      }
    }
  }

  @Test
  void seesWhatAddsAttributesBehindTheReset() throws IOException {
    Tokenizer tokenizer = new StandardTokenizer();
    TokenStream stream = new MultiplexedTokens(tokenizer, List.of(LOWER, ENGLISH));
    tokens(tokenizer, stream, "Letters");
    tokenizer.setReader(new StringReader("Letters"));
    stream.reset();
    stream.addAttribute(PayloadAttribute.class);
    assertThat(stream.incrementToken()).isTrue();
    assertThat(stream.incrementToken()).isTrue();
    assertThat(stream.incrementToken()).isFalse();
  }

  /** All attributes of each token, and those at the end. */
  private static List<String> tokens(Tokenizer tokenizer, TokenStream stream, String text)
      throws IOException {
    List<String> tokens = new ArrayList<>();
    tokenizer.setReader(new StringReader(text));
    OffsetAttribute offsets = stream.addAttribute(OffsetAttribute.class);
    stream.reset();
    while (stream.incrementToken()) {
      tokens.add(stream.reflectAsString(true));
    }
    stream.end();
    tokens.add("end " + offsets.endOffset() + " " + stream.reflectAsString(true));
    stream.close();
    return tokens;
  }

  private static final List<String> WORDS =
      List.of(
          "the",
          "The",
          "die",
          "Häuser",
          "haeuser",
          "Haeuser",
          "running",
          "Running",
          "runs",
          "kernel's",
          "KERNEL",
          "Straße",
          "informações",
          "informacoes",
          "knihovnách",
          "l'ami",
          "don’t",
          "книгами",
          "ΟΔΟΣ",
          "IŞIK",
          "日本語",
          "कार्य",
          "𝒜lpha",
          "x",
          "a",
          "1.2.3",
          "v6.18-rc1",
          "foo_bar",
          "Donaudampfschifffahrtsgesellschaftskapitän",
          "I",
          "e\u0301t\u0301");

  private static String text(Random random) {
    StringBuilder text = new StringBuilder();
    int words = random.nextInt(30);
    for (int i = 0; i < words; i++) {
      if (random.nextInt(4) == 0) {
        for (int n = random.nextInt(40); n >= 0; n--) {
          text.append(
              (char)
                  (random.nextInt(5) == 0 ? 0xE0 + random.nextInt(32) : 'a' + random.nextInt(26)));
        }
      } else {
        text.append(WORDS.get(random.nextInt(WORDS.size())));
      }
      text.append(random.nextInt(5) == 0 ? ".\n > " : " ");
    }
    return text.toString();
  }
}
