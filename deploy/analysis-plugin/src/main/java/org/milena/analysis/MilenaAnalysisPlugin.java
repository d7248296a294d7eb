package org.milena.analysis;

import static java.util.Map.entry;
import static org.elasticsearch.plugins.AnalysisPlugin.requiresAnalysisSettings;

import java.util.HashMap;
import java.util.Map;
import org.apache.lucene.analysis.Analyzer;
import org.apache.lucene.analysis.CharArraySet;
import org.apache.lucene.analysis.de.GermanAnalyzer;
import org.apache.lucene.analysis.en.EnglishAnalyzer;
import org.apache.lucene.analysis.fr.FrenchAnalyzer;
import org.elasticsearch.common.settings.Settings;
import org.elasticsearch.index.analysis.AbstractIndexAnalyzerProvider;
import org.elasticsearch.index.analysis.Analysis;
import org.elasticsearch.index.analysis.AnalyzerProvider;
import org.elasticsearch.index.analysis.CharFilterFactory;
import org.elasticsearch.index.analysis.TokenFilterFactory;
import org.elasticsearch.indices.analysis.AnalysisModule.AnalysisProvider;
import org.elasticsearch.plugins.AnalysisPlugin;
import org.elasticsearch.plugins.Plugin;

/** The plugin: each component by the name an index knows it by. */
public final class MilenaAnalysisPlugin extends Plugin implements AnalysisPlugin {

  @Override
  public Map<String, AnalysisProvider<CharFilterFactory>> getCharFilters() {
    return Map.of(
        "html_strip",
        (index, environment, name, settings) -> new HtmlStripCharFilterFactory(name, settings));
  }

  @Override
  public Map<String, AnalysisProvider<TokenFilterFactory>> getTokenFilters() {
    Map<String, AnalysisProvider<TokenFilterFactory>> filters = new HashMap<>();
    WordFilters.NORMALIZING.forEach(
        (name, filter) -> filters.put(name, plain(filter, PlainFilterFactory.Normalizing::new)));
    WordFilters.WORD_BY_WORD.forEach(
        (name, filter) -> filters.put(name, plain(filter, PlainFilterFactory.Wordwise::new)));
    WordFilters.OTHERS.forEach(
        (name, filter) -> filters.put(name, plain(filter, PlainFilterFactory::new)));
    filters.putAll(withSettings());
    return filters;
  }

  private static Map<String, AnalysisProvider<TokenFilterFactory>> withSettings() {
    return Map.ofEntries(
        entry(
            "asciifolding",
            (index, environment, name, settings) -> new AsciiFoldingFilterFactory(name, settings)),
        entry(
            "edge_ngram",
            (index, environment, name, settings) -> new EdgeNGramFilterFactory(name, settings)),
        entry(
            "elision",
            requiresAnalysisSettings((index, environment, name, settings) ->
                new ElisionFilterFactory(environment, name, settings))),
        entry(
            "lowercase",
            (index, environment, name, settings) -> new LowerCaseFilterFactory(name, settings)),
        entry(
            FormsFilterFactory.TYPE,
            requiresAnalysisSettings(
                (index, environment, name, settings) -> new FormsFilterFactory(name, settings))),
        entry(
            "multiplexer",
            requiresAnalysisSettings((index, environment, name, settings) ->
                new MultiplexerFilterFactory(name, settings))),
        entry(
            "stemmer",
            (index, environment, name, settings) -> new StemmerFilterFactory(name, settings)));
  }

  @Override
  public Map<String, AnalysisProvider<AnalyzerProvider<? extends Analyzer>>> getAnalyzers() {
    return Map.of(
        "english", language(EnglishAnalyzer.getDefaultStopSet(), EnglishAnalyzer::new),
        "french", language(FrenchAnalyzer.getDefaultStopSet(), FrenchAnalyzer::new),
        "german", language(GermanAnalyzer.getDefaultStopSet(), GermanAnalyzer::new));
  }

  private static AnalysisProvider<TokenFilterFactory> plain(Filtering filtering, Plain kind) {
    return (index, environment, name, settings) -> kind.factory(name, settings, filtering);
  }

  /** Makes a factory of filters without settings. */
  private interface Plain {
    PlainFilterFactory factory(String name, Settings settings, Filtering filtering);
  }

  private static AnalysisProvider<AnalyzerProvider<? extends Analyzer>> language(
      CharArraySet defaultStopWords, Language language) {
    return (index, environment, name, settings) ->
        new LanguageAnalyzerProvider(
            name,
            settings,
            language.analyzer(
                Analysis.parseStopWords(environment, settings, defaultStopWords),
                Analysis.parseStemExclusion(settings, CharArraySet.EMPTY_SET)));
  }

  /** One of Lucene's analyzers that take stop words, and words not to be stemmed. */
  private interface Language {
    Analyzer analyzer(CharArraySet stopWords, CharArraySet stemExclusion);
  }

  /**
   * Each index has an analyzer of its own: an index that is closed closes its analyzers, and a
   * shared one would be closed for the others too.
   */
  private static final class LanguageAnalyzerProvider
      extends AbstractIndexAnalyzerProvider<Analyzer> {

    private final Analyzer analyzer;

    LanguageAnalyzerProvider(String name, Settings settings, Analyzer analyzer) {
      super(name, settings);
      this.analyzer = analyzer;
    }

    @Override
    public Analyzer get() {
      return analyzer;
    }
  }
}
