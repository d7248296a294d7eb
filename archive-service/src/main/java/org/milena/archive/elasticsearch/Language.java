package org.milena.archive.elasticsearch;

import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A language whose words are found in their other forms, by its ISO 639 code, and what the search
 * engine does to a word of it. The algorithms are those of Lucene's own analyzer for the language.
 *
 * <p>Stop words stay, or a phrase with one in it could not be found.
 */
public enum Language {
  /** Arabic. */
  AR(plain("arabic").writing("decimal_digit", "arabic_normalization")),
  /** Bulgarian. */
  BG(plain("bulgarian")),
  /** Bengali. */
  BN(plain("bengali").writing("decimal_digit", "indic_normalization", "bengali_normalization")),
  /** Catalan. */
  CA(latin("catalan").articles("d", "l", "m", "n", "s", "t")),
  /** Sorani Kurdish. */
  CKB(plain("sorani").writing("sorani_normalization", "decimal_digit")),
  /** Czech. */
  CS(latin("czech")),
  /** Danish. */
  DA(latin("danish")),
  /** German: {@code ae} is {@code ä}. What stems it knows no accents. */
  DE(plain("light_german").writing("german_normalization")),
  /** Greek: a final sigma is one like others. */
  EL(plain("greek").lowerCase("greek")),
  /** English: {@code kernel's} is {@code kernel}. There are no accents. */
  EN(plain("possessive_english", "english")),
  /** Spanish. */
  ES(latin("light_spanish")),
  /** Estonian. */
  ET(latin("estonian")),
  /** Basque. */
  EU(latin("basque")),
  /** Persian. */
  FA(plain("persian").writing("decimal_digit", "arabic_normalization", "persian_normalization")),
  /** Finnish. */
  FI(latin("finnish")),
  /** French. */
  FR(
      latin("light_french")
          .articles(
              "c", "d", "j", "jusqu", "l", "lorsqu", "m", "n", "puisqu", "qu", "quoiqu", "s", "t")),
  /** Irish: {@code nA} is {@code n-a}. */
  GA(latin("irish").lowerCase("irish").articles("b", "d", "m")),
  /** Galician. */
  GL(latin("galician")),
  /** Hindi. */
  HI(plain("hindi").writing("decimal_digit", "indic_normalization", "hindi_normalization")),
  /** Hungarian. */
  HU(latin("hungarian")),
  /** Armenian. */
  HY(plain("armenian")),
  /** Indonesian. */
  ID(latin("indonesian")),
  /** Italian. */
  IT(
      latin("light_italian")
          .articles(
              "agl", "all", "c", "coll", "d", "dagl", "dall", "degl", "dell", "gl", "l", "m",
              "negl", "nell", "pell", "s", "sugl", "sull", "t", "un", "v")),
  /** Lithuanian. */
  LT(latin("lithuanian")),
  /** Latvian. */
  LV(latin("latvian")),
  /** Norwegian Bokmål. */
  NB(latin("norwegian")),
  /** Dutch. */
  NL(latin("dutch")),
  /** Norwegian Nynorsk. */
  NN(latin("light_nynorsk")),
  /** Portuguese. */
  PT(latin("light_portuguese")),
  /** Romanian. */
  RO(latin("romanian")),
  /** Russian. */
  RU(plain("russian")),
  /** Serbian, in both scripts. */
  SR(plain("serbian").writing("serbian_normalization")),
  /** Swedish. */
  SV(latin("swedish")),
  /** Turkish: I is the capital of ı, and what is behind an apostrophe is an ending. */
  TR(latin("turkish").lowerCase("turkish").writing("apostrophe"));

  /**
   * What is done to a word, in this order; accents are folded before or behind the stemming.
   *
   * @param lowerCase the language of the filter for lower case; null for that of all
   * @param articles that go from before an apostrophe
   * @param writing filters that write the same word in one way
   * @param stemmers algorithms
   * @param accents whether a stemmer may take {@code é} for another letter than {@code e}
   */
  record Steps(
      @Nullable String lowerCase,
      List<String> articles,
      List<String> writing,
      List<String> stemmers,
      boolean accents) {

    Steps lowerCase(String language) {
      return new Steps(language, articles, writing, stemmers, accents);
    }

    Steps articles(String... words) {
      return new Steps(lowerCase, List.of(words), writing, stemmers, accents);
    }

    Steps writing(String... filters) {
      return new Steps(lowerCase, articles, List.of(filters), stemmers, accents);
    }
  }

  @SuppressWarnings("ImmutableEnumChecker") // its lists are those of List.of
  private final Steps steps;

  Language(Steps steps) {
    this.steps = Objects.requireNonNull(steps);
  }

  /** To whose stemmer an accent may make another letter. */
  private static Steps latin(String stemmer) {
    return new Steps(null, List.of(), List.of(), List.of(stemmer), true);
  }

  /** To whose stemmers accents make no difference. */
  private static Steps plain(String... stemmers) {
    return new Steps(null, List.of(), List.of(), List.of(stemmers), false);
  }

  /** Its ISO 639 code, in lower case. */
  public String code() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Its code, as it stands in settings and in what is said about them. */
  @Override
  public String toString() {
    return code();
  }

  Steps steps() {
    return steps;
  }

  /**
   * Whether what is done to a word leaves its first letter, but for capitals, for what is not
   * ASCII, and for what is before an apostrophe.
   */
  boolean keepsBeginnings() {
    return switch (this) {
      // short words are ending from their first letter on; mutations and prefixes go
      case CS, TR, GA, ID -> false;
      default -> true;
    };
  }
}
