package org.milena.archive.web;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.time.Instant;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.milena.archive.search.ArchiveIndex;
import org.milena.archive.search.MonthCount;
import org.milena.archive.search.Query;
import org.milena.archive.search.SearchRequest;
import org.milena.archive.search.ThreadPage;
import org.milena.common.directory.Directory;
import org.milena.common.directory.MailingList;
import org.milena.common.web.ListAccess;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;

/** The archive for people: the lists, a list, its months. */
@Controller
public class ArchivePages {
  private static final int RECENT = 20;
  private static final int THREADS = 50;
  private static final int LATEST = 6;

  private final ArchiveIndex index;
  private final Directory directory;
  private final Reader reader;

  /** Over one archive. */
  public ArchivePages(ArchiveIndex index, Directory directory, ListAccess access) {
    this.index = index;
    this.directory = directory;
    this.reader = new Reader(access, true);
  }

  /** A month in the table of months. */
  public record MonthView(String name, String url, long posts) {}

  /** A year of them. */
  public record YearView(int year, long posts, List<MonthView> months) {}

  /** The lists whose archive the caller may read, by name; those that hide only for their own. */
  @GetMapping({"/archive", "/archive/"})
  String all(Model model, HttpServletRequest request, HttpServletResponse response) {
    model.addAttribute(
        "lists",
        directory.lists().stream()
            .filter(list -> list.settings().archive().archived() && reader.isListed(list))
            .map(ListPageView::of)
            .sorted(Comparator.comparing(ListPageView::name, String.CASE_INSENSITIVE_ORDER))
            .toList());
    PageFrame.add(model, request, response, "/archive", "", null);
    return "archive/lists";
  }

  /**
   * A list: its months, its latest threads and posts.
   *
   * @param since what is later is new
   */
  @GetMapping({"/archive/{list}", "/archive/{list}/"})
  String list(
      @PathVariable("list") String address,
      @RequestParam(required = false) @Nullable String since,
      Model model,
      HttpServletRequest request,
      HttpServletResponse response) {
    MailingList list = reader.list(address);
    Instant known = Since.parse(since);
    List<MonthCount> months = index.months(list.id());
    List<ThreadLine> threads = threads(list, index.threads(list.id(), null, 0, RECENT), known);
    model.addAttribute("years", years(list, months));
    model.addAttribute("total", months.stream().mapToLong(MonthCount::posts).sum());
    model.addAttribute("activity", ActivityView.of(months));
    model.addAttribute("threads", threads);
    model.addAttribute("posts", latest(list));
    model.addAttribute("since", known == null ? null : When.of(known));
    model.addAttribute("newThreads", threads.stream().filter(ThreadLine::isNew).count());
    model.addAttribute(
        "sinceUrl",
        threads.isEmpty() ? null : Links.list(list) + "?since=" + threads.getFirst().last().iso());
    return show(list, model, request, response, Links.list(list), "archive/list");
  }

  private List<PostView> latest(MailingList list) {
    SearchRequest request =
        new SearchRequest(
            "latest",
            Set.of(list.id()),
            new Query.All(),
            SearchRequest.Sort.NEWEST,
            Instant.EPOCH,
            false,
            false,
            null,
            LATEST);
    return index.search(request).hits().stream().map(hit -> PostView.of(list, hit.post())).toList();
  }

  /** The threads of a month. */
  @GetMapping({"/archive/{list}/{month:\\d{4}-\\d{2}}", "/archive/{list}/{month:\\d{4}-\\d{2}}/"})
  String month(
      @PathVariable("list") String address,
      @PathVariable("month") String text,
      @RequestParam(required = false) @Nullable String after,
      Model model,
      HttpServletRequest request,
      HttpServletResponse response) {
    MailingList list = reader.list(address);
    YearMonth month = required(text);
    int before = Pages.before(after);
    ThreadPage page = index.threads(list.id(), month, before, THREADS);
    List<MonthCount> months = index.months(list.id());
    model.addAttribute("month", MonthNames.full(month));
    model.addAttribute("monthUrl", Links.month(list, month));
    model.addAttribute("monthMbox", Links.mbox(list, month, null));
    model.addAttribute("monthPosts", count(months, month));
    model.addAttribute("threads", threads(list, page, null));
    model.addAttribute("next", page.next());
    model.addAttribute("first", before == 0);
    model.addAttribute("years", years(list, months));
    model.addAttribute("earlier", view(list, neighbour(months.reversed(), month, false)));
    model.addAttribute("later", view(list, neighbour(months, month, true)));
    return show(list, model, request, response, Links.month(list, month), "archive/month");
  }

  private static YearMonth required(String text) {
    YearMonth month = Months.parse(text);
    if (month == null) {
      throw new IllegalStateException("a path without its month");
    }
    return month;
  }

  private static long count(List<MonthCount> months, YearMonth month) {
    return months.stream()
        .filter(one -> one.month().equals(month))
        .mapToLong(MonthCount::posts)
        .sum();
  }

  /** The last in this order that is on the other side of the month. */
  private static @Nullable MonthCount neighbour(
      List<MonthCount> months, YearMonth month, boolean later) {
    MonthCount nearest = null;
    for (MonthCount other : months) {
      if (later ? other.month().isAfter(month) : other.month().isBefore(month)) {
        nearest = other;
      }
    }
    return nearest;
  }

  private String show(
      MailingList list,
      Model model,
      HttpServletRequest request,
      HttpServletResponse response,
      String path,
      String template) {
    model.addAttribute("list", ListPageView.of(list));
    PageFrame.add(model, request, response, path, list.description(), list);
    return template;
  }

  private static List<ThreadLine> threads(
      MailingList list, ThreadPage page, @Nullable Instant since) {
    return page.threads().stream().map(thread -> ThreadLine.of(list, thread, since)).toList();
  }

  private static List<YearView> years(MailingList list, List<MonthCount> months) {
    Map<Integer, List<MonthView>> years = new TreeMap<>();
    Map<Integer, Long> posts = new TreeMap<>();
    for (MonthCount month : months.reversed()) {
      int year = month.month().getYear();
      years
          .computeIfAbsent(year, _ -> new ArrayList<>())
          .add(
              new MonthView(
                  MonthNames.alone(month.month()),
                  Links.month(list, month.month()),
                  month.posts()));
      posts.merge(year, month.posts(), Long::sum);
    }
    List<YearView> views = new ArrayList<>();
    years.forEach(
        (year, ofYear) -> views.add(new YearView(year, posts.getOrDefault(year, 0L), ofYear)));
    return views.reversed();
  }

  private static @Nullable MonthView view(MailingList list, @Nullable MonthCount month) {
    return month == null
        ? null
        : new MonthView(
            MonthNames.full(month.month()), Links.month(list, month.month()), month.posts());
  }
}
