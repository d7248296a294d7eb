package org.milena.analysis;

import org.apache.lucene.analysis.TokenStream;
import org.apache.lucene.analysis.ngram.EdgeNGramTokenFilter;
import org.elasticsearch.common.settings.Settings;
import org.elasticsearch.index.analysis.AbstractTokenFilterFactory;

/** The {@code edge_ngram} filter: the beginnings of a token, for search while one types. */
final class EdgeNGramFilterFactory extends AbstractTokenFilterFactory {

  private final int minGram;
  private final int maxGram;
  private final boolean preserveOriginal;

  EdgeNGramFilterFactory(String name, Settings settings) {
    super(name, settings);
    this.minGram = settings.getAsInt("min_gram", 1);
    this.maxGram = settings.getAsInt("max_gram", 2);
    this.preserveOriginal = settings.getAsBoolean("preserve_original", false);
    if (settings.get("side", "front").equals("back")) {
      throw new IllegalArgumentException("The edge_ngram filter here takes the front side only");
    }
  }

  @Override
  public TokenStream create(TokenStream tokens) {
    return new EdgeNGramTokenFilter(tokens, minGram, maxGram, preserveOriginal);
  }

  /**
   * Grams of two tokens at one place say nothing about phrases, as in Elasticsearch's own filter.
   */
  @Override
  public boolean breaksFastVectorHighlighter() {
    return true;
  }
}
