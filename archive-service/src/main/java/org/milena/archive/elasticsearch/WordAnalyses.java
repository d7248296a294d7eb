package org.milena.archive.elasticsearch;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.milena.common.failure.OutageException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The analysers of each index that posts are found in: what is marked in a post is what its own
 * index finds, also while another one is being made in another way.
 *
 * <p>What an index was made with does not change, so it is asked once. One that does not say so has
 * what the settings want.
 */
final class WordAnalyses {
  private static final Logger log = LoggerFactory.getLogger(WordAnalyses.class);

  private final Indices indices;
  private final Map<String, TextAnalysis> made = new ConcurrentHashMap<>();
  private final Map<TextAnalysis, WordAnalysis> analyses = new ConcurrentHashMap<>();

  WordAnalyses(Indices indices) {
    this.indices = indices;
  }

  /**
   * Those of an index.
   *
   * @param index its own name, as a hit has it
   */
  WordAnalysis of(String index) {
    TextAnalysis known = made.get(index);
    return analyses.computeIfAbsent(known == null ? asked(index) : known, WordAnalysis::of);
  }

  private TextAnalysis asked(String index) {
    try {
      TextAnalysis said = indices.analysis(index).orElseGet(indices::wanted);
      made.put(index, said);
      return said;
    } catch (OutageException | IllegalStateException e) {
      // what was found is worth more than its marks
      log.warn("marks in posts of {} are as the settings want them: {}", index, e.toString());
      return indices.wanted();
    }
  }
}
