package org.milena.archive.web.download;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.YearMonth;
import org.jspecify.annotations.Nullable;
import org.milena.archive.post.ArchivedPost;
import org.milena.archive.search.ArchiveSearch;
import org.milena.archive.search.ArchiveSearch.Asked;
import org.milena.archive.search.Selection;
import org.milena.archive.web.Months;
import org.milena.archive.web.Posts;
import org.milena.archive.web.Reader;
import org.milena.archive.web.download.MboxAnswers.MboxWanted;
import org.milena.archive.web.searching.SearchApi;
import org.milena.common.directory.MailingList;
import org.milena.common.web.ListAccess;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;

/**
 * Posts as mbox (mboxrd): of a list, a month, a thread, and what a query finds. Streamed, plain or
 * compressed; whoever lost the connection asks for the rest (RFC 9110 section 14), and gets it as
 * long as nothing changed.
 */
@Controller
public class MboxDownloads {
  private final Posts posts;
  private final ArchiveSearch search;
  private final MboxAnswers answers;
  private final Reader reader;

  /** Over one archive. */
  public MboxDownloads(Posts posts, ArchiveSearch search, MboxAnswers answers, ListAccess access) {
    this.posts = posts;
    this.search = search;
    this.answers = answers;
    this.reader = new Reader(access, true);
  }

  /** A list, a month or a thread. */
  @GetMapping({
    "/api/v1/archive/{list}/mbox",
    "/api/v1/archive/{list}/mbox.gz",
    "/archive/{list}/mbox",
    "/archive/{list}/mbox.gz"
  })
  void selected(
      @PathVariable("list") String address,
      @RequestParam(required = false) @Nullable String month,
      @RequestParam(required = false) @Nullable String thread,
      HttpServletRequest request,
      HttpServletResponse response)
      throws IOException {
    send(selected(address, month, thread), request, response);
  }

  /** What a query finds. */
  @GetMapping({
    "/api/v1/archive/search/mbox",
    "/api/v1/archive/search/mbox.gz",
    "/archive/search/mbox",
    "/archive/search/mbox.gz"
  })
  void found(
      @RequestParam(defaultValue = "") String q,
      @RequestParam(required = false) @Nullable String list,
      HttpServletRequest request,
      HttpServletResponse response)
      throws IOException {
    send(found(q, list), request, response);
  }

  /** As a compressed file where the address says so. */
  private void send(MboxWanted wanted, HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    answers.send(wanted, request.getRequestURI().endsWith(".gz"), request, response);
  }

  private MboxWanted selected(String address, @Nullable String month, @Nullable String thread) {
    MailingList list = reader.list(address);
    if (thread != null) {
      ArchivedPost post = posts.require(list, thread).post();
      return new MboxWanted(
          Selection.ofThread(list.id(), post.thread()), list.address() + "-" + post.thread());
    }
    YearMonth only = Months.parse(month);
    return only == null
        ? new MboxWanted(Selection.of(list.id()), list.address().toString())
        : new MboxWanted(Selection.of(list.id(), only), list.address() + "-" + only);
  }

  private MboxWanted found(String typed, @Nullable String list) {
    MailingList only = list == null || list.isBlank() ? null : reader.list(list.strip());
    return switch (search.select(typed, only == null ? null : only.id(), reader.searched(only))) {
      case Asked.Refused(var problem) -> throw SearchApi.refused(typed, problem);
      case Asked.Posts(Selection selection, var _) ->
          new MboxWanted(selection, only == null ? "search" : only.address() + "-search");
    };
  }
}
