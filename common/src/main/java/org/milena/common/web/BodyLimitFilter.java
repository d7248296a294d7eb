package org.milena.common.web;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpServletResponse;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Enumeration;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;
import org.apache.tomcat.util.http.InvalidParameterException;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * No body is larger than it may be: some requests need no sign-in, and what they say is written to
 * a log that keeps it. A body that says its length is refused before a byte of it is read; one that
 * does not (RFC 9112 section 7.1) is counted as it is read, and what reads it meets an {@link
 * ApiProblem}.
 *
 * <p>The server reads forms by itself, past that counter, up to the largest that any page takes. A
 * form that does not say its length is measured by what was read of it, in characters.
 *
 * <p>It stands before every other filter, since some of those read bodies too.
 */
public class BodyLimitFilter extends OncePerRequestFilter {
  /** Octets of JSON: the longest description, written in the most wasteful way, and some more. */
  public static final int JSON = 64 << 10;

  /**
   * Octets of a post that is written over the API or in a form, however its characters are escaped:
   * nine octets of a form may stand for one.
   */
  public static final int POST = 2 << 20;

  /** Octets of a form in a page; each of its octets may be written as three. */
  public static final int FORM = 256 << 10;

  /** Octets of a file of members, which is read line by line, or of a list of Mailman 2. */
  public static final int MEMBERS = 64 << 20;

  /** Octets of a file of a whole list with its held posts; it is kept on disk and read there. */
  public static final int LIST_FILE = 1 << 30;

  /** Octets of posts of another archive, which are taken one after the other. */
  public static final int ARCHIVED_POSTS = 1 << 30;

  private static final Pattern ARCHIVE_IMPORT = Pattern.compile("/api/v1/archive/[^/]+/import");

  private static final Pattern IMPORT =
      Pattern.compile("/api/v1/(?:lists/[^/]+/members/import|imports/mailman2)");

  private static final Pattern POSTS = Pattern.compile("/api/v1/lists/[^/]+/posts");

  private static final Pattern POST_FORM = Pattern.compile("/lists/[^/]+/post");

  private static final String LIST_IMPORT = "/api/v1/lists/import";

  private final ProblemWriter problems;

  public BodyLimitFilter(ProblemWriter problems) {
    this.problems = problems;
  }

  @Override
  protected void doFilterInternal(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws ServletException, IOException {
    int limit = limit(request);
    if (request.getContentLengthLong() > limit) {
      refuse(request, response, tooLarge(limit));
      return;
    }
    try {
      chain.doFilter(new Limited(request, limit), response);
    } catch (ApiProblem | ServletException e) {
      // read by another filter, or by a page; what a controller of the API reads never comes here
      Optional<ApiProblem> problem = in(e);
      if (problem.isEmpty() || response.isCommitted()) {
        throw e;
      }
      refuse(request, response, problem.get());
    }
  }

  private void refuse(HttpServletRequest request, HttpServletResponse response, ApiProblem problem)
      throws IOException {
    response.setHeader("Connection", "close");
    if (ProblemHandler.wantsPage(request, request.getRequestURI())) {
      problems.writePage(
          response,
          problem.status().value(),
          problem.status().getReasonPhrase(),
          EscapedErrors.sentence(problem.status(), request.getRequestURI()));
      return;
    }
    problems.write(
        response,
        problem.status().value(),
        problem.status().getReasonPhrase(),
        problem.code(),
        String.valueOf(problem.getMessage()));
  }

  /** The refusal of a body somewhere among the causes of a failure. */
  static Optional<ApiProblem> in(Throwable failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof ApiProblem problem) {
        return Optional.of(problem);
      }
    }
    return Optional.empty();
  }

  private static int limit(HttpServletRequest request) {
    String path = request.getRequestURI();
    if (!path.startsWith("/api/")) {
      return request.getMethod().equals("POST") && POST_FORM.matcher(path).matches() ? POST : FORM;
    }
    if (!request.getMethod().equals("POST")) {
      return JSON;
    }
    if (path.equals(LIST_IMPORT)) {
      return LIST_FILE;
    }
    if (ARCHIVE_IMPORT.matcher(path).matches()) {
      return ARCHIVED_POSTS;
    }
    if (POSTS.matcher(path).matches()) {
      return POST;
    }
    return IMPORT.matcher(path).matches() ? MEMBERS : JSON;
  }

  private static ApiProblem tooLarge(int limit) {
    return ApiProblem.tooLarge(
        "The body of this request is larger than the %,d octets that are taken here."
            .formatted(limit));
  }

  /** A request that ends with an error where its limit is. */
  private static final class Limited extends HttpServletRequestWrapper {
    private final int limit;
    private @Nullable ServletInputStream stream;
    private @Nullable BufferedReader reader;
    private boolean measured;

    Limited(HttpServletRequest request, int limit) {
      super(request);
      this.limit = limit;
    }

    @Override
    public ServletInputStream getInputStream() throws IOException {
      if (stream == null) {
        stream = new Counted(super.getInputStream(), limit);
      }
      return stream;
    }

    @Override
    public BufferedReader getReader() throws IOException {
      if (reader == null) {
        String named = getCharacterEncoding();
        Charset charset = named == null ? StandardCharsets.UTF_8 : Charset.forName(named);
        reader = new BufferedReader(new InputStreamReader(getInputStream(), charset));
      }
      return reader;
    }

    @Override
    public @Nullable String getParameter(String name) {
      measure();
      return super.getParameter(name);
    }

    @Override
    public Map<String, String[]> getParameterMap() {
      measure();
      return super.getParameterMap();
    }

    @Override
    public Enumeration<String> getParameterNames() {
      measure();
      return super.getParameterNames();
    }

    @Override
    public String @Nullable [] getParameterValues(String name) {
      measure();
      return super.getParameterValues(name);
    }

    private Map<String, String[]> fields() {
      try {
        return super.getParameterMap();
      } catch (InvalidParameterException e) {
        if (e.getErrorCode() == HttpStatus.CONTENT_TOO_LARGE.value()) {
          throw tooLarge(limit);
        }
        throw e;
      }
    }

    private void measure() {
      if (measured || getContentLengthLong() >= 0) {
        return;
      }
      measured = true;
      long characters = 0;
      for (Map.Entry<String, String[]> field : fields().entrySet()) {
        for (String value : field.getValue()) {
          characters += field.getKey().length() + value.length();
        }
      }
      if (characters > limit) {
        throw tooLarge(limit);
      }
    }
  }

  private static final class Counted extends ServletInputStream {
    private final ServletInputStream in;
    private final int limit;
    private long count;

    Counted(ServletInputStream in, int limit) {
      this.in = in;
      this.limit = limit;
    }

    @Override
    public int read() throws IOException {
      int octet = in.read();
      count(octet < 0 ? 0 : 1);
      return octet;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
      Objects.checkFromIndexSize(offset, length, buffer.length);
      int octets = in.read(buffer, offset, length);
      count(Math.max(octets, 0));
      return octets;
    }

    private void count(int octets) {
      count += octets;
      if (count > limit) {
        throw tooLarge(limit);
      }
    }

    @Override
    public boolean isFinished() {
      return in.isFinished();
    }

    @Override
    public boolean isReady() {
      return in.isReady();
    }

    @Override
    public void setReadListener(ReadListener listener) {
      in.setReadListener(listener);
    }

    @Override
    public void close() throws IOException {
      in.close();
    }
  }
}
