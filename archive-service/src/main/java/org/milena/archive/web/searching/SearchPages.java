package org.milena.archive.web.searching;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.ArrayList;
import java.util.Comparator;
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
import org.milena.archive.search.QueryProblem;
import org.milena.archive.search.SearchCursor;
import org.milena.archive.search.SearchHit;
import org.milena.archive.search.SearchPage;
import org.milena.archive.search.SearchRequest;
import org.milena.archive.search.Snippet;
import org.milena.archive.web.Links;
import org.milena.archive.web.ListPageView;
import org.milena.archive.web.PageFrame;
import org.milena.archive.web.PageTexts;
import org.milena.archive.web.PostView;
import org.milena.archive.web.Reader;
import org.milena.archive.web.When;
import org.milena.common.directory.Directory;
import org.milena.common.directory.MailingList;
import org.milena.common.directory.SavedSearch;
import org.milena.common.mail.ListId;
import org.milena.common.web.Caller;
import org.milena.common.web.ListAccess;
import org.springframework.http.HttpHeaders;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** Search for people. */
@Controller
public class SearchPages {
  private static final String PATH = "/archive/search";
  private static final int HITS = 20;
  private static final int SIMILAR = 10;

  private final ArchiveIndex index;
  private final ArchiveSearch search;
  private final Directory directory;
  private final Reader reader;
  private final OwnSearches saved;
  private final FixedParts fixed;

  /** Over one archive. */
  public SearchPages(
      ArchiveIndex index,
      ArchiveSearch search,
      Directory directory,
      ListAccess access,
      OwnSearches saved,
      FixedParts fixed) {
    this.saved = saved;
    this.fixed = fixed;
    this.index = index;
    this.search = search;
    this.directory = directory;
    this.reader = new Reader(access, true);
  }

  /**
   * A found post on the page.
   *
   * @param subjectHtml with marks, as HTML; {@code textHtml} likewise
   * @param similarUrl where posts like it are
   */
  public record HitView(
      String url,
      String subjectHtml,
      String textHtml,
      String author,
      When date,
      ListPageView list,
      String similarUrl) {}

  /** Counts of one kind, by what narrows the search to them. */
  public record GroupView(String label, List<ChoiceView> choices) {}

  /**
   * Some of what was found.
   *
   * @param url of the page with only these; null where it would show what is hidden
   */
  public record ChoiceView(String label, long posts, @Nullable String url) {}

  /** The lists that are searched, as they are shown. */
  private record Searched(Map<ListId, MailingList> lists, Map<ListId, ListPageView> views) {
    static Searched of(List<MailingList> lists) {
      Map<ListId, MailingList> byId = new HashMap<>();
      Map<ListId, ListPageView> views = new HashMap<>();
      for (MailingList list : lists) {
        byId.put(list.id(), list);
        views.put(list.id(), ListPageView.of(list));
      }
      return new Searched(byId, views);
    }
  }

  /** What this page shows, to be asked again in part. */
  private record Asked(String q, String list, String sort, boolean threads) {
    static Asked of(String q, @Nullable MailingList only, String sort, boolean threads) {
      return new Asked(q, only == null ? "" : only.address().toString(), sort, threads);
    }

    String narrowedTo(String query) {
      return Links.search(query, list, sort, threads, null);
    }

    String from(@Nullable String after) {
      return Links.search(q, list, sort, threads, after);
    }
  }

  /**
   * What is wrong with the query.
   *
   * @param before what stands before the piece that is wrong
   * @param marked that piece; empty where something is missing
   */
  public record ProblemView(String reason, String before, String marked, String behind) {
    static ProblemView of(String typed, QueryProblem problem) {
      return new ProblemView(
          problem.reason(PageTexts.locale()),
          typed.substring(0, problem.from()),
          typed.substring(problem.from(), problem.until()),
          typed.substring(problem.until()));
    }
  }

  /** The form, and what was found. */
  @GetMapping(PATH)
  String search(
      @RequestParam(defaultValue = "") String q,
      @RequestParam(defaultValue = "") String list,
      @RequestParam(defaultValue = "") String sort,
      @RequestParam(defaultValue = "false") boolean threads,
      @RequestParam(required = false) @Nullable String after,
      HttpServletRequest request,
      HttpServletResponse response,
      Model model) {
    MailingList only = list.isBlank() ? null : reader.list(list.strip());
    Searched lists = searched(only);
    SearchRequest.Sort order = order(sort);
    Asked asked = Asked.of(q, only, order == null ? "" : name(order), threads);
    PageFrame.add(model, request, response, null, "", only);
    form(model, lists, only, asked);
    showSaved(response, model);
    if (q.isBlank()) {
      return "archive/search";
    }
    boolean first = after == null || after.isBlank();
    ArchiveSearch.Question question =
        new ArchiveSearch.Question(
            q, only == null ? null : only.id(), order, threads, first, first ? null : after, HITS);
    model.addAttribute("first", first);
    switch (search.search(question, reader.searched(only))) {
      case Answer.Refused(QueryProblem problem) ->
          model.addAttribute("problem", ProblemView.of(q, problem));
      case Answer.WrongCursor() ->
          model.addAttribute("notice", PageTexts.of("archive.wrong-cursor"));
      case Answer.Found found -> {
        show(model, found, lists, asked);
        offerToKeep(model, q, only, order, threads);
      }
    }
    return "archive/search";
  }

  /** The searches that whoever is signed in keeps; a page that shows some is stored nowhere. */
  private void showSaved(HttpServletResponse response, Model model) {
    List<SavedSearchView> own =
        Caller.current().signedIn()
            ? saved.known().stream().map(SavedSearchView::of).toList()
            : List.of();
    model.addAttribute("saved", own);
    if (!own.isEmpty()) {
      response.setHeader(HttpHeaders.CACHE_CONTROL, PageFrame.NOT_STORED);
    }
  }

  /** Whoever is signed in can keep the search, or is told that he does. */
  private void offerToKeep(
      Model model,
      String typed,
      @Nullable MailingList only,
      SearchRequest.@Nullable Sort order,
      boolean threads) {
    if (Caller.current().signedIn()) {
      SavedSearch.Question question =
          new SavedSearch.Question(
              typed, only == null ? null : only.id(), OwnSearches.order(order), threads);
      model.addAttribute("keepable", true);
      // one that was kept just now is told by that name, though another one may ask the same
      Object keptNow = model.getAttribute("kept");
      model.addAttribute(
          "keptAs",
          keptNow != null ? keptNow : saved.asking(question).map(SavedSearch::name).orElse(null));
    }
  }

  /** Posts of other threads that are about the same as one. */
  @GetMapping(path = PATH, params = "like")
  String similar(
      @RequestParam String like,
      @RequestParam String list,
      HttpServletRequest request,
      HttpServletResponse response,
      Model model) {
    MailingList its = reader.list(list.strip());
    ArchivedPost post = SearchApi.require(index, its, like);
    Searched lists = searched(its);
    PageFrame.add(model, request, response, null, "", its);
    form(model, lists, null, new Asked("", "", "", false));
    showSaved(response, model);
    model.addAttribute("asked", true);
    model.addAttribute("like", PostView.of(its, post));
    List<HitView> hits = new ArrayList<>();
    for (ArchivedPost similar : search.similar(post, reader.searched(its), SIMILAR)) {
      add(
          hits,
          lists,
          new SearchHit(
              similar, Snippet.plain(similar.subject()), Snippet.plain(similar.excerpt())));
    }
    model.addAttribute("hits", hits);
    return "archive/search";
  }

  private Searched searched(@Nullable MailingList named) {
    return Searched.of(directory.lists().stream().filter(reader.searched(named)).toList());
  }

  private void form(Model model, Searched lists, @Nullable MailingList only, Asked asked) {
    String q = asked.q();
    model.addAttribute("q", q);
    model.addAttribute("chosen", asked.list());
    model.addAttribute(
        "lists",
        lists.views().values().stream()
            .sorted(Comparator.comparing(ListPageView::address))
            .toList());
    model.addAttribute("list", only == null ? null : ListPageView.of(only));
    model.addAttribute("sort", asked.sort());
    model.addAttribute("threads", asked.threads());
    model.addAttribute("asked", !q.isBlank());
    model.addAttribute("firstUrl", asked.from(null));
    model.addAttribute("hints", fixed.html("archive/hints"));
    model.addAttribute("searchFeed", q.isBlank() ? null : Links.found("atom", q, only));
    model.addAttribute("searchMbox", q.isBlank() ? null : Links.found("mbox", q, only));
  }

  private static void show(Model model, Answer.Found found, Searched lists, Asked asked) {
    SearchPage page = found.page();
    List<HitView> hits = new ArrayList<>();
    page.hits().forEach(hit -> add(hits, lists, hit));
    model.addAttribute("hits", hits);
    model.addAttribute("total", page.total());
    model.addAttribute("heading", heading(page, found.sort()));
    model.addAttribute("renewed", page.renewed());
    SearchCursor next = page.next();
    model.addAttribute("nextUrl", next == null ? null : asked.from(next.encode()));
    Facets facets = page.facets();
    model.addAttribute(
        "narrow",
        facets == null || page.total() == 0
            ? null
            : groups(Narrowed.of(facets, found.query(), lists.lists()), asked));
  }

  private static List<GroupView> groups(Narrowed narrowed, Asked asked) {
    List<GroupView> groups = new ArrayList<>();
    groups.add(group("archive.list", narrowed.lists(), asked));
    groups.add(group("archive.facet-author", narrowed.authors(), asked));
    groups.add(group("archive.facet-year", narrowed.years(), asked));
    List<Narrowed.Choice> kinds =
        Stream.of(narrowed.attachments(), narrowed.patches()).flatMap(Stream::ofNullable).toList();
    if (!kinds.isEmpty()) {
      groups.add(group("archive.facet-kind", kinds, asked));
    }
    return groups;
  }

  private static GroupView group(String label, List<Narrowed.Choice> choices, Asked asked) {
    return new GroupView(
        PageTexts.of(label),
        choices.stream()
            .map(choice -> {
              String query = choice.query();
              return new ChoiceView(
                  choice.label(), choice.posts(), query == null ? null : asked.narrowedTo(query));
            })
            .toList());
  }

  private static String heading(SearchPage page, SearchRequest.Sort sort) {
    String order =
        PageTexts.of(
            switch (sort) {
              case NEWEST -> "archive.by-newest";
              case OLDEST -> "archive.by-oldest";
              case RELEVANCE -> "archive.by-relevance";
            });
    return page.totalIsExact()
        ? PageTexts.of("archive.found", page.total(), order)
        : PageTexts.of("archive.found-many", order);
  }

  private static void add(List<HitView> hits, Searched lists, SearchHit hit) {
    ArchivedPost post = hit.post();
    MailingList list = lists.lists().get(post.list());
    ListPageView view = lists.views().get(post.list());
    if (list == null || view == null) {
      return;
    }
    List<Snippet.Run> subject = Masked.runs(hit.subject());
    hits.add(
        new HitView(
            Links.post(list, post),
            MarkedHtml.of(
                subject.isEmpty()
                    ? Snippet.plain(PostView.shown(Reader.text(post.subject()))).runs()
                    : subject),
            MarkedHtml.of(Masked.runs(hit.text())),
            PostView.author(post),
            When.of(post.date()),
            view,
            Links.similar(list, post.id())));
  }

  private static SearchRequest.@Nullable Sort order(String sort) {
    return switch (sort) {
      case "newest", "date" -> SearchRequest.Sort.NEWEST;
      case "oldest" -> SearchRequest.Sort.OLDEST;
      case "relevance" -> SearchRequest.Sort.RELEVANCE;
      default -> null;
    };
  }

  private static String name(SearchRequest.Sort sort) {
    return sort.name().toLowerCase(Locale.ROOT);
  }
}
