package org.milena.archive.web.download;

import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ETag;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpRange;

/**
 * What a request makes its answer depend on (RFC 9110 section 13), and which part it wants (section
 * 14), for what has a strong tag.
 */
final class Conditions {
  private final HttpServletRequest request;
  private final ETag current;

  /**
   * @param current what the answer has now, with its quotes
   */
  Conditions(HttpServletRequest request, String current) {
    this.request = request;
    this.current = ETag.create(current);
  }

  /** Whether it wants only what there is no more (412). */
  boolean failed() {
    String wanted = request.getHeader(HttpHeaders.IF_MATCH);
    return wanted != null && !matches(wanted, true);
  }

  /** Whether it has what there is (304). */
  boolean notModified() {
    String known = request.getHeader(HttpHeaders.IF_NONE_MATCH);
    return known != null && matches(known, false);
  }

  /**
   * The one range that it wants of what it knows; empty where it gets the whole: it wants that, or
   * several ranges at once, or knows something else.
   */
  Optional<HttpRange> range() {
    String ranges = request.getHeader(HttpHeaders.RANGE);
    String known = request.getHeader(HttpHeaders.IF_RANGE);
    if (ranges == null || (known != null && !matches(known, true))) {
      return Optional.empty();
    }
    List<HttpRange> read = read(ranges);
    return read.size() == 1 ? Optional.of(read.getFirst()) : Optional.empty();
  }

  /** Whether an answer may come compressed as a whole (section 12.5.3). */
  static boolean takesGzip(HttpServletRequest request) {
    @Nullable String codings = request.getHeader(HttpHeaders.ACCEPT_ENCODING);
    if (codings == null) {
      return false;
    }
    for (String coding : codings.split(",", -1)) {
      String[] parts = coding.strip().split("\\s*;\\s*", -1);
      if (parts[0].equalsIgnoreCase("gzip") || parts[0].equalsIgnoreCase("x-gzip")) {
        return parts.length < 2 || !parts[1].matches("q=0(\\.0{0,3})?");
      }
    }
    return false;
  }

  private boolean matches(String header, boolean strong) {
    return ETag.parse(header).stream()
        .anyMatch(tag -> tag.isWildcard() || tag.compare(current, strong));
  }

  /** A range that cannot be read is none (section 14.2). */
  private static List<HttpRange> read(String ranges) {
    try {
      return HttpRange.parseRanges(ranges);
    } catch (IllegalArgumentException _) {
      return List.of();
    }
  }
}
