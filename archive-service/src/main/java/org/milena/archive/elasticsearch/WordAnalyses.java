package org.milena.archive.elasticsearch;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The analysers of each index that posts are found in: what is marked in a post is what its own
 * index finds, also while another one is being made in another way.
 *
 * <p>What an index was made with does not change, so it is asked once.
 */
final class WordAnalyses {
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
   * @throws org.milena.common.failure.OutageException when the search engine is away
   */
  WordAnalysis of(String index) {
    TextAnalysis analysis = made.get(index);
    if (analysis == null) {
      analysis = indices.analysis(index);
      made.put(index, analysis);
    }
    return analyses.computeIfAbsent(analysis, WordAnalysis::of);
  }
}
