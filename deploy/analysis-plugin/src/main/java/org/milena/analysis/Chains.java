package org.milena.analysis;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.apache.lucene.analysis.LowerCaseFilter;
import org.apache.lucene.analysis.TokenStream;
import org.apache.lucene.analysis.miscellaneous.EmptyTokenStream;
import org.elasticsearch.common.Strings;
import org.elasticsearch.index.IndexService.IndexCreationContext;
import org.elasticsearch.index.analysis.CharFilterFactory;
import org.elasticsearch.index.analysis.TokenFilterFactory;
import org.elasticsearch.index.analysis.TokenizerFactory;

/**
 * Filters of an index, called by their names: an element is the name of one, or of several with
 * commas between them that follow each other.
 */
record Chains(List<List<TokenFilterFactory>> all) {

  Chains {
    all = all.stream().map(List::copyOf).toList();
  }

  /** What stands before the filter that has chains, and what all filters are called. */
  record Place(
      IndexCreationContext context,
      TokenizerFactory tokenizer,
      List<CharFilterFactory> charFilters,
      List<TokenFilterFactory> previous,
      Function<String, TokenFilterFactory> named) {}

  /**
   * The chains of these elements.
   *
   * @param owner the filter that has them
   * @throws IllegalArgumentException when there is no filter of a name
   */
  static Chains of(String owner, List<String> elements, Place place) {
    List<List<TokenFilterFactory>> chains = new ArrayList<>();
    for (String element : elements) {
      chains.add(chain(owner, element, place));
    }
    return new Chains(chains);
  }

  private static List<TokenFilterFactory> chain(String owner, String element, Place place) {
    List<TokenFilterFactory> before = new ArrayList<>(place.previous());
    List<TokenFilterFactory> chain = new ArrayList<>();
    for (String part : Strings.tokenizeToStringArray(element, ",")) {
      TokenFilterFactory named = place.named().apply(part);
      if (named == null) {
        throw new IllegalArgumentException(
            "Filter [" + owner + "] refers to undefined tokenfilter [" + part + "]");
      }
      TokenFilterFactory filter =
          named.getChainAwareTokenFilterFactory(
              place.context(), place.tokenizer(), place.charFilters(), before, place.named());
      chain.add(filter);
      before.add(filter);
    }
    return chain;
  }

  /** Each chain as one filter. */
  List<Filtering> filterings() {
    List<Filtering> each = new ArrayList<>();
    for (List<TokenFilterFactory> chain : all) {
      each.add(tokens -> {
        TokenStream stream = tokens;
        for (TokenFilterFactory filter : chain) {
          stream = filter.create(stream);
        }
        return stream;
      });
    }
    return each;
  }

  /** Whether each filter of them goes word by word. */
  boolean areWordByWord() {
    return all.stream().flatMap(List::stream).allMatch(Chains::isWordByWord);
  }

  /**
   * Where an index says no more than {@code lowercase}, the server's own filter goes before the one
   * of the plugin, and knows nothing of {@link WordByWord}.
   */
  private static boolean isWordByWord(TokenFilterFactory filter) {
    if (filter instanceof WordByWord word) {
      return word.isWordByWord();
    }
    return filter.name().equals("lowercase")
        && filter.create(new EmptyTokenStream()).getClass() == LowerCaseFilter.class;
  }
}
