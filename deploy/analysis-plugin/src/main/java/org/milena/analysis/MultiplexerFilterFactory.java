package org.milena.analysis;

import java.util.ArrayList;
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
 * The {@code multiplexer} filter: at the place of each token stands what each of {@code filters}
 * makes of it, and none twice. An element of {@code filters} is the name of a filter, or of several
 * with commas between them that follow each other. With {@code preserve_original} (the default) the
 * token itself stands there first.
 *
 * <p>Filters that read several tokens to make one see no more than one here.
 */
final class MultiplexerFilterFactory extends AbstractTokenFilterFactory {

  private final List<String> filters;
  private final boolean preserveOriginal;

  MultiplexerFilterFactory(String name, Settings settings) {
    super(name, settings);
    this.filters = settings.getAsList("filters");
    this.preserveOriginal = settings.getAsBoolean("preserve_original", true);
  }

  @Override
  public TokenStream create(TokenStream tokens) {
    throw new UnsupportedOperationException("The filters of [" + name() + "] are not known yet");
  }

  @Override
  public TokenFilterFactory getSynonymFilter() {
    throw noSynonyms(name());
  }

  private static IllegalArgumentException noSynonyms(String name) {
    return new IllegalArgumentException(
        "Token filter [" + name + "] cannot be used to parse synonyms");
  }

  @Override
  public TokenFilterFactory getChainAwareTokenFilterFactory(
      IndexCreationContext context,
      TokenizerFactory tokenizer,
      List<CharFilterFactory> charFilters,
      List<TokenFilterFactory> previous,
      Function<String, TokenFilterFactory> all) {
    List<String> elements = new ArrayList<>(filters);
    if (preserveOriginal) {
      elements.addFirst("");
    }
    Chains.Place place = new Chains.Place(context, tokenizer, charFilters, previous, all);
    return new Multiplexer(name(), Chains.of(name(), elements, place));
  }

  /** The filter when the others are known. */
  private record Multiplexer(String name, Chains chains) implements TokenFilterFactory {

    @Override
    public TokenStream create(TokenStream tokens) {
      List<Filtering> each = chains.filterings();
      boolean remembered = !each.isEmpty() && chains.areWordByWord();
      return new DistinctTokens(
          remembered
              ? RememberedTokens.ofChains(tokens, each)
              : new MultiplexedTokens(tokens, each));
    }

    @Override
    public TokenFilterFactory getSynonymFilter() {
      throw noSynonyms(name);
    }
  }
}
