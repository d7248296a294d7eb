package org.milena.analysis;

import static java.util.Map.entry;

import java.util.Locale;
import java.util.Map;
import org.apache.lucene.analysis.LowerCaseFilter;
import org.apache.lucene.analysis.ar.ArabicNormalizationFilter;
import org.apache.lucene.analysis.bn.BengaliNormalizationFilter;
import org.apache.lucene.analysis.ckb.SoraniNormalizationFilter;
import org.apache.lucene.analysis.core.DecimalDigitFilter;
import org.apache.lucene.analysis.de.GermanNormalizationFilter;
import org.apache.lucene.analysis.el.GreekLowerCaseFilter;
import org.apache.lucene.analysis.en.KStemFilter;
import org.apache.lucene.analysis.en.PorterStemFilter;
import org.apache.lucene.analysis.fa.PersianNormalizationFilter;
import org.apache.lucene.analysis.ga.IrishLowerCaseFilter;
import org.apache.lucene.analysis.hi.HindiNormalizationFilter;
import org.apache.lucene.analysis.in.IndicNormalizationFilter;
import org.apache.lucene.analysis.miscellaneous.KeywordRepeatFilter;
import org.apache.lucene.analysis.miscellaneous.RemoveDuplicatesTokenFilter;
import org.apache.lucene.analysis.sr.SerbianNormalizationFilter;
import org.apache.lucene.analysis.tr.ApostropheFilter;
import org.apache.lucene.analysis.tr.TurkishLowerCaseFilter;

/**
 * Filters without settings by the names that Elasticsearch has for them, and that for lower case.
 * Whoever takes texts apart beside the search engine makes them here, too.
 */
public final class WordFilters {

  /** Those that write the same word in one way, and go word by word. */
  static final Map<String, Filtering> NORMALIZING =
      Map.ofEntries(
          entry("arabic_normalization", ArabicNormalizationFilter::new),
          entry("bengali_normalization", BengaliNormalizationFilter::new),
          entry("decimal_digit", DecimalDigitFilter::new),
          entry("german_normalization", GermanNormalizationFilter::new),
          entry("hindi_normalization", HindiNormalizationFilter::new),
          entry("indic_normalization", IndicNormalizationFilter::new),
          entry("persian_normalization", PersianNormalizationFilter::new),
          entry("serbian_normalization", SerbianNormalizationFilter::new),
          entry("sorani_normalization", SoraniNormalizationFilter::new));

  /** Others that go word by word. */
  static final Map<String, Filtering> WORD_BY_WORD =
      Map.ofEntries(
          entry("apostrophe", ApostropheFilter::new),
          entry("kstem", KStemFilter::new),
          entry("porter_stem", PorterStemFilter::new));

  /** Those that see how tokens stand beside each other. */
  static final Map<String, Filtering> OTHERS =
      Map.ofEntries(
          entry("keyword_repeat", KeywordRepeatFilter::new),
          entry("remove_duplicates", RemoveDuplicatesTokenFilter::new));

  /**
   * The filter of that name.
   *
   * @throws IllegalArgumentException when there is none without settings
   */
  public static Filtering named(String name) {
    Filtering found =
        NORMALIZING.getOrDefault(name, WORD_BY_WORD.getOrDefault(name, OTHERS.get(name)));
    if (found == null) {
      throw new IllegalArgumentException("There is no filter [" + name + "] without settings");
    }
    return found;
  }

  /**
   * Lower case as a language has it: {@code greek} (accents go, and a final sigma is one like
   * others), {@code irish}, {@code turkish} (I is the capital of ı); empty for all others.
   *
   * @throws IllegalArgumentException for another language
   */
  public static Filtering lowerCase(String language) {
    return switch (language.toLowerCase(Locale.ROOT)) {
      case "" -> LowerCaseFilter::new;
      case "greek" -> GreekLowerCaseFilter::new;
      case "irish" -> IrishLowerCaseFilter::new;
      case "turkish" -> TurkishLowerCaseFilter::new;
      default ->
          throw new IllegalArgumentException(
              "The lowercase filter knows greek, irish and turkish, not [" + language + "]");
    };
  }

  private WordFilters() {}
}
