package org.milena.archive.web;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.time.YearMonth;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.milena.archive.export.ExportLimit;
import org.milena.archive.export.Mbox;
import org.milena.archive.export.MboxExport;
import org.milena.archive.export.MboxForm;
import org.milena.archive.post.ArchivedPost;
import org.milena.archive.search.ArchiveSearch;
import org.milena.archive.search.ArchiveSearch.Asked;
import org.milena.archive.search.ChangedMeanwhileException;
import org.milena.archive.search.Selection;
import org.milena.common.directory.MailingList;
import org.milena.common.web.ApiProblem;
import org.milena.common.web.ListAccess;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpRange;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.ExceptionHandler;
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
  private static final Logger log = LoggerFactory.getLogger(MboxDownloads.class);

  /** A download that broke off when its first part was out already. */
  private static final class BrokenOffException extends RuntimeException {
    private static final long serialVersionUID = 1;

    BrokenOffException(Exception cause) {
      super(cause);
    }
  }

  private final Posts posts;
  private final ArchiveSearch search;
  private final MboxExport export;
  private final ExportLimit limit;
  private final Reader reader;

  /**
   * @param publicRaw whether strangers get whole messages of public lists
   */
  public MboxDownloads(
      Posts posts,
      ArchiveSearch search,
      MboxExport export,
      ExportLimit limit,
      ListAccess access,
      boolean publicRaw) {
    this.posts = posts;
    this.search = search;
    this.export = export;
    this.limit = limit;
    this.reader = new Reader(access, publicRaw);
  }

  /** A list, a month or a thread. */
  @GetMapping({"/api/v1/archive/{list}/mbox", "/archive/{list}/mbox"})
  void mbox(
      @PathVariable("list") String address,
      @RequestParam(required = false) @Nullable String month,
      @RequestParam(required = false) @Nullable String thread,
      HttpServletRequest request,
      HttpServletResponse response)
      throws IOException {
    send(selected(address, month, thread), false, request, response);
  }

  /** The same as a compressed file. */
  @GetMapping({"/api/v1/archive/{list}/mbox.gz", "/archive/{list}/mbox.gz"})
  void compressed(
      @PathVariable("list") String address,
      @RequestParam(required = false) @Nullable String month,
      @RequestParam(required = false) @Nullable String thread,
      HttpServletRequest request,
      HttpServletResponse response)
      throws IOException {
    send(selected(address, month, thread), true, request, response);
  }

  /** What a query finds. */
  @GetMapping({"/api/v1/archive/search/mbox", "/archive/search/mbox"})
  void found(
      @RequestParam(defaultValue = "") String q,
      @RequestParam(required = false) @Nullable String list,
      HttpServletRequest request,
      HttpServletResponse response)
      throws IOException {
    send(found(q, list), false, request, response);
  }

  /** The same as a compressed file. */
  @GetMapping({"/api/v1/archive/search/mbox.gz", "/archive/search/mbox.gz"})
  void foundCompressed(
      @RequestParam(defaultValue = "") String q,
      @RequestParam(required = false) @Nullable String list,
      HttpServletRequest request,
      HttpServletResponse response)
      throws IOException {
    send(found(q, list), true, request, response);
  }

  /**
   * What is wanted.
   *
   * @param name of the file, without what tells its form
   */
  private record Wanted(Selection selection, String name) {}

  private Wanted selected(String address, @Nullable String month, @Nullable String thread) {
    MailingList list = reader.list(address);
    if (thread != null) {
      ArchivedPost post = posts.require(list, thread).post();
      return new Wanted(
          Selection.ofThread(list.id(), post.thread()), list.address() + "-" + post.thread());
    }
    YearMonth only = Months.parse(month);
    return only == null
        ? new Wanted(Selection.of(list.id()), list.address().toString())
        : new Wanted(Selection.of(list.id(), only), list.address() + "-" + only);
  }

  private Wanted found(String typed, @Nullable String list) {
    MailingList only = list == null || list.isBlank() ? null : reader.list(list.strip());
    return switch (search.select(typed, only == null ? null : only.id(), reader::mayRead)) {
      case Asked.Refused(var problem) -> throw SearchApi.refused(typed, problem);
      case Asked.Posts(Selection selection, var _) ->
          new Wanted(selection, only == null ? "search" : only.address() + "-search");
    };
  }

  private void send(
      Wanted wanted, boolean file, HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    Optional<ExportLimit.Permit> permit = limit.enter();
    if (permit.isEmpty()) {
      throw tooMany(response);
    }
    boolean coded = !file && Conditions.takesGzip(request);
    MboxForm form = new MboxForm(!reader.mayHaveWholeMessages(), file || coded);
    try (ExportLimit.Permit _ = permit.get();
        Mbox mbox = export.open(wanted.selection(), form)) {
      ArchiveDownloads.prepare(
          response,
          file ? "application/gzip" : "application/mbox",
          wanted.name() + (file ? ".mbox.gz" : ".mbox"));
      if (coded) {
        response.setHeader(HttpHeaders.CONTENT_ENCODING, "gzip");
      }
      if (!file) {
        response.addHeader(HttpHeaders.VARY, HttpHeaders.ACCEPT_ENCODING);
      }
      answer(mbox, request, response);
    } catch (ChangedMeanwhileException e) {
      throw failed(
          response, ApiProblem.unavailable("Posts changed while they were read. Ask again."), e);
    } catch (RuntimeException e) {
      throw failed(response, e, e);
    }
  }

  static ApiProblem tooMany(HttpServletResponse response) {
    response.setHeader(HttpHeaders.RETRY_AFTER, "30");
    return ApiProblem.tooMany("Others are downloading already, as many as may. Try again later.");
  }

  /** As long as nothing is out, a failure is told as any other. */
  private static RuntimeException failed(
      HttpServletResponse response, RuntimeException told, RuntimeException cause) {
    if (response.isCommitted()) {
      return new BrokenOffException(cause);
    }
    response.reset();
    return told;
  }

  private static void answer(Mbox mbox, HttpServletRequest request, HttpServletResponse response) {
    String tag = '"' + mbox.tag() + '"';
    Conditions conditions = new Conditions(request, tag);
    response.setHeader(HttpHeaders.ETAG, tag);
    response.setHeader(HttpHeaders.ACCEPT_RANGES, "bytes");
    response.setHeader(HttpHeaders.CACHE_CONTROL, "private, no-cache");
    try {
      if (conditions.failed()) {
        response.setStatus(HttpServletResponse.SC_PRECONDITION_FAILED);
      } else if (conditions.notModified()) {
        response.setStatus(HttpServletResponse.SC_NOT_MODIFIED);
      } else if (!request.getMethod().equals("HEAD")) {
        Optional<HttpRange> range = conditions.range();
        if (range.isPresent()) {
          part(mbox, range.get(), response);
        } else {
          mbox.writeTo(buffered(response));
        }
      }
    } catch (IOException e) {
      // nobody is there any more to be told
      log.debug("a reader left in the middle of an mbox: {}", e.getMessage());
    }
  }

  private static void part(Mbox mbox, HttpRange range, HttpServletResponse response)
      throws IOException {
    long size = mbox.size();
    long from = size == 0 ? 0 : range.getRangeStart(size);
    if (size == 0 || from >= size) {
      response.setStatus(HttpServletResponse.SC_REQUESTED_RANGE_NOT_SATISFIABLE);
      response.setHeader(HttpHeaders.CONTENT_RANGE, "bytes */" + size);
      return;
    }
    long last = range.getRangeEnd(size);
    response.setStatus(HttpServletResponse.SC_PARTIAL_CONTENT);
    response.setHeader(HttpHeaders.CONTENT_RANGE, "bytes " + from + "-" + last + "/" + size);
    response.setContentLengthLong(last - from + 1);
    mbox.writeTo(buffered(response), from, last + 1);
  }

  /** An mbox comes line by line, and each write costs the server something. */
  private static OutputStream buffered(HttpServletResponse response) throws IOException {
    return new BufferedOutputStream(response.getOutputStream(), 1 << 15);
  }

  /** Not answered: the connection breaks, so that nobody takes a part for the whole. */
  @ExceptionHandler
  void brokenOff(BrokenOffException e) {
    throw e;
  }
}
