package org.milena.analysis;

import java.util.List;
import org.elasticsearch.common.settings.Settings;

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
final class FormsFilterFactory extends ChainedFilterFactory {
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
  Filtering of(Chains.Place place) {
    Chains ofWords = Chains.of(name(), words, place);
    Chains ofStems = Chains.of(name(), stems, place);
    if (!ofWords.areWordByWord() || !ofStems.areWordByWord()) {
      throw new IllegalArgumentException(
          "Filters of [" + name() + "] must make one token of each, whatever stands beside it");
    }
    return tokens ->
        new DistinctTokens(
            RememberedTokens.ofForms(
                tokens, ofWords.filterings(), ofStems.filterings(), omitsWords));
  }
}
