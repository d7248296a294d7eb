package org.milena.analysis;

import org.apache.lucene.analysis.TokenStream;
import org.elasticsearch.common.settings.Settings;
import org.elasticsearch.index.analysis.AbstractTokenFilterFactory;

/**
 * The {@code stemmer} filter, whose {@code language} setting (or {@code name}; English if neither
 * is given) names the algorithm.
 */
final class StemmerFilterFactory extends AbstractTokenFilterFactory implements WordByWord {

  private final Filtering stemming;

  StemmerFilterFactory(String name, Settings settings) {
    super(name, settings);
    this.stemming = Stemmers.named(settings.get("language", settings.get("name", "porter")));
  }

  @Override
  public TokenStream create(TokenStream tokens) {
    return stemming.apply(tokens);
  }
}
