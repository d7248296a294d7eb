package org.milena.archive.web;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.milena.archive.search.ArchiveSearch;
import org.milena.archive.search.ArchiveSearch.Answer;
import org.milena.archive.search.SearchCursor;
import org.milena.archive.search.SearchHit;
import org.milena.archive.search.SearchPage;
import org.milena.archive.search.SearchRequest;
import org.milena.archive.search.Snippet;
import org.milena.common.directory.Directory;
import org.milena.common.directory.MailingList;
import org.milena.common.mail.ListId;
import org.milena.common.web.ListAccess;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** Search for people. */
@Controller
public class SearchPages {
  private static final int HITS = 20;

  private final ArchiveSearch search;
  private final Directory directory;
  private final Reader reader;

  /** Over one archive. */
  public SearchPages(ArchiveSearch search, Directory directory, ListAccess access) {
    this.search = search;
    this.directory = directory;
    this.reader = new Reader(access, true);
  }

  /** A found post on the page. */
  public record HitView(
      PostView post, List<Snippet.Run> subject, List<Snippet.Run> text, ListPageView list) {}

  /** The form, and what was found. */
  @GetMapping("/archive/search")
  String search(
      @RequestParam(defaultValue = "") String q,
      @RequestParam(defaultValue = "") String list,
      @RequestParam(defaultValue = "") String sort,
      @RequestParam(required = false) @Nullable String after,
      Model model) {
    Map<ListId, MailingList> lists = new HashMap<>();
    directory.lists().stream().filter(reader::mayRead).forEach(one -> lists.put(one.id(), one));
    List<ListPageView> choices =
        lists.values().stream()
            .map(ListPageView::of)
            .sorted(Comparator.comparing(ListPageView::address))
            .toList();
    MailingList only = list.isBlank() ? null : reader.list(list.strip());
    model.addAttribute("q", q);
    model.addAttribute("chosen", only == null ? "" : only.address().toString());
    model.addAttribute("lists", choices);
    model.addAttribute("list", only == null ? null : ListPageView.of(only));
    model.addAttribute("sort", sort);
    model.addAttribute("asked", !q.isBlank());
    if (!q.isBlank()) {
      SearchRequest.Sort order =
          switch (sort) {
            case "date" -> SearchRequest.Sort.DATE;
            case "relevance" -> SearchRequest.Sort.RELEVANCE;
            default -> null;
          };
      ListId id = only == null ? null : only.id();
      switch (search.search(q, id, reader::mayRead, order, after, HITS)) {
        case Answer.Refused(String reason) -> model.addAttribute("problem", reason);
        case Answer.Found(SearchPage page, SearchRequest.Sort used) -> {
          model.addAttribute("hits", hits(page, lists));
          model.addAttribute("total", page.total());
          model.addAttribute("exact", page.totalIsExact());
          model.addAttribute("used", used.name().toLowerCase(Locale.ROOT));
          SearchCursor next = page.next();
          model.addAttribute("next", next == null ? null : next.encode());
          model.addAttribute("first", after == null);
        }
      }
    }
    return "archive/search";
  }

  private static List<HitView> hits(SearchPage page, Map<ListId, MailingList> lists) {
    List<HitView> hits = new ArrayList<>();
    for (SearchHit hit : page.hits()) {
      MailingList list = lists.get(hit.post().list());
      if (list != null) {
        PostView post = PostView.of(list, hit.post());
        List<Snippet.Run> subject = Masked.runs(hit.subject());
        hits.add(
            new HitView(
                post,
                subject.isEmpty() ? Snippet.plain(post.subject()).runs() : subject,
                Masked.runs(hit.text()),
                ListPageView.of(list)));
      }
    }
    return hits;
  }
}
