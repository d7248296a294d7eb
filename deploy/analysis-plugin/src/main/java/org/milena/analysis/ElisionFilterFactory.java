package org.milena.analysis;

import org.apache.lucene.analysis.CharArraySet;
import org.apache.lucene.analysis.TokenStream;
import org.apache.lucene.analysis.util.ElisionFilter;
import org.elasticsearch.common.settings.Settings;
import org.elasticsearch.env.Environment;
import org.elasticsearch.index.analysis.AbstractTokenFilterFactory;
import org.elasticsearch.index.analysis.Analysis;
import org.elasticsearch.index.analysis.NormalizingTokenFilterFactory;

/**
 * The {@code elision} filter: a word without the article before its apostrophe. Its settings are
 * {@code articles} or {@code articles_path}, and {@code articles_case}: whether case is ignored.
 */
final class ElisionFilterFactory extends AbstractTokenFilterFactory
    implements NormalizingTokenFilterFactory, WordByWord {

  private final CharArraySet articles;

  ElisionFilterFactory(Environment environment, String name, Settings settings) {
    super(name, settings);
    CharArraySet read = Analysis.parseArticles(environment, settings);
    if (read == null) {
      throw new IllegalArgumentException("The elision filter needs [articles] or [articles_path]");
    }
    this.articles = read;
  }

  @Override
  public TokenStream create(TokenStream tokens) {
    return new ElisionFilter(tokens, articles);
  }

  @Override
  public TokenStream normalize(TokenStream tokens) {
    return create(tokens);
  }
}
