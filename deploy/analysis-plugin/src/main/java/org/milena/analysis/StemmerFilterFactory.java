package org.milena.analysis;

import java.util.Locale;
import org.apache.lucene.analysis.TokenStream;
import org.apache.lucene.analysis.de.GermanLightStemFilter;
import org.apache.lucene.analysis.de.GermanMinimalStemFilter;
import org.apache.lucene.analysis.en.EnglishMinimalStemFilter;
import org.apache.lucene.analysis.en.EnglishPossessiveFilter;
import org.apache.lucene.analysis.en.KStemFilter;
import org.apache.lucene.analysis.en.PorterStemFilter;
import org.apache.lucene.analysis.fr.FrenchLightStemFilter;
import org.apache.lucene.analysis.fr.FrenchMinimalStemFilter;
import org.apache.lucene.analysis.snowball.SnowballFilter;
import org.elasticsearch.common.settings.Settings;
import org.elasticsearch.index.analysis.AbstractTokenFilterFactory;
import org.tartarus.snowball.ext.EnglishStemmer;
import org.tartarus.snowball.ext.FrenchStemmer;
import org.tartarus.snowball.ext.GermanStemmer;

/**
 * The {@code stemmer} filter, whose {@code language} setting (or {@code name}; English if neither
 * is given) names the algorithm; and the filters that are one algorithm by their own name.
 */
final class StemmerFilterFactory extends AbstractTokenFilterFactory {

  private final Filtering stemming;

  StemmerFilterFactory(String name, Settings settings) {
    this(name, settings, named(settings.get("language", settings.get("name", "porter"))));
  }

  StemmerFilterFactory(String name, Settings settings, Filtering stemming) {
    super(name, settings);
    this.stemming = stemming;
  }

  @Override
  public TokenStream create(TokenStream tokens) {
    return stemming.apply(tokens);
  }

  private static Filtering named(String language) {
    return switch (language.toLowerCase(Locale.ROOT)) {
      case "english", "porter" -> PorterStemFilter::new;
      case "porter2" -> tokens -> new SnowballFilter(tokens, new EnglishStemmer());
      case "kstem", "light_english", "lightenglish" -> KStemFilter::new;
      case "minimal_english" -> EnglishMinimalStemFilter::new;
      case "possessive_english" -> EnglishPossessiveFilter::new;
      case "german" -> tokens -> new SnowballFilter(tokens, new GermanStemmer());
      case "light_german", "lightgerman" -> GermanLightStemFilter::new;
      case "minimal_german" -> GermanMinimalStemFilter::new;
      case "french" -> tokens -> new SnowballFilter(tokens, new FrenchStemmer());
      case "light_french", "lightfrench" -> FrenchLightStemFilter::new;
      case "minimal_french" -> FrenchMinimalStemFilter::new;
      default ->
          throw new IllegalArgumentException(
              "The stemmer filter here knows English, German and French, not [" + language + "]");
    };
  }
}
