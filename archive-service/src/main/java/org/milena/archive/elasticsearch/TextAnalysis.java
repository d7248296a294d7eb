package org.milena.archive.elasticsearch;

import co.elastic.clients.json.JsonData;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.EnumSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.milena.common.event.MailJson;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * How words are looked for in an index: in lower case, without accents ({@code Müller} is found by
 * {@code muller}), and in their other forms.
 *
 * <p>Lists, and mails, mix languages, so nobody has to tell which one a word is of: it stands in
 * the index as it is written and, at the same place, with its stem in each language. What is looked
 * for becomes its stems likewise, any of which will do. What is typed exactly ({@code "running"},
 * {@code runn*}) is found among the words themselves. Where the cluster can mark stems ({@code
 * =run}), {@code "run"} is the word alone; else it is also what has that stem.
 *
 * <p>In a language whose stemmer takes {@code é} for another letter than {@code e}, a word is
 * stemmed with accents and without: the one is right, the other is what somebody types who leaves
 * them out.
 *
 * @param folded whether accents are folded
 * @param marked whether stems are told from words; not where there are none
 * @param languages whose stems stand there
 */
record TextAnalysis(boolean folded, boolean marked, Set<Language> languages) {
  /** Of the filter that tells stems from words, which only our plugin has. */
  static final String FORMS = "milena_forms";

  /** Of all that is below. Another one means that the index must be made again. */
  static final int VERSION = 1;

  private static final String META = "analysis";
  private static final String FOLDING = "asciifolding";
  private static final String LOWER_CASE = "lowercase";

  TextAnalysis {
    languages = ordered(languages);
    marked &= !languages.isEmpty();
  }

  private static Set<Language> ordered(Collection<Language> languages) {
    return languages.isEmpty() ? Set.of() : Collections.unmodifiableSet(EnumSet.copyOf(languages));
  }

  /** The settings of an index. */
  ObjectNode settings() {
    Filters filters = new Filters();
    Set<List<String>> stems = new LinkedHashSet<>();
    Set<List<String>> words = new LinkedHashSet<>();
    words.add(folding(List.of(LOWER_CASE)));
    for (Language language : languages) {
      List<List<String>> chains = chains(language, filters);
      stems.addAll(chains);
      words.addAll(written(language, filters));
    }
    List<String> exact = folding(List.of(LOWER_CASE));
    ObjectNode analyzers = node();
    analyzers.set("milena_exact", analyzer(exact));
    if (languages.isEmpty()) {
      analyzers.set("milena_search", analyzer(exact));
      analyzers.set("milena_index", analyzer(exact));
    } else {
      filters.all.set("milena_stems", marked ? forms(stems, stems, false) : multiplexer(stems));
      filters.all.set(
          "milena_words", marked ? forms(words, stems, true) : multiplexer(both(words, stems)));
      analyzers.set("milena_search", analyzer(List.of("milena_stems")));
      analyzers.set("milena_index", analyzer(List.of("milena_words")));
    }
    ObjectNode settings = node();
    settings.set("filter", filters.all);
    settings.set("analyzer", analyzers);
    return settings;
  }

  /** Ways from a word to a stem, each a chain of filters. */
  private List<List<String>> chains(Language language, Filters filters) {
    List<String> before = new ArrayList<>(filters.withoutArticle(language));
    before.addAll(language.steps().writing());
    List<String> stemmers = filters.stemmers(language);
    List<String> withoutAccents = folding(before);
    withoutAccents.addAll(stemmers);
    List<List<String>> chains = new ArrayList<>();
    if (folded && language.steps().accents()) {
      List<String> withAccents = new ArrayList<>(before);
      withAccents.addAll(stemmers);
      chains.add(folding(withAccents));
    }
    chains.add(withoutAccents);
    return chains;
  }

  /**
   * Ways to write a word that are no other forms of it: without its article and, where stems are
   * told from words and so are none of these, in the language's own lower case, spelling and signs.
   */
  private List<List<String>> written(Language language, Filters filters) {
    List<List<String>> chains = new ArrayList<>();
    Language.Steps steps = language.steps();
    if (!steps.articles().isEmpty() || (marked && steps.lowerCase() != null)) {
      chains.add(folding(filters.withoutArticle(language)));
    }
    if (marked && !steps.writing().isEmpty()) {
      List<String> chain = new ArrayList<>(filters.withoutArticle(language));
      chain.addAll(steps.writing());
      chains.add(folding(chain));
    }
    return chains;
  }

  private List<String> folding(List<String> chain) {
    List<String> result = new ArrayList<>(chain);
    if (folded) {
      result.add(FOLDING);
    }
    return result;
  }

  private static Set<List<String>> both(Set<List<String>> words, Set<List<String>> stems) {
    Set<List<String>> both = new LinkedHashSet<>(words);
    both.addAll(stems);
    return both;
  }

  private static ObjectNode multiplexer(Set<List<String>> chains) {
    ObjectNode filter = node();
    filter.put("type", "multiplexer");
    filter.put("preserve_original", false);
    put(filter.putArray("filters"), chains);
    return filter;
  }

  /** In an index words need not stand there again as stems; who looks for a stem looks for both. */
  private static ObjectNode forms(
      Set<List<String>> words, Set<List<String>> stems, boolean omitsWords) {
    ObjectNode filter = node();
    filter.put("type", FORMS);
    filter.put("omit_words", omitsWords);
    put(filter.putArray("words"), words);
    put(filter.putArray("stems"), stems);
    return filter;
  }

  private static void put(ArrayNode elements, Set<List<String>> chains) {
    chains.forEach(chain -> elements.add(String.join(",", chain)));
  }

  private static ObjectNode analyzer(List<String> filters) {
    ObjectNode analyzer = node();
    analyzer.put("type", "custom");
    analyzer.put("tokenizer", "standard");
    ArrayNode names = analyzer.putArray("filter");
    filters.forEach(names::add);
    return analyzer;
  }

  private static ObjectNode node() {
    return MailJson.mapper().createObjectNode();
  }

  /** The filters that have settings, by the names that chains have for them. */
  private static final class Filters {
    private final ObjectNode all = node();

    List<String> withoutArticle(Language language) {
      List<String> chain = new ArrayList<>();
      String lowerCase = language.steps().lowerCase();
      chain.add(
          lowerCase == null ? LOWER_CASE : define(language, LOWER_CASE, "language", lowerCase));
      List<String> articles = language.steps().articles();
      if (!articles.isEmpty()) {
        String name = define(language, "elision", "articles_case", "true");
        ArrayNode words = all.withObject("/" + name).putArray("articles");
        articles.forEach(words::add);
        chain.add(name);
      }
      return chain;
    }

    List<String> stemmers(Language language) {
      List<String> chain = new ArrayList<>();
      for (String stemmer : language.steps().stemmers()) {
        String name = "milena_" + stemmer;
        all.putObject(name).put("type", "stemmer").put("language", stemmer);
        chain.add(name);
      }
      return chain;
    }

    private String define(Language language, String type, String key, String value) {
      String name = "milena_" + type + "_" + language.code();
      all.putObject(name).put("type", type).put(key, value);
      return name;
    }
  }

  /** What the index says of itself, beside what its mapping does. */
  void describe(ObjectNode meta) {
    ObjectNode analysis = meta.putObject(META);
    analysis.put("version", VERSION);
    analysis.put("folded", folded);
    analysis.put("marked", marked);
    ArrayNode codes = analysis.putArray("languages");
    languages.forEach(language -> codes.add(language.code()));
  }

  /** What an index says of itself; empty when another version of this program made it. */
  static Optional<TextAnalysis> of(Map<String, JsonData> meta) {
    JsonData data = meta.get(META);
    if (data == null) {
      return Optional.empty();
    }
    JsonNode analysis = MailJson.mapper().readTree(data.toJson().toString());
    List<Language> languages = new ArrayList<>();
    for (JsonNode code : analysis.path("languages")) {
      Language language = language(code.asString());
      if (language == null) {
        return Optional.empty();
      }
      languages.add(language);
    }
    return analysis.path("version").asInt() == VERSION
        ? Optional.of(
            new TextAnalysis(
                analysis.path("folded").asBoolean(),
                analysis.path("marked").asBoolean(false),
                Set.copyOf(languages)))
        : Optional.empty();
  }

  private static @Nullable Language language(String code) {
    for (Language language : Language.values()) {
      if (language.code().equals(code)) {
        return language;
      }
    }
    return null;
  }

  /**
   * Whether an index of this kind does not do any more. What the cluster has ceased to offer is no
   * reason, and keeps the index from being made again for others: it would lose by it.
   *
   * @param wanted by the settings
   * @param possible what an index would be made with now
   */
  boolean isOutdated(Set<Language> wanted, TextAnalysis possible) {
    boolean other =
        !wanted.containsAll(languages)
            || !languages.containsAll(possible.languages)
            || (possible.folded && !folded)
            || (possible.marked && !marked);
    return other && !loses(wanted, possible);
  }

  private boolean loses(Set<Language> wanted, TextAnalysis possible) {
    return (folded && !possible.folded)
        || (marked && !possible.marked && !possible.languages.isEmpty())
        || languages.stream()
            .anyMatch(
                language -> wanted.contains(language) && !possible.languages.contains(language));
  }

  @Override
  public String toString() {
    String forms =
        languages.isEmpty()
            ? "words as they stand"
            : "other forms of words in "
                + languages.stream().map(Language::toString).collect(Collectors.joining(", "))
                + (marked ? "" : ", also for words in quotes");
    return folded ? forms : forms + ", with accents";
  }
}
