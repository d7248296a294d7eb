package org.milena.analysis;

import org.apache.lucene.analysis.TokenStream;
import org.apache.lucene.analysis.miscellaneous.ASCIIFoldingFilter;
import org.elasticsearch.common.settings.Settings;
import org.elasticsearch.index.analysis.AbstractTokenFilterFactory;
import org.elasticsearch.index.analysis.NormalizingTokenFilterFactory;

/**
 * The {@code asciifolding} filter: "é" is found by "e". It may serve in a keyword's normalizer too,
 * where there is one token for one value, so {@code preserve_original} does not hold there.
 */
final class AsciiFoldingFilterFactory extends AbstractTokenFilterFactory
    implements NormalizingTokenFilterFactory, WordByWord {

  private final boolean preserveOriginal;

  AsciiFoldingFilterFactory(String name, Settings settings) {
    super(name, settings);
    this.preserveOriginal = settings.getAsBoolean("preserve_original", false);
  }

  @Override
  public TokenStream create(TokenStream tokens) {
    return new ASCIIFoldingFilter(tokens, preserveOriginal);
  }

  @Override
  public boolean isWordByWord() {
    return !preserveOriginal;
  }

  @Override
  public TokenStream normalize(TokenStream tokens) {
    return new ASCIIFoldingFilter(tokens, false);
  }
}
