package org.milena.archive.web.searching;

import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.milena.archive.post.ArchivedPost;
import org.milena.archive.search.ArchiveIndex;
import org.milena.archive.search.ArchiveSearch;
import org.milena.archive.search.ArchiveSearch.Answer;
import org.milena.archive.search.Facets;
import org.milena.archive.search.Query;
import org.milena.archive.search.QueryPrinter;
import org.milena.archive.search.QueryProblem;
import org.milena.archive.search.SearchCursor;
import org.milena.archive.search.SearchHit;
import org.milena.archive.search.SearchPage;
import org.milena.archive.search.SearchRequest;
import org.milena.archive.search.Snippet;
import org.milena.archive.web.Pages;
import org.milena.archive.web.PostJson;
import org.milena.archive.web.Reader;
import org.milena.common.directory.Directory;
import org.milena.common.directory.MailingList;
import org.milena.common.mail.ListId;
import org.milena.common.web.ApiProblem;
import org.milena.common.web.ListAccess;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Search for programs. */
@RestController
@RequestMapping("/api/v1/archive")
public class SearchApi {
  private static final int MAX_SIMILAR = 20;

  private final ArchiveIndex index;
  private final ArchiveSearch search;
  private final Directory directory;
  private final Reader reader;

  /** Over one archive. */
  public SearchApi(
      ArchiveIndex index, ArchiveSearch search, Directory directory, ListAccess access) {
    this.index = index;
    this.search = search;
    this.directory = directory;
    this.reader = new Reader(access, true);
  }

  /** A found post: marked pieces, and the post itself. */
  public record HitJson(List<Snippet.Run> snippet, List<Snippet.Run> subject, PostJson post) {}

  /**
   * A page of what was found.
   *
   * @param query as it was read, in its canonical form
   */
  public record FoundJson(
      List<HitJson> items,
      @Nullable String next,
      long total,
      boolean totalIsExact,
      boolean renewed,
      String sort,
      String query,
      @Nullable Narrowed facets) {}

  /** Posts like one. */
  public record SimilarJson(List<PostJson> items) {}

  /** Looks for posts. */
  @GetMapping("/search")
  FoundJson search(
      @RequestParam(defaultValue = "") String q,
      @RequestParam(required = false) @Nullable String list,
      @RequestParam(required = false) @Nullable String sort,
      @RequestParam(defaultValue = "false") boolean threads,
      @RequestParam(defaultValue = "false") boolean facets,
      @RequestParam(required = false) @Nullable String after,
      @RequestParam(defaultValue = "20") int limit) {
    MailingList only = list == null || list.isBlank() ? null : reader.list(list.strip());
    ArchiveSearch.Question question =
        new ArchiveSearch.Question(
            q,
            only == null ? null : only.id(),
            sort(sort),
            threads,
            facets,
            after == null || after.isBlank() ? null : after,
            Pages.limit(limit));
    return switch (search.search(question, reader.searched(only))) {
      case Answer.Refused(QueryProblem problem) -> throw refused(q, problem);
      case Answer.WrongCursor() -> throw ApiProblem.badRequest("invalid-cursor", WRONG_CURSOR);
      case Answer.Found(SearchPage page, SearchRequest.Sort order, Query query) ->
          found(page, order, query);
    };
  }

  /** What is said to whoever goes on from the place of another search. */
  public static final String WRONG_CURSOR =
      "The place to go on from belongs to another search. Begin with its first page.";

  /** Where and why, for programs that mark it. */
  public static ApiProblem refused(String typed, QueryProblem problem) {
    return ApiProblem.badRequest(
        "invalid-query",
        problem.reason(),
        Map.of(
            "position",
            problem.from(),
            "length",
            problem.until() - problem.from(),
            "marked",
            typed.substring(problem.from(), problem.until())));
  }

  private FoundJson found(SearchPage page, SearchRequest.Sort order, Query query) {
    Map<ListId, MailingList> lists = lists();
    SearchCursor next = page.next();
    Facets facets = page.facets();
    return new FoundJson(
        page.hits().stream()
            .flatMap(hit -> {
              MailingList list = lists.get(hit.post().list());
              return list == null ? Stream.<HitJson>empty() : Stream.of(hit(list, hit));
            })
            .toList(),
        next == null ? null : next.encode(),
        page.total(),
        page.totalIsExact(),
        page.renewed(),
        order.name().toLowerCase(Locale.ROOT),
        QueryPrinter.print(query),
        facets == null ? null : Narrowed.of(facets, query, lists));
  }

  /** Posts of other threads about the same. */
  @GetMapping("/{list}/messages/{id}/similar")
  SimilarJson similar(
      @PathVariable("list") String address,
      @PathVariable("id") String id,
      @RequestParam(defaultValue = "10") int limit) {
    MailingList list = reader.list(address);
    if (limit < 1 || limit > MAX_SIMILAR) {
      throw ApiProblem.badRequest(
          "invalid-limit", "There are 1 to " + MAX_SIMILAR + " items, not " + limit + ".");
    }
    ArchivedPost post = require(index, list, id);
    Map<ListId, MailingList> lists = lists();
    return new SimilarJson(
        search.similar(post, reader.searched(list), limit).stream()
            .flatMap(one -> {
              MailingList its = lists.get(one.list());
              return its == null ? Stream.<PostJson>empty() : Stream.of(PostJson.of(its, one));
            })
            .toList());
  }

  static ArchivedPost require(ArchiveIndex index, MailingList list, String id) {
    return index
        .post(list.id(), Reader.id(id))
        .orElseThrow(
            () -> ApiProblem.notFound("There is no post " + id + " on " + list.address() + "."))
        .post();
  }

  private Map<ListId, MailingList> lists() {
    Map<ListId, MailingList> lists = new HashMap<>();
    directory.lists().forEach(list -> lists.put(list.id(), list));
    return lists;
  }

  private static HitJson hit(MailingList list, SearchHit hit) {
    return new HitJson(
        Masked.runs(hit.text()), Masked.runs(hit.subject()), PostJson.of(list, hit.post()));
  }

  static SearchRequest.@Nullable Sort sort(@Nullable String sort) {
    if (sort == null || sort.isBlank()) {
      return null;
    }
    return switch (sort) {
      case "newest", "date" -> SearchRequest.Sort.NEWEST;
      case "oldest" -> SearchRequest.Sort.OLDEST;
      case "relevance" -> SearchRequest.Sort.RELEVANCE;
      default ->
          throw ApiProblem.badRequest(
              "invalid-sort", "sort is relevance, newest or oldest, not " + sort + ".");
    };
  }
}
