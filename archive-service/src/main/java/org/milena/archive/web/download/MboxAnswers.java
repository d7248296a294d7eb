package org.milena.archive.web.download;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Optional;
import org.milena.archive.export.ExportLimit;
import org.milena.archive.export.Mbox;
import org.milena.archive.export.Mbox.Length;
import org.milena.archive.export.MboxExport;
import org.milena.archive.export.MboxForm;
import org.milena.archive.search.ChangedMeanwhileException;
import org.milena.archive.search.Selection;
import org.milena.archive.web.Reader;
import org.milena.common.web.ApiProblem;
import org.milena.common.web.BrokenOffException;
import org.milena.common.web.ListAccess;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpRange;

/** Answers requests for mboxes (RFC 9110 sections 13 and 14), whoever asks in whatever form. */
public final class MboxAnswers {
  private static final Logger log = LoggerFactory.getLogger(MboxAnswers.class);

  /** Octets of an mbox that a request counts at most: some ten seconds. */
  public static final long COUNTED = 512 << 20;

  private final MboxExport export;
  private final ExportLimit limit;
  private final Reader reader;
  private final long counted;

  /**
   * @param publicRaw whether strangers get whole messages of public lists
   * @param counted octets that a request counts at most to find out how long an mbox is
   */
  public MboxAnswers(
      MboxExport export, ExportLimit limit, ListAccess access, boolean publicRaw, long counted) {
    this.export = export;
    this.limit = limit;
    this.counted = counted;
    this.reader = new Reader(access, publicRaw);
  }

  /**
   * What is wanted.
   *
   * @param name of the file, without what tells its form
   */
  public record MboxWanted(Selection selection, String name) {}

  /**
   * Answers with the posts that are wanted, or with the part of them that the request asks for.
   *
   * @param file whether it is sent as a compressed file
   * @throws ApiProblem 429 when as many as may are sent already
   * @throws BrokenOffException when it fails behind its beginning: whoever gets this lets the
   *     connection break, so that nobody takes a part for the whole
   */
  public void send(
      MboxWanted wanted, boolean file, HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    Optional<ExportLimit.Permit> permit = limit.enter();
    if (permit.isEmpty()) {
      throw tooMany(response);
    }
    boolean coded = !file && Conditions.takesGzip(request);
    MboxForm form = new MboxForm(!reader.mayHaveWholeMessages(), file || coded);
    try (ExportLimit.Permit _ = permit.get();
        Mbox mbox = export.open(wanted.selection(), form)) {
      PostFiles.prepare(
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

  private void answer(Mbox mbox, HttpServletRequest request, HttpServletResponse response) {
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

  /**
   * A part of it. A {@code Content-Range} has to name the last octet that comes, and clients take
   * what comes for all that there is: so the rest of a file is sent only when it is known how long
   * that is. Otherwise it is counted, a bounded stretch for each request; but for who asks from the
   * beginning, which is the whole (RFC 9110 section 14.2 leaves that to us).
   */
  private void part(Mbox mbox, HttpRange range, HttpServletResponse response) throws IOException {
    boolean last = range.toString().startsWith("-"); // so many at the end
    long first = last ? 0 : range.getRangeStart(Long.MAX_VALUE);
    long until = last ? 0 : 1 + range.getRangeEnd(Long.MAX_VALUE - 1);
    boolean whole = last || (first == 0 && until > counted);
    switch (mbox.length(until, whole ? 0 : counted)) {
      case Length.Known(long size) -> part(mbox, range, size, response);
      case Length.AtLeast _ when whole -> mbox.writeTo(buffered(response));
      case Length.AtLeast(long octets) when octets >= until ->
          part(mbox, first, until, "*", response);
      case Length.AtLeast _ ->
          throw ApiProblem.unavailable(
              "How long this file is is being counted, which goes on with each request:"
                  + " ask again for the rest of it.");
    }
  }

  private static void part(Mbox mbox, HttpRange range, long size, HttpServletResponse response)
      throws IOException {
    long from = size == 0 ? 0 : range.getRangeStart(size);
    if (size == 0 || from >= size) {
      response.setStatus(HttpServletResponse.SC_REQUESTED_RANGE_NOT_SATISFIABLE);
      response.setHeader(HttpHeaders.CONTENT_RANGE, "bytes */" + size);
      return;
    }
    part(mbox, from, range.getRangeEnd(size) + 1, Long.toString(size), response);
  }

  private static void part(
      Mbox mbox, long from, long until, String size, HttpServletResponse response)
      throws IOException {
    response.setStatus(HttpServletResponse.SC_PARTIAL_CONTENT);
    response.setHeader(HttpHeaders.CONTENT_RANGE, "bytes " + from + "-" + (until - 1) + "/" + size);
    response.setContentLengthLong(until - from);
    mbox.writeTo(buffered(response), from, until);
  }

  /** An mbox comes line by line, and each write costs the server something. */
  private static OutputStream buffered(HttpServletResponse response) throws IOException {
    return new BufferedOutputStream(response.getOutputStream(), 1 << 15);
  }
}
