package org.milena.archive.web;

import jakarta.servlet.http.HttpServletRequest;
import org.springframework.web.filter.ShallowEtagHeaderFilter;

/**
 * Gives pages a tag made of what they say, so that whoever has one already is told that it still
 * holds (304; RFC 9110 section 13.1.2). Files are passed through: they may be large, and have their
 * own.
 */
public final class PageTags extends ShallowEtagHeaderFilter {

  @Override
  protected boolean shouldNotFilter(HttpServletRequest request) {
    String path = request.getRequestURI();
    return !request.getMethod().equals("GET")
        || path.endsWith("/raw")
        || path.endsWith("/mbox")
        || path.endsWith("/mbox.gz")
        || path.endsWith("/atom")
        || path.endsWith("/sitemap.xml")
        || path.contains("/attachment/");
  }
}
