package org.milena.archive.web.download;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.milena.archive.feed.AtomWriter;
import org.milena.archive.feed.Feed;
import org.milena.archive.feed.FeedIds;
import org.milena.archive.identity.Digests;
import org.milena.archive.message.PostText;
import org.milena.archive.post.ArchivedPost;
import org.milena.archive.rendering.TextCut;
import org.milena.archive.search.ArchiveIndex;
import org.milena.archive.search.ArchiveSearch;
import org.milena.archive.search.ArchiveSearch.Answer;
import org.milena.archive.search.QueryPrinter;
import org.milena.archive.search.SearchCursor;
import org.milena.archive.search.SearchHit;
import org.milena.archive.search.SearchPage;
import org.milena.archive.search.SearchRequest.Sort;
import org.milena.archive.search.Selection;
import org.milena.archive.web.Links;
import org.milena.archive.web.ListPageView;
import org.milena.archive.web.PageTexts;
import org.milena.archive.web.PostView;
import org.milena.archive.web.Posts;
import org.milena.archive.web.Reader;
import org.milena.archive.web.Robots;
import org.milena.archive.web.searching.SearchApi;
import org.milena.common.directory.Directory;
import org.milena.common.directory.MailingList;
import org.milena.common.event.ArchiveId;
import org.milena.common.web.ApiProblem;
import org.milena.common.web.Caller;
import org.milena.common.web.ListAccess;
import org.springframework.http.HttpHeaders;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.context.request.ServletWebRequest;

/**
 * New posts as Atom feeds: of a list, a thread, and of what a query finds. The same below the API,
 * for programs that sign in.
 */
@Controller
public class FeedPages {
  private static final int ENTRIES = 25;

  /** Characters of a post's text. */
  private static final int LONGEST = 20_000;

  private final ArchiveIndex index;
  private final ArchiveSearch search;
  private final Posts posts;
  private final Directory directory;
  private final Reader reader;
  private final String site;

  /**
   * @param site URL that all addresses begin with; without a slash at its end
   */
  public FeedPages(
      ArchiveIndex index,
      ArchiveSearch search,
      Posts posts,
      Directory directory,
      ListAccess access,
      String site) {
    this.index = index;
    this.search = search;
    this.posts = posts;
    this.directory = directory;
    this.reader = new Reader(access, true);
    this.site = site;
  }

  /**
   * What a feed is of.
   *
   * @param list null for several
   * @param page path of the web page
   * @param path of the first page of the feed
   */
  private record Subject(
      String id,
      String title,
      String subtitle,
      @Nullable MailingList list,
      String page,
      String path) {}

  /** The newest posts of a list, or of one of its threads. */
  @GetMapping({"/api/v1/archive/{list}/atom", "/archive/{list}/atom"})
  void list(
      @PathVariable("list") String address,
      @RequestParam(required = false) @Nullable String thread,
      @RequestParam(required = false) @Nullable String after,
      HttpServletRequest request,
      HttpServletResponse response)
      throws IOException {
    MailingList list = reader.list(address);
    Selection selection;
    Subject subject;
    if (thread == null) {
      selection = Selection.of(list.id());
      subject =
          new Subject(
              FeedIds.of(list),
              PageTexts.of("archive.archive-of", ListPageView.of(list).name()),
              list.description(),
              list,
              Links.list(list),
              Links.atom(list, null));
    } else {
      ArchiveId id = posts.require(list, thread).post().thread();
      ArchivedPost root = posts.require(list, id.value()).post();
      selection = Selection.ofThread(list.id(), id);
      subject =
          new Subject(
              FeedIds.ofThread(list, id),
              PostView.of(list, root).subject(),
              "",
              list,
              Links.thread(list, root),
              Links.atom(list, id));
    }
    switch (search.page(selection, cursor(after), ENTRIES)) {
      case Answer.Found(SearchPage page, var _, var _) ->
          send(subject, page, after, request, response);
      case Answer.WrongCursor() -> throw wrongCursor();
      case Answer.Refused(var problem) -> throw SearchApi.refused("", problem);
    }
  }

  /** The newest posts that a query finds. */
  @GetMapping({"/api/v1/archive/search/atom", "/archive/search/atom"})
  void found(
      @RequestParam(defaultValue = "") String q,
      @RequestParam(required = false) @Nullable String list,
      @RequestParam(required = false) @Nullable String after,
      HttpServletRequest request,
      HttpServletResponse response)
      throws IOException {
    MailingList only = list == null || list.isBlank() ? null : reader.list(list.strip());
    ArchiveSearch.Question question =
        new ArchiveSearch.Question(
            q, only == null ? null : only.id(), Sort.NEWEST, false, false, cursor(after), ENTRIES);
    switch (search.search(question, reader.searched(only))) {
      case Answer.Found(SearchPage page, var _, var query) -> {
        String path = Links.found("atom", q, only);
        Subject subject =
            new Subject(
                site + Links.found("atom", QueryPrinter.print(query), only),
                PageTexts.of("archive.search") + ": " + q,
                "",
                only,
                Links.found("", q, only),
                path);
        send(subject, page, after, request, response);
      }
      case Answer.WrongCursor() -> throw wrongCursor();
      case Answer.Refused(var problem) -> throw SearchApi.refused(q, problem);
    }
  }

  private static @Nullable String cursor(@Nullable String after) {
    return after == null || after.isBlank() ? null : after;
  }

  private static ApiProblem wrongCursor() {
    return ApiProblem.badRequest("invalid-cursor", SearchApi.WRONG_CURSOR);
  }

  private void send(
      Subject subject,
      SearchPage page,
      @Nullable String after,
      HttpServletRequest request,
      HttpServletResponse response)
      throws IOException {
    PageTags.leaveOut();
    Instant updated =
        page.hits().stream()
            .map(hit -> hit.post().receivedAt())
            .max(Instant::compareTo)
            .orElse(subject.list() == null ? Instant.EPOCH : subject.list().createdAt());
    boolean program = request.getRequestURI().startsWith("/api/");
    String first = site + (program ? "/api/v1" : "") + subject.path();
    SearchCursor next = page.next();
    Feed feed =
        new Feed(
            subject.id(),
            subject.title(),
            subject.subtitle(),
            PageTexts.locale().toLanguageTag(),
            updated,
            site + subject.page(),
            from(first, cursor(after)),
            first,
            next == null ? null : from(first, next.encode()),
            entries(page));
    prepare(response, subject.list());
    // by its tag alone: where something was taken out of a feed no date of it is later than before
    if (!new ServletWebRequest(request, response).checkNotModified(tag(feed))) {
      byte[] written = AtomWriter.write(feed);
      response.setContentLength(written.length);
      response.getOutputStream().write(written);
    }
  }

  /** A weak one: the way to the next page tells when it was asked for, and means the same. */
  private static String tag(Feed feed) {
    byte[] same = AtomWriter.write(feed.before(feed.next() == null ? null : "more"));
    return "W/\"" + Digests.hex("SHA-256", same).substring(0, 32) + '"';
  }

  private static String from(String first, @Nullable String cursor) {
    return cursor == null
        ? first
        : first + (first.indexOf('?') < 0 ? "?" : "&") + "after=" + cursor;
  }

  private static void prepare(HttpServletResponse response, @Nullable MailingList list) {
    boolean shared = !Caller.current().signedIn() && (list == null || Reader.isOpen(list));
    response.setContentType("application/atom+xml;charset=UTF-8");
    response.setHeader(
        HttpHeaders.CACHE_CONTROL, shared ? "public, max-age=300" : "private, no-cache");
    response.addHeader(HttpHeaders.VARY, "Authorization, Cookie, Accept-Language");
    response.setHeader(Robots.HEADER, Robots.NO_INDEX);
    response.setHeader("X-Content-Type-Options", "nosniff");
  }

  private List<Feed.Entry> entries(SearchPage page) {
    Map<ArchiveId, PostText> texts =
        index.texts(page.hits().stream().map(hit -> hit.post().id()).toList());
    List<Feed.Entry> entries = new ArrayList<>();
    for (SearchHit hit : page.hits()) {
      ArchivedPost post = hit.post();
      directory
          .list(post.list())
          .ifPresent(list ->
              entries.add(entry(list, post, texts.getOrDefault(post.id(), PostText.EMPTY))));
    }
    return entries;
  }

  private Feed.Entry entry(MailingList list, ArchivedPost post, PostText text) {
    PostView view = PostView.of(list, post);
    boolean cut = text.length() > LONGEST;
    String shown = Reader.text(TextCut.beginning(text, LONGEST).whole());
    boolean email = !Reader.masks() && post.author().address().matches("[^@\\s]+@[^@\\s]+");
    return new Feed.Entry(
        FeedIds.of(list, post.id()),
        view.subject(),
        view.author(),
        email ? post.author().address() : null,
        post.date(),
        site + view.url(),
        cut ? shown + "\n[…]" : shown);
  }
}
