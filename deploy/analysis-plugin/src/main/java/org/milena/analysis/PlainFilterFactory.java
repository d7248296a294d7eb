package org.milena.analysis;

import org.apache.lucene.analysis.TokenStream;
import org.elasticsearch.common.settings.Settings;
import org.elasticsearch.index.analysis.AbstractTokenFilterFactory;
import org.elasticsearch.index.analysis.NormalizingTokenFilterFactory;

/** A filter without settings. */
class PlainFilterFactory extends AbstractTokenFilterFactory {

  private final Filtering filtering;

  PlainFilterFactory(String name, Settings settings, Filtering filtering) {
    super(name, settings);
    this.filtering = filtering;
  }

  @Override
  public TokenStream create(TokenStream tokens) {
    return filtering.apply(tokens);
  }

  /** One that makes another text of a token, and looks at nothing else. */
  static class Wordwise extends PlainFilterFactory implements WordByWord {

    Wordwise(String name, Settings settings, Filtering filtering) {
      super(name, settings, filtering);
    }
  }

  /** One that writes characters in one way, so that it may serve in a keyword's normalizer, too. */
  static final class Normalizing extends Wordwise implements NormalizingTokenFilterFactory {

    Normalizing(String name, Settings settings, Filtering filtering) {
      super(name, settings, filtering);
    }

    @Override
    public TokenStream normalize(TokenStream tokens) {
      return create(tokens);
    }
  }
}
