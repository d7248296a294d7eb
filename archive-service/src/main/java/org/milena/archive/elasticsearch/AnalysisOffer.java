package org.milena.archive.elasticsearch;

import co.elastic.clients.elasticsearch._types.ElasticsearchException;
import co.elastic.clients.elasticsearch.indices.analyze.AnalyzeToken;
import java.io.StringReader;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.milena.common.event.MailJson;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** What the cluster can do of what the settings want. */
final class AnalysisOffer {
  private static final Logger log = LoggerFactory.getLogger(AnalysisOffer.class);

  private final SearchConnection connection;
  private final Set<Language> wanted;
  private boolean said;

  AnalysisOffer(SearchConnection connection, Set<Language> wanted) {
    this.connection = connection;
    this.wanted = wanted;
  }

  /** What the settings want. */
  Set<Language> wanted() {
    return wanted;
  }

  /** What an index can be made with. What is wanted and lacks is said, the first time. */
  synchronized TextAnalysis ask() {
    boolean folds = offers(filters().add("asciifolding"), "Müller", "Muller");
    boolean multiplexes =
        offers(filters().add(multiplexer()), "Müller", "müller")
            && offers(filters().add("remove_duplicates"), "Müller", "Müller");
    Set<Language> lacking = EnumSet.noneOf(Language.class);
    Set<Language> offered = EnumSet.noneOf(Language.class);
    for (Language language : wanted) {
      (multiplexes && offers(language) ? offered : lacking).add(language);
    }
    if (!said && (!folds || !lacking.isEmpty())) {
      said = true;
      log.warn(
          "the search engine lacks analysis filters (accents folded: {}; no other forms of words"
              + " in: {}): install its analysis-common module or our plugin, and start again",
          folds,
          lacking.isEmpty()
              ? "-"
              : lacking.stream().map(Language::code).collect(Collectors.joining(", ")));
    }
    boolean marks = !offered.isEmpty() && offers(filters().add(forms()), "Running", "=run");
    return new TextAnalysis(folds, marks, offered);
  }

  private static ObjectNode forms() {
    ObjectNode filter = MailJson.mapper().createObjectNode();
    filter.put("type", TextAnalysis.FORMS).putArray("words").add("lowercase");
    filter.putArray("stems").add("lowercase,porter_stem");
    return filter;
  }

  private static ObjectNode multiplexer() {
    ObjectNode filter = MailJson.mapper().createObjectNode();
    filter.put("type", "multiplexer").putArray("filters").add("lowercase");
    return filter;
  }

  /** Whether all filters are there that a language needs. */
  private boolean offers(Language language) {
    ArrayNode filters = filters();
    Language.Steps steps = language.steps();
    if (steps.lowerCase() != null) {
      filters.addObject().put("type", "lowercase").put("language", steps.lowerCase());
    }
    if (!steps.articles().isEmpty()) {
      ArrayNode articles = filters.addObject().put("type", "elision").putArray("articles");
      steps.articles().forEach(articles::add);
    }
    steps.writing().forEach(filters::add);
    for (String stemmer : steps.stemmers()) {
      filters.addObject().put("type", "stemmer").put("language", stemmer);
    }
    return !analyze(filters, "x").isEmpty();
  }

  private boolean offers(ArrayNode filters, String word, String expected) {
    return analyze(filters, word).contains(expected);
  }

  private static ArrayNode filters() {
    return MailJson.mapper().createArrayNode();
  }

  /** What becomes of a word; nothing when a filter is not there. */
  private List<String> analyze(ArrayNode filters, String word) {
    ObjectNode request = MailJson.mapper().createObjectNode();
    request.put("tokenizer", "standard").put("text", word).set("filter", filters);
    return connection.call(
        "asking for the filters " + filters,
        client -> {
          try {
            return client
                .indices()
                .analyze(r -> r.withJson(new StringReader(request.toString())))
                .tokens()
                .stream()
                .map(AnalyzeToken::token)
                .toList();
          } catch (ElasticsearchException e) {
            if (e.status() == 400) {
              return List.of();
            }
            throw e;
          }
        });
  }
}
