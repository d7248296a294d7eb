package org.milena.analysis;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.apache.lucene.analysis.TokenStream;
import org.elasticsearch.common.Strings;
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
    List<List<TokenFilterFactory>> chains = new ArrayList<>();
    if (preserveOriginal) {
      chains.add(List.of());
    }
    for (String element : filters) {
      List<TokenFilterFactory> before = new ArrayList<>(previous);
      List<TokenFilterFactory> chain = new ArrayList<>();
      for (String part : Strings.tokenizeToStringArray(element, ",")) {
        TokenFilterFactory named = all.apply(part);
        if (named == null) {
          throw new IllegalArgumentException(
              "Multiplexing filter ["
                  + name()
                  + "] refers to undefined tokenfilter ["
                  + part
                  + "]");
        }
        TokenFilterFactory filter =
            named.getChainAwareTokenFilterFactory(context, tokenizer, charFilters, before, all);
        chain.add(filter);
        before.add(filter);
      }
      chains.add(chain);
    }
    return new Multiplexer(name(), chains);
  }

  /** The filter when the others are known. */
  private record Multiplexer(String name, List<List<TokenFilterFactory>> chains)
      implements TokenFilterFactory {

    @Override
    public TokenStream create(TokenStream tokens) {
      List<Filtering> each = new ArrayList<>();
      for (List<TokenFilterFactory> chain : chains) {
        each.add(token -> {
          TokenStream stream = token;
          for (TokenFilterFactory filter : chain) {
            stream = filter.create(stream);
          }
          return stream;
        });
      }
      boolean remembered =
          !chains.isEmpty()
              && chains.stream()
                  .flatMap(List::stream)
                  .allMatch(filter -> filter instanceof WordByWord word && word.isWordByWord());
      return new DistinctTokens(
          remembered ? new RememberedTokens(tokens, each) : new MultiplexedTokens(tokens, each));
    }

    @Override
    public TokenFilterFactory getSynonymFilter() {
      throw noSynonyms(name);
    }
  }
}
