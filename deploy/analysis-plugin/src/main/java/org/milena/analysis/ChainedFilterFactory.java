package org.milena.analysis;

import java.util.List;
import java.util.function.Function;
import org.apache.lucene.analysis.TokenStream;
import org.elasticsearch.common.settings.Settings;
import org.elasticsearch.index.IndexService.IndexCreationContext;
import org.elasticsearch.index.analysis.AbstractTokenFilterFactory;
import org.elasticsearch.index.analysis.CharFilterFactory;
import org.elasticsearch.index.analysis.TokenFilterFactory;
import org.elasticsearch.index.analysis.TokenizerFactory;

/**
 * A filter that is made of others of its index, which are known later than its settings: the server
 * asks for it with them ({@link #getChainAwareTokenFilterFactory}) before it makes a stream.
 */
abstract class ChainedFilterFactory extends AbstractTokenFilterFactory {

  ChainedFilterFactory(String name, Settings settings) {
    super(name, settings);
  }

  /**
   * The filter when the others are known.
   *
   * @throws IllegalArgumentException when one is not there, or does not fit
   */
  abstract Filtering of(Chains.Place place);

  @Override
  public final TokenFilterFactory getChainAwareTokenFilterFactory(
      IndexCreationContext context,
      TokenizerFactory tokenizer,
      List<CharFilterFactory> charFilters,
      List<TokenFilterFactory> previous,
      Function<String, TokenFilterFactory> all) {
    return new Known(name(), of(new Chains.Place(context, tokenizer, charFilters, previous, all)));
  }

  @Override
  public final TokenStream create(TokenStream tokens) {
    throw new UnsupportedOperationException("The filters of [" + name() + "] are not known yet");
  }

  @Override
  public final TokenFilterFactory getSynonymFilter() {
    throw noSynonyms(name());
  }

  private static IllegalArgumentException noSynonyms(String name) {
    return new IllegalArgumentException(
        "Token filter [" + name + "] cannot be used to parse synonyms");
  }

  private record Known(String name, Filtering filtering) implements TokenFilterFactory {

    @Override
    public TokenStream create(TokenStream tokens) {
      return filtering.apply(tokens);
    }

    @Override
    public TokenFilterFactory getSynonymFilter() {
      throw noSynonyms(name);
    }
  }
}
