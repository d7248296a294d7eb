package org.milena.archive.elasticsearch;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.StreamSupport;
import org.apache.lucene.analysis.CharArraySet;
import org.apache.lucene.analysis.TokenStream;
import org.apache.lucene.analysis.miscellaneous.ASCIIFoldingFilter;
import org.apache.lucene.analysis.tokenattributes.CharTermAttribute;
import org.apache.lucene.analysis.util.ElisionFilter;
import org.milena.analysis.Filtering;
import org.milena.analysis.StemMark;
import org.milena.analysis.Stemmers;
import org.milena.analysis.WordFilters;
import org.milena.archive.marking.Analyzer;
import tools.jackson.databind.JsonNode;

/**
 * The analysers of an index, in this process and for one word at a time: made of the same settings
 * by the same library as those in the search engine.
 */
final class WordAnalysis {
  /** Words that an analyser remembers; people use few of them often. */
  private static final int REMEMBERED = 20_000;

  /** Longer ones are rare, and not remembered. */
  private static final int LONGEST = 32;

  private final Analyzer exact;
  private final Analyzer search;
  private final Analyzer index;
  private final boolean keepsBeginnings;

  private WordAnalysis(TextAnalysis analysis) {
    JsonNode settings = analysis.settings();
    this.exact = analyzer(settings, SearchFields.EXACT);
    this.search = analyzer(settings, SearchFields.STEMS);
    this.index = analyzer(settings, SearchFields.WORDS);
    this.keepsBeginnings = analysis.languages().stream().allMatch(Language::keepsBeginnings);
  }

  static WordAnalysis of(TextAnalysis analysis) {
    return new WordAnalysis(analysis);
  }

  /** Words as they stand. */
  Analyzer exact() {
    return exact;
  }

  /** Words that are looked for in other forms, too. */
  Analyzer search() {
    return search;
  }

  /** Words of texts that are found by other forms, too. */
  Analyzer index() {
    return index;
  }

  /**
   * Whether a term always begins like its word, but for capitals, for what is not ASCII, and for
   * the mark of a stem.
   */
  boolean keepsBeginnings() {
    return keepsBeginnings;
  }

  private static Analyzer analyzer(JsonNode settings, String name) {
    JsonNode filters = settings.path("filter");
    List<String> named = strings(settings.path("analyzer").path(name).path("filter"));
    JsonNode first = named.size() == 1 ? filters.path(named.getFirst()) : filters.path("");
    return switch (first.path("type").asString("")) {
      case "multiplexer" ->
          new Remembering(chains(first.path("filters"), filters), List.of(), false);
      case TextAnalysis.FORMS ->
          new Remembering(
              chains(first.path("words"), filters),
              chains(first.path("stems"), filters),
              first.path("omit_words").asBoolean());
      default -> new Remembering(List.of(new Chain(named, filters)), List.of(), false);
    };
  }

  private static List<Chain> chains(JsonNode elements, JsonNode filters) {
    return strings(elements).stream()
        .map(chain -> new Chain(List.of(chain.split(",")), filters))
        .toList();
  }

  private static List<String> strings(JsonNode array) {
    return StreamSupport.stream(array.spliterator(), false).map(JsonNode::asString).toList();
  }

  private static Filtering filter(String name, JsonNode filters) {
    JsonNode settings = filters.path(name);
    String type = settings.path("type").asString(name);
    String language = settings.path("language").asString("");
    return switch (type) {
      case "asciifolding" -> ASCIIFoldingFilter::new;
      case "elision" -> {
        CharArraySet articles = new CharArraySet(strings(settings.path("articles")), true);
        yield tokens -> new ElisionFilter(tokens, articles);
      }
      case "lowercase" -> WordFilters.lowerCase(language);
      case "stemmer" -> Stemmers.named(language);
      default -> WordFilters.named(type);
    };
  }

  /** Several chains at one place. They have a state, so one thread at a time asks them. */
  private static final class Remembering implements Analyzer {
    private final List<Chain> words;
    private final List<Chain> stems;
    private final boolean omitsWords;
    private final Map<String, Set<String>> known = new ConcurrentHashMap<>();

    /** Stems get a mark, unless words are omitted and a stem is one of those. */
    Remembering(List<Chain> words, List<Chain> stems, boolean omitsWords) {
      this.words = words;
      this.stems = stems;
      this.omitsWords = omitsWords;
    }

    @Override
    public Set<String> terms(String word) {
      Set<String> terms = known.get(word);
      if (terms == null) {
        terms = made(word);
        if (word.length() > LONGEST) {
          return terms;
        }
        if (known.size() >= REMEMBERED) {
          known.clear();
        }
        known.put(word, terms);
      }
      return terms;
    }

    private synchronized Set<String> made(String word) {
      Set<String> terms = new LinkedHashSet<>();
      words.forEach(chain -> chain.read(word, terms));
      Set<String> other = new LinkedHashSet<>();
      stems.forEach(chain -> chain.read(word, other));
      if (omitsWords) {
        other.removeAll(terms);
      }
      other.forEach(stem -> terms.add(StemMark.marked(stem)));
      return Set.copyOf(terms);
    }
  }

  /** Filters that follow each other. */
  private static final class Chain {
    private final OneWord source = new OneWord();
    private final TokenStream stream;
    private final CharTermAttribute term;

    Chain(List<String> names, JsonNode filters) {
      TokenStream made = source;
      for (String name : names) {
        made = filter(name, filters).apply(made);
      }
      this.stream = made;
      this.term = stream.getAttribute(CharTermAttribute.class);
    }

    void read(String word, Set<String> terms) {
      try {
        source.word = word;
        stream.reset();
        while (stream.incrementToken()) {
          terms.add(term.toString());
        }
        stream.end();
        stream.close();
      } catch (IOException e) {
        throw new UncheckedIOException("a word in memory can be read", e);
      }
    }
  }

  /** A stream of one token. */
  private static final class OneWord extends TokenStream {
    private final CharTermAttribute term = addAttribute(CharTermAttribute.class);
    private String word = "";

    @Override
    public boolean incrementToken() {
      if (word.isEmpty()) {
        return false;
      }
      clearAttributes();
      term.append(word);
      word = "";
      return true;
    }
  }
}
