package org.milena.archive.search;

import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.milena.archive.post.ArchivedPost;
import org.milena.common.directory.Directory;
import org.milena.common.directory.MailingList;
import org.milena.common.mail.ListId;

/**
 * Asks the index what a reader typed, within the lists that reader may see. Whoever shows, feeds or
 * exports what a query finds comes here, so that nobody forgets whose eyes it is for.
 */
public final class ArchiveSearch {

  /** What came of it. */
  public sealed interface Answer {
    /**
     * Posts, perhaps none.
     *
     * @param query as it was read
     */
    record Found(SearchPage page, SearchRequest.Sort sort, Query query) implements Answer {}

    /** The query can't be asked. */
    record Refused(QueryProblem problem) implements Answer {}

    /** The cursor is none, or of another search. */
    record WrongCursor() implements Answer {}
  }

  /** What a query means. */
  public sealed interface Asked {
    /**
     * These posts.
     *
     * @param query as it was read
     */
    record Posts(Selection selection, Query query) implements Asked {}

    /** The query can't be asked. */
    record Refused(QueryProblem problem) implements Asked {}
  }

  /**
   * A question as it was asked.
   *
   * @param typed the query
   * @param list only this list; null for all
   * @param sort null for relevance where the query has words, else the newest first
   * @param threads whether only one post of each thread is shown
   * @param facets whether to count what the posts are like
   * @param after a cursor as {@link SearchCursor#encode()} made it; null for the first page
   */
  public record Question(
      String typed,
      @Nullable ListId list,
      SearchRequest.@Nullable Sort sort,
      boolean threads,
      boolean facets,
      @Nullable String after,
      int limit) {}

  private final ArchiveIndex index;
  private final Directory directory;
  private final InstantSource clock;

  /**
   * Over one site's index and directory.
   *
   * @param clock says what {@code yesterday} is
   */
  public ArchiveSearch(ArchiveIndex index, Directory directory, InstantSource clock) {
    this.index = index;
    this.directory = directory;
    this.clock = clock;
  }

  /**
   * One page of what is found.
   *
   * @param mayRead decides which lists are looked through
   */
  public Answer search(Question question, Predicate<MailingList> mayRead) {
    Query query;
    switch (QueryParser.parse(question.typed())) {
      case ParsedQuery.Invalid(QueryProblem problem) -> {
        return new Answer.Refused(problem);
      }
      case ParsedQuery.Valid(Query parsed) -> query = parsed;
    }
    SearchRequest.Sort sort =
        question.sort() != null
            ? question.sort()
            : Queries.hasWords(query) ? SearchRequest.Sort.RELEVANCE : SearchRequest.Sort.NEWEST;
    String search =
        SearchCursor.search(
            QueryPrinter.print(query), String.valueOf(question.list()), sort, question.threads());
    SearchCursor after = null;
    if (question.after() != null) {
      after = cursor(question.after(), search);
      if (after == null) {
        return new Answer.WrongCursor();
      }
    }
    Instant asOf = after != null ? after.asOf() : now();
    Selection selection;
    switch (meant(question.typed(), query, question.list(), mayRead, asOf)) {
      case Asked.Refused(QueryProblem problem) -> {
        return new Answer.Refused(problem);
      }
      case Asked.Posts(Selection meant, Query _) -> selection = meant;
    }
    if (selection.lists().isEmpty()) {
      return new Answer.Found(SearchPage.EMPTY, sort, query);
    }
    SearchRequest request =
        new SearchRequest(
            search,
            selection.lists(),
            selection.query(),
            sort,
            asOf,
            question.threads(),
            question.facets(),
            after,
            question.limit());
    return new Answer.Found(index.search(request), sort, query);
  }

  /**
   * What a query means now, for whoever feeds or exports what it finds.
   *
   * @param typed the query
   * @param list only this list; null for all
   * @param mayRead decides which lists are looked through
   */
  public Asked select(String typed, @Nullable ListId list, Predicate<MailingList> mayRead) {
    return switch (QueryParser.parse(typed)) {
      case ParsedQuery.Invalid(QueryProblem problem) -> new Asked.Refused(problem);
      case ParsedQuery.Valid(Query query) -> meant(typed, query, list, mayRead, now());
    };
  }

  /**
   * One page of a selection, newest first.
   *
   * @param after a cursor as {@link SearchCursor#encode()} made it; null for the first page
   */
  public Answer page(Selection selection, @Nullable String after, int limit) {
    SearchRequest.Sort sort = SearchRequest.Sort.NEWEST;
    String search = SearchCursor.search(selection.name(), "", sort, false);
    SearchCursor cursor = after == null ? null : cursor(after, search);
    if (after != null && cursor == null) {
      return new Answer.WrongCursor();
    }
    SearchRequest request =
        new SearchRequest(
            search,
            selection.lists(),
            selection.query(),
            sort,
            cursor == null ? now() : cursor.asOf(),
            false,
            false,
            cursor,
            limit);
    return new Answer.Found(index.search(request), sort, selection.query());
  }

  private Asked meant(
      String typed,
      Query query,
      @Nullable ListId list,
      Predicate<MailingList> mayRead,
      Instant asOf) {
    List<MailingList> lists = readable(list, mayRead);
    if (lists.isEmpty()) {
      return new Asked.Posts(new Selection(Set.of(), new Query.All(), "nothing"), query);
    }
    QueryMeaning meaning = new QueryMeaning(index, lists, asOf);
    Query meant = meaning.of(query);
    if (meaning.tooManyThreads()) {
      return new Asked.Refused(tooManyThreads(typed));
    }
    String name = "query " + list + " " + meaning.values() + " " + QueryPrinter.print(query);
    return new Asked.Posts(new Selection(ids(lists), meant, name), query);
  }

  private Instant now() {
    return clock.instant().truncatedTo(ChronoUnit.SECONDS);
  }

  private static @Nullable SearchCursor cursor(String text, String search) {
    return SearchCursor.decode(text).filter(one -> one.search().equals(search)).orElse(null);
  }

  /**
   * Posts of other threads that are about the same, best first.
   *
   * @param post that the reader may see
   * @param mayRead decides which lists are looked through
   */
  public List<ArchivedPost> similar(ArchivedPost post, Predicate<MailingList> mayRead, int limit) {
    List<MailingList> lists = readable(null, mayRead);
    return lists.isEmpty() ? List.of() : index.similar(ids(lists), post, limit);
  }

  private List<MailingList> readable(@Nullable ListId list, Predicate<MailingList> mayRead) {
    return directory.lists().stream()
        .filter(candidate -> list == null || candidate.id().equals(list))
        .filter(mayRead)
        .toList();
  }

  private static Set<ListId> ids(List<MailingList> lists) {
    Set<ListId> ids = new HashSet<>();
    lists.forEach(list -> ids.add(list.id()));
    return ids;
  }

  private static QueryProblem tooManyThreads(String typed) {
    return new QueryProblem(
        QueryMistake.THREADS_TOO_COMMON,
        Math.max(0, typed.indexOf("thread:")),
        typed.length(),
        ArchiveIndex.MAX_THREADS_WITH);
  }
}
