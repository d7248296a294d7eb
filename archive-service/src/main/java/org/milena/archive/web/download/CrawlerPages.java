package org.milena.archive.web.download;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.YearMonth;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.milena.archive.export.ExportLimit;
import org.milena.archive.feed.SitemapSpans;
import org.milena.archive.feed.SitemapWriter;
import org.milena.archive.identity.Digests;
import org.milena.archive.post.ArchivedPost;
import org.milena.archive.search.ArchiveIndex;
import org.milena.archive.search.MonthCount;
import org.milena.archive.search.PostPlace;
import org.milena.archive.search.PostWalk;
import org.milena.archive.search.Selection;
import org.milena.archive.web.Links;
import org.milena.archive.web.Months;
import org.milena.archive.web.Reader;
import org.milena.common.directory.Directory;
import org.milena.common.directory.MailingList;
import org.milena.common.mail.ListId;
import org.milena.common.web.ApiProblem;
import org.milena.common.web.ListAccess;
import org.springframework.http.HttpHeaders;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.context.request.ServletWebRequest;

/**
 * What searching machines ask for: where they may go (robots.txt, RFC 9309), and what there is
 * (sitemaps). Only lists that everybody may read and find are named, and posts by their pages,
 * which do not change; so a machine that has been here has little to ask for again.
 */
@Controller
public class CrawlerPages {
  private static final int MOST_PARTS = 1000;

  private final ArchiveIndex index;
  private final Directory directory;
  private final ExportLimit limit;
  private final Reader reader;
  private final String site;

  /**
   * @param limit sitemaps and exports together run so many at once
   * @param site URL that all addresses begin with; without a slash at its end
   */
  public CrawlerPages(
      ArchiveIndex index, Directory directory, ExportLimit limit, ListAccess access, String site) {
    this.index = index;
    this.directory = directory;
    this.limit = limit;
    this.reader = new Reader(access, true);
    this.site = site;
  }

  /** Pages yes; not what is endless, for programs, or there twice. */
  @GetMapping("/robots.txt")
  void robots(HttpServletRequest request, HttpServletResponse response) throws IOException {
    String rules =
        """
        User-agent: *
        Disallow: /api/
        Disallow: /login
        Disallow: /manage/
        Disallow: /ops
        Disallow: /archive/search
        Disallow: /archive/*/atom$
        Disallow: /archive/*/atom?
        Disallow: /archive/*/mbox$
        Disallow: /archive/*/mbox?
        Disallow: /archive/*/mbox.gz
        Disallow: /archive/*/raw$
        Disallow: /archive/*/html$
        Disallow: /archive/*/html/body$
        Disallow: /archive/*/attachment/
        Disallow: /archive/*?*since=
        Disallow: /archive/*?*lang=

        Sitemap: %s/sitemap.xml
        """
            .formatted(site);
    send(rules.getBytes(StandardCharsets.UTF_8), "text/plain;charset=UTF-8", request, response);
  }

  /** All sitemaps. */
  @GetMapping("/sitemap.xml")
  void sitemaps(HttpServletRequest request, HttpServletResponse response) throws IOException {
    try (ExportLimit.Permit _ = enter(response)) {
      List<MailingList> lists =
          directory.lists().stream()
              .filter(Reader::isFindable)
              .sorted(Comparator.comparing(list -> list.id().value()))
              .toList();
      Map<ListId, List<MonthCount>> months =
          index.months(lists.stream().map(MailingList::id).toList());
      ByteArrayOutputStream out = new ByteArrayOutputStream();
      SitemapWriter sitemaps = SitemapWriter.ofSitemaps(out);
      for (MailingList list : lists) {
        sitemaps.add(site + Links.sitemap(list, null), null);
        SitemapSpans.of(months.getOrDefault(list.id(), List.of()), SitemapWriter.URLS)
            .forEach(span -> sitemaps.add(site + Links.sitemap(list, span), null));
      }
      sitemaps.end();
      send(out.toByteArray(), "application/xml", request, response);
    }
  }

  /**
   * Pages of a list: itself and its months; with months, the posts of those.
   *
   * @param until included
   * @param part which one, where they do not fit into one
   */
  @GetMapping("/archive/{list}/sitemap.xml")
  void sitemap(
      @PathVariable("list") String address,
      @RequestParam(required = false) @Nullable String from,
      @RequestParam(required = false) @Nullable String until,
      @RequestParam(defaultValue = "1") int part,
      HttpServletRequest request,
      HttpServletResponse response)
      throws IOException {
    MailingList list = reader.list(address);
    if (!Reader.isFindable(list)) {
      throw ApiProblem.notFound(list.address() + " has no sitemap.");
    }
    if (part < 1 || part > MOST_PARTS) {
      throw ApiProblem.badRequest("invalid-part", "There is no part " + part + ".");
    }
    YearMonth first = Months.parse(from);
    YearMonth last = Months.parse(until);
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (ExportLimit.Permit _ = enter(response)) {
      SitemapWriter pages = SitemapWriter.ofPages(out);
      if (first == null || last == null) {
        addMonths(pages, list);
      } else {
        requirePart(list, first, last, part);
        addPosts(pages, list, Selection.of(list.id(), first, last), part);
      }
      pages.end();
    }
    send(out.toByteArray(), "application/xml", request, response);
  }

  /** Nothing is walked through for a part that is not there. */
  private void requirePart(MailingList list, YearMonth first, YearMonth last, int part) {
    long posts =
        index.months(list.id()).stream()
            .filter(month -> !month.month().isBefore(first) && !month.month().isAfter(last))
            .mapToLong(MonthCount::posts)
            .sum();
    if (part > 1 && (part - 1L) * SitemapWriter.URLS >= posts) {
      throw ApiProblem.notFound("There is no part " + part + ".");
    }
  }

  private void addMonths(SitemapWriter pages, MailingList list) {
    pages.add(site + Links.list(list), null);
    index
        .months(list.id())
        .forEach(month -> pages.add(site + Links.month(list, month.month()), null));
  }

  private void addPosts(SitemapWriter pages, MailingList list, Selection selection, int part) {
    long before = (part - 1L) * SitemapWriter.URLS;
    long passed = 0;
    try (PostWalk walk = index.walk(selection)) {
      List<ArchivedPost> posts = walk.after(null);
      while (!posts.isEmpty() && passed < before + SitemapWriter.URLS) {
        for (ArchivedPost post : posts) {
          if (passed >= before) {
            pages.add(site + Links.post(list, post), post.receivedAt());
          }
          passed++;
        }
        posts = walk.after(PostPlace.of(posts.getLast()));
      }
    }
  }

  private ExportLimit.Permit enter(HttpServletResponse response) {
    Optional<ExportLimit.Permit> permit = limit.enter();
    return permit.orElseThrow(() -> MboxAnswers.tooMany(response));
  }

  private static void send(
      byte[] content, String type, HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    PageTags.leaveOut();
    response.setContentType(type);
    response.setHeader(HttpHeaders.CACHE_CONTROL, "public, max-age=3600");
    String tag = '"' + Digests.hex("SHA-256", content).substring(0, 32) + '"';
    if (!new ServletWebRequest(request, response).checkNotModified(tag)) {
      response.setContentLength(content.length);
      response.getOutputStream().write(content);
    }
  }
}
