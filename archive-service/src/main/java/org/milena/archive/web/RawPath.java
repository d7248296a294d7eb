package org.milena.archive.web;

import jakarta.servlet.http.HttpServletRequest;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;

/**
 * The path of a request as it was sent. Servers decode it, cut parameters behind {@code ;} off, and
 * cannot tell an encoded slash from one; a Message-ID may hold all of that.
 */
final class RawPath {

  /** One segment, decoded; empty where there is none. */
  static String segment(HttpServletRequest request, int index) {
    String[] segments = request.getRequestURI().split("/", -1);
    return index < segments.length ? decode(segments[index]) : "";
  }

  static String decode(String segment) {
    try {
      return URLDecoder.decode(segment.replace("+", "%2B"), StandardCharsets.UTF_8);
    } catch (IllegalArgumentException _) {
      return segment;
    }
  }

  private RawPath() {}
}
