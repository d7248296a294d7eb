package org.milena.analysis;

import java.util.ArrayList;
import java.util.List;
import org.elasticsearch.common.settings.Settings;

/**
 * The {@code multiplexer} filter: at the place of each token stands what each of {@code filters}
 * makes of it, and none twice. An element of {@code filters} is the name of a filter, or of several
 * with commas between them that follow each other. With {@code preserve_original} (the default) the
 * token itself stands there first.
 *
 * <p>Filters that read several tokens to make one see no more than one here.
 */
final class MultiplexerFilterFactory extends ChainedFilterFactory {

  private final List<String> filters;
  private final boolean preserveOriginal;

  MultiplexerFilterFactory(String name, Settings settings) {
    super(name, settings);
    this.filters = settings.getAsList("filters");
    this.preserveOriginal = settings.getAsBoolean("preserve_original", true);
  }

  @Override
  Filtering of(Chains.Place place) {
    List<String> elements = new ArrayList<>(filters);
    if (preserveOriginal) {
      elements.addFirst("");
    }
    Chains chains = Chains.of(name(), elements, place);
    boolean remembered = !elements.isEmpty() && chains.areWordByWord();
    return tokens ->
        new DistinctTokens(
            remembered
                ? RememberedTokens.ofChains(tokens, chains.filterings())
                : new MultiplexedTokens(tokens, chains.filterings()));
  }
}
