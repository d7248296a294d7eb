package org.milena.archive.elasticsearch;

import static org.milena.archive.elasticsearch.PostQueries.source;

import co.elastic.clients.elasticsearch._types.FieldValue;
import co.elastic.clients.elasticsearch._types.query_dsl.Query;
import co.elastic.clients.elasticsearch.core.TermvectorsRequest;
import co.elastic.clients.elasticsearch.core.termvectors.FieldStatistics;
import co.elastic.clients.elasticsearch.core.termvectors.Term;
import co.elastic.clients.elasticsearch.core.termvectors.TermVector;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.milena.analysis.StemMark;
import org.milena.archive.post.ArchivedPost;
import org.milena.common.mail.ListId;

/**
 * Posts that are like one: they share some of its most telling stems, which it has often and others
 * have seldom. How many have one is counted in the shard that the post is in.
 *
 * <p>The search engine's own query for this takes the term of a stem and that of the same stem with
 * its mark for two, and a stem that each of two posts has in another form for two that nobody else
 * has. So terms are asked for, and the query is made here.
 */
final class LikePosts {
  private static final List<String> FIELDS = List.of("subject", "text.n", "attached");

  /** Words by their stems: as they stand they would count twice. */
  private static final Map<String, String> BY_STEMS =
      FIELDS.stream()
          .collect(Collectors.toUnmodifiableMap(field -> field, _ -> SearchFields.STEMS));

  /** So many different ones in one field have only logs and tables; an answer of some MB. */
  private static final int TERMS = 10_000;

  /** Of each field. */
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

  /**
   * A stem in a field of the post.
   *
   * @param times how often the post has it there
   * @param posts that have it there, at most: one that has it in two forms may count twice
   */
  private record Stem(String text, int times, int posts) {

    /** Both terms stand for the same places of this post, and mostly for different posts. */
    Stem and(Stem other) {
      return new Stem(text, Math.max(times, other.times), posts + other.posts);
    }

    double rarity(int all) {
      return 1 + Math.log((all + 1.0) / (posts + 1.0));
    }

    double tells(int all) {
      return (1 + Math.log(times)) * rarity(all);
    }

    /** Counts the same in whatever form a post has it. */
    Query query(String field, int all) {
      List<FieldValue> terms = List.of(FieldValue.of(text), FieldValue.of(StemMark.marked(text)));
      return Query.of(q ->
          q.constantScore(c ->
              c.boost((float) rarity(all))
                  .filter(f -> f.terms(t -> t.field(field).terms(v -> v.value(terms))))));
    }
  }

  /** None of the same thread, and one of each. */
  List<ArchivedPost> of(ArchivedPost post, Set<ListId> lists, int limit) {
    String index = indices.posts();
    List<Query> stems = telling(index, post);
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

  private List<Query> telling(String index, ArchivedPost post) {
    // as of the last refresh: counts of a post that is written just now are its own
    TermvectorsRequest<Void> request =
        TermvectorsRequest.of(r ->
            r.index(index)
                .id(post.id().value())
                .realtime(false)
                .fields(FIELDS)
                .perFieldAnalyzer(BY_STEMS)
                .termStatistics(true)
                .positions(false)
                .offsets(false)
                .payloads(false)
                .filter(f -> f.maxNumTerms(TERMS)));
    List<Query> telling = new ArrayList<>();
    connection
        .ask("reading the words of a post", client -> client.termvectors(request))
        .termVectors()
        .forEach((field, vector) -> {
          int all = posts(vector);
          stems(vector.terms()).stream()
              .sorted(Comparator.<Stem>comparingDouble(stem -> stem.tells(all)).reversed())
              .limit(TELLING)
              .forEach(stem -> telling.add(stem.query(field, all)));
        });
    return telling;
  }

  private static int posts(TermVector vector) {
    FieldStatistics statistics = vector.fieldStatistics();
    return statistics == null ? 0 : statistics.docCount();
  }

  private static List<Stem> stems(Map<String, Term> terms) {
    Map<String, Stem> stems = new HashMap<>();
    terms.forEach((term, counts) -> {
      String text = StemMark.isMarked(term) ? term.substring(1) : term;
      Integer posts = counts.docFreq();
      if (posts != null && text.codePointCount(0, text.length()) >= SHORTEST) {
        stems.merge(text, new Stem(text, counts.termFreq(), posts), Stem::and);
      }
    });
    return stems.values().stream().filter(stem -> stem.posts() >= FEWEST).toList();
  }
}
