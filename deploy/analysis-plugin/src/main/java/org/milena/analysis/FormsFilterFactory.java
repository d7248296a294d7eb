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
 * The {@code milena_forms} filter: at the place of each token stands what the chains of {@code
 * words} make of it, and what those of {@code stems} make of it with a mark before it ({@link
 * StemMark}), none twice. So an index tells a word from the stem of another one.
 *
 * <p>With {@code omit_words} (the default) a stem that is one of the words there does not stand
 * there again, as most of them are: marks then cost no place. Who looks for a stem looks for it
 * with the mark and without.
 *
 * <p>Chains are written as those of {@code multiplexer}. Each of their filters must go word by
 * word.
 */
final class FormsFilterFactory extends AbstractTokenFilterFactory {
  static final String TYPE = "milena_forms";

  private final List<String> words;
  private final List<String> stems;
  private final boolean omitsWords;

  FormsFilterFactory(String name, Settings settings) {
    super(name, settings);
    this.words = settings.getAsList("words");
    this.stems = settings.getAsList("stems");
    this.omitsWords = settings.getAsBoolean("omit_words", true);
    if (words.isEmpty()) {
      throw new IllegalArgumentException("The " + TYPE + " filter needs [words]");
    }
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
    Chains.Place place = new Chains.Place(context, tokenizer, charFilters, previous, all);
    Chains ofWords = Chains.of(name(), words, place);
    Chains ofStems = Chains.of(name(), stems, place);
    if (!ofWords.areWordByWord() || !ofStems.areWordByWord()) {
      throw new IllegalArgumentException(
          "Filters of [" + name() + "] must make one token of each, whatever stands beside it");
    }
    return new Forms(name(), ofWords, ofStems, omitsWords);
  }

  /** The filter when the others are known. */
  private record Forms(String name, Chains words, Chains stems, boolean omitsWords)
      implements TokenFilterFactory {

    @Override
    public TokenStream create(TokenStream tokens) {
      return new DistinctTokens(
          RememberedTokens.ofForms(tokens, words.filterings(), stems.filterings(), omitsWords));
    }

    @Override
    public TokenFilterFactory getSynonymFilter() {
      throw noSynonyms(name);
    }
  }
}
