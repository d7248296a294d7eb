package org.milena.archive.elasticsearch;

import static org.milena.archive.elasticsearch.PostQueries.source;

import co.elastic.clients.elasticsearch._types.query_dsl.Query;
import co.elastic.clients.elasticsearch.core.TermvectorsRequest;
import co.elastic.clients.elasticsearch.core.termvectors.TermVector;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.milena.analysis.StemMark;
import org.milena.archive.post.ArchivedPost;
import org.milena.common.mail.ListId;

/**
 * Posts that are like one: they share some of its most telling stems, which it has often and others
 * have seldom.
 *
 * <p>The search engine's own query for this takes the term of a stem and that of the same stem with
 * its mark for two, and a stem that each of two posts has in another way for two that nobody else
 * has. So terms are asked for, and counted here.
 */
final class LikePosts {
  private static final List<String> FIELDS = List.of("subject", "text.n", "attached");

  /** Words by their stems: as they stand they would count twice. */
  private static final Map<String, String> BY_STEMS =
      FIELDS.stream()
          .collect(Collectors.toUnmodifiableMap(field -> field, _ -> SearchFields.STEMS));

  /** Of each field, those that tell most. */
  private static final int TERMS = 500;

  private static final int TELLING = 25;
  private static final int SHORTEST = 3;

  /** What only this post has leads to no other. */
  private static final int FEWEST = 2;

  private final SearchConnection connection;
  private final Indices indices;

  LikePosts(SearchConnection connection, Indices indices) {
    this.connection = connection;
    this.indices = indices;
  }

  /** A stem of the post. */
  private static final class Stem {
    /** With the mark, without, or both, as the index has them. */
    private final Set<String> terms = new TreeSet<>();

    private final Map<String, Integer> inPost = new HashMap<>();
    private final Map<String, Integer> posts = new HashMap<>();

    /** Both terms stand for the same places of the post, and for different posts. */
    void add(String field, String term, int times, int found) {
      terms.add(term);
      inPost.merge(field, times, Math::max);
      posts.merge(field, found, Integer::sum);
    }

    /** Posts that have it in the field where most have it. */
    int posts() {
      return posts.values().stream().mapToInt(Integer::intValue).max().orElse(0);
    }

    double tells(int all) {
      int times = inPost.values().stream().mapToInt(Integer::intValue).sum();
      return times * (1 + Math.log((all + 1.0) / (posts() + 1.0)));
    }

    /** Once, however many fields have it. */
    Query query() {
      return Query.of(q ->
          q.disMax(d -> {
            for (String field : FIELDS) {
              terms.forEach(value -> d.queries(t -> t.term(v -> v.field(field).value(value))));
            }
            return d;
          }));
    }
  }

  /** None of the same thread, and one of each. */
  List<ArchivedPost> of(ArchivedPost post, Set<ListId> lists, int limit) {
    String index = indices.posts();
    List<Query> stems = telling(index, post).stream().map(Stem::query).toList();
    if (stems.isEmpty()) {
      return List.of();
    }
    return connection
        .search(
            "looking for posts like one",
            search ->
                search
                    .index(index)
                    .query(q ->
                        q.bool(b ->
                            b.must(m -> m.bool(any -> any.should(stems).minimumShouldMatch("30%")))
                                .filter(QueryCompiler.inLists(lists))
                                .mustNot(n ->
                                    n.term(t -> t.field("thread").value(post.thread().value())))))
                    .size(limit)
                    .trackTotalHits(t -> t.enabled(false))
                    .source(s -> s.filter(f -> f.excludes(PostDocument.NOT_FOR_PAGES)))
                    .collapse(c -> c.field("thread")),
            PostDocument.class)
        .hits()
        .hits()
        .stream()
        .map(hit -> source(hit).post())
        .toList();
  }

  private List<Stem> telling(String index, ArchivedPost post) {
    TermvectorsRequest<Void> request =
        TermvectorsRequest.of(r ->
            r.index(index)
                .id(post.id().value())
                .fields(FIELDS)
                .perFieldAnalyzer(BY_STEMS)
                .termStatistics(true)
                .positions(false)
                .offsets(false)
                .payloads(false)
                .filter(f -> f.maxNumTerms(TERMS)));
    Map<String, TermVector> fields =
        connection
            .call("reading the words of a post", client -> client.termvectors(request))
            .termVectors();
    int all =
        fields.values().stream()
            .mapToInt(
                field -> field.fieldStatistics() == null ? 0 : field.fieldStatistics().docCount())
            .max()
            .orElse(0);
    return stems(fields).stream()
        .filter(stem -> stem.posts() >= FEWEST)
        .sorted(Comparator.<Stem>comparingDouble(stem -> stem.tells(all)).reversed())
        .limit(TELLING)
        .toList();
  }

  private static Collection<Stem> stems(Map<String, TermVector> fields) {
    Map<String, Stem> stems = new HashMap<>();
    fields.forEach((field, vector) ->
        vector
            .terms()
            .forEach((term, counts) -> {
              String text = StemMark.isMarked(term) ? term.substring(1) : term;
              Integer posts = counts.docFreq();
              if (posts != null && text.codePointCount(0, text.length()) >= SHORTEST) {
                stems
                    .computeIfAbsent(text, _ -> new Stem())
                    .add(field, term, counts.termFreq(), posts);
              }
            }));
    return stems.values();
  }
}
