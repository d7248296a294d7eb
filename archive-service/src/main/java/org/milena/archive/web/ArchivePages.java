package org.milena.archive.web;

import java.time.YearMonth;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.milena.archive.message.TextRendering;
import org.milena.archive.post.ArchivedPost;
import org.milena.archive.post.FullPost;
import org.milena.archive.search.ArchiveIndex;
import org.milena.archive.search.MonthCount;
import org.milena.archive.search.ThreadPage;
import org.milena.common.directory.Directory;
import org.milena.common.directory.MailingList;
import org.milena.common.event.ArchiveId;
import org.milena.common.web.ApiProblem;
import org.milena.common.web.Caller;
import org.milena.common.web.ListAccess;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;

/** The archive for people: a list, its months, its threads, its messages. */
@Controller
public class ArchivePages {
  private static final int RECENT = 20;
  private static final int THREADS = 50;
  private static final int POSTS = 50;

  private final ArchiveIndex index;
  private final Directory directory;
  private final DeliveryReaders deliveries;
  private final Reader reader;

  /**
   * @param publicRaw whether strangers get whole messages of public lists
   */
  public ArchivePages(
      ArchiveIndex index,
      Directory directory,
      ListAccess access,
      DeliveryReaders deliveries,
      boolean publicRaw) {
    this.index = index;
    this.deliveries = deliveries;
    this.directory = directory;
    this.reader = new Reader(access, publicRaw);
  }

  /** A month in the table of months. */
  public record MonthView(String name, String url, long posts) {}

  /** A year of them. */
  public record YearView(int year, long posts, List<MonthView> months) {}

  /** The lists whose archive the caller may read, by name. */
  @GetMapping({"/archive", "/archive/"})
  String all(Model model) {
    model.addAttribute(
        "lists",
        directory.lists().stream()
            .filter(list -> list.settings().archive().archived() && reader.mayRead(list))
            .map(ListPageView::of)
            .sorted(Comparator.comparing(ListPageView::name, String.CASE_INSENSITIVE_ORDER))
            .toList());
    model.addAttribute("signedIn", Caller.current().signedIn());
    return "archive/lists";
  }

  /** A list: its months and latest threads. */
  @GetMapping("/archive/{list}")
  String list(@PathVariable("list") String address, Model model) {
    MailingList list = reader.list(address);
    List<MonthCount> months = index.months(list.id());
    model.addAttribute("years", years(list, months));
    model.addAttribute("total", months.stream().mapToLong(MonthCount::posts).sum());
    model.addAttribute("threads", threads(list, index.threads(list.id(), null, 0, RECENT)));
    return show(list, model, "archive/list");
  }

  /** The threads of a month. */
  @GetMapping("/archive/{list}/{month:\\d{4}-\\d{2}}")
  String month(
      @PathVariable("list") String address,
      @PathVariable("month") String text,
      @RequestParam(required = false) @Nullable String after,
      Model model) {
    MailingList list = reader.list(address);
    YearMonth month = Months.parse(text);
    int before = Pages.before(after);
    ThreadPage page = index.threads(list.id(), month, before, THREADS);
    MonthCount earlier = null;
    MonthCount later = null;
    for (MonthCount other : index.months(list.id())) {
      if (month != null && other.month().isAfter(month)) {
        later = other;
      } else if (month != null && other.month().isBefore(month) && earlier == null) {
        earlier = other;
      }
    }
    model.addAttribute("month", month == null ? text : MonthNames.full(month));
    model.addAttribute("monthUrl", month == null ? "" : Links.month(list, month));
    model.addAttribute("monthMbox", Links.mbox(list, month, null));
    model.addAttribute("threads", threads(list, page));
    model.addAttribute("next", page.next());
    model.addAttribute("first", before == 0);
    model.addAttribute("earlier", earlier == null ? null : view(list, earlier));
    model.addAttribute("later", later == null ? null : view(list, later));
    return show(list, model, "archive/month");
  }

  /** A thread. Under the id of any of its posts; the earliest one's is its own. */
  @GetMapping("/archive/{list}/thread/{thread}")
  String thread(
      @PathVariable("list") String address,
      @PathVariable("thread") String id,
      @RequestParam(defaultValue = "0") int from,
      Model model) {
    MailingList list = reader.list(address);
    ArchiveId wanted = Reader.id(id);
    ArchivedPost first = require(list, id).post();
    if (!first.thread().equals(wanted)) {
      return "redirect:" + Links.thread(list, first.thread());
    }
    ThreadEntries entries = new ThreadEntries(index, list, wanted);
    int start = Math.clamp(from, 0, Math.max(0, entries.size() - 1));
    model.addAttribute("thread", PostView.of(list, first));
    model.addAttribute("count", entries.size());
    model.addAttribute("authors", entries.authors());
    model.addAttribute("outline", entries.outline(null));
    model.addAttribute("entries", entries.page(start, POSTS));
    model.addAttribute("previous", start > 0 ? Math.max(0, start - POSTS) : null);
    model.addAttribute("next", start + POSTS < entries.size() ? start + POSTS : null);
    model.addAttribute("threadMbox", Links.mbox(list, null, wanted));
    return show(list, model, "archive/thread");
  }

  /** One message. */
  @GetMapping("/archive/{list}/message/{id}")
  String message(@PathVariable("list") String address, @PathVariable("id") String id, Model model) {
    MailingList list = reader.list(address);
    FullPost post = require(list, id);
    ArchivedPost about = post.post();
    ThreadEntries entries = new ThreadEntries(index, list, about.thread());
    model.addAttribute("post", PostView.of(list, about));
    model.addAttribute("html", TextRendering.of(Reader.text(post.text().whole())));
    // it looks like an address, so strangers do not see it
    model.addAttribute("messageId", Reader.masks() ? null : about.messageId());
    model.addAttribute(
        "delivery",
        deliveries.ofShown(list, about.messageId(), about.author().address()).orElse(null));
    model.addAttribute("rawUrl", Links.raw(list, about.id()));
    model.addAttribute("outline", entries.outline(about.id()));
    model.addAttribute("parent", entries.parent(about.id()));
    model.addAttribute("previous", entries.neighbour(about.id(), -1));
    model.addAttribute("next", entries.neighbour(about.id(), 1));
    return show(list, model, "archive/message");
  }

  /** Leads from a Message-ID, with or without angle brackets, to its page. */
  @GetMapping({"/archive/{list}/mid/{*messageId}", "/archive/{list}/mid"})
  String byMessageId(
      @PathVariable("list") String address,
      @PathVariable(name = "messageId", required = false) @Nullable String path,
      @RequestParam(name = "id", required = false) @Nullable String parameter) {
    MailingList list = reader.list(address);
    List<ArchivedPost> posts = index.byMessageId(list.id(), MessageIds.of(path, parameter));
    if (posts.isEmpty()) {
      throw ApiProblem.notFound("No post of " + list.address() + " has this Message-ID.");
    }
    return "redirect:" + Links.message(list, posts.getFirst().id());
  }

  private String show(MailingList list, Model model, String template) {
    model.addAttribute("list", ListPageView.of(list));
    model.addAttribute("wholeMessages", reader.mayHaveWholeMessages());
    model.addAttribute("signedIn", Caller.current().signedIn());
    return template;
  }

  private FullPost require(MailingList list, String id) {
    return index
        .post(list.id(), Reader.id(id))
        .orElseThrow(
            () -> ApiProblem.notFound("There is no post " + id + " on " + list.address() + "."));
  }

  private static List<ThreadLine> threads(MailingList list, ThreadPage page) {
    return page.threads().stream().map(thread -> ThreadLine.of(list, thread)).toList();
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

  private static MonthView view(MailingList list, MonthCount month) {
    return new MonthView(
        MonthNames.full(month.month()), Links.month(list, month.month()), month.posts());
  }
}
