package org.milena.analysis;

import org.apache.lucene.analysis.TokenStream;
import org.elasticsearch.common.settings.Settings;
import org.elasticsearch.index.analysis.AbstractTokenFilterFactory;
import org.elasticsearch.index.analysis.NormalizingTokenFilterFactory;

/**
 * The {@code lowercase} filter. Its {@code language} may be Greek (accents go, and a final sigma is
 * one like others), Irish or Turkish (I is the capital of ı).
 */
final class LowerCaseFilterFactory extends AbstractTokenFilterFactory
    implements NormalizingTokenFilterFactory, WordByWord {

  private final Filtering lowering;

  LowerCaseFilterFactory(String name, Settings settings) {
    super(name, settings);
    this.lowering = WordFilters.lowerCase(settings.get("language", ""));
  }

  @Override
  public TokenStream create(TokenStream tokens) {
    return lowering.apply(tokens);
  }

  @Override
  public TokenStream normalize(TokenStream tokens) {
    return create(tokens);
  }
}
