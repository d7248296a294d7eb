package org.milena.archive.web.download;

import jakarta.servlet.http.HttpServletRequest;
import org.springframework.web.context.request.RequestContextHolder;
import org.springframework.web.context.request.ServletRequestAttributes;
import org.springframework.web.filter.ShallowEtagHeaderFilter;

/**
 * Gives pages a tag made of what they say, so that whoever has one already is told that it still
 * holds (304; RFC 9110 section 13.1.2). Files are {@linkplain #leaveOut left out}: they may be
 * large, and have their own.
 */
public final class PageTags extends ShallowEtagHeaderFilter {

  @Override
  protected boolean shouldNotFilter(HttpServletRequest request) {
    return !request.getMethod().equals("GET");
  }

  /** Whoever answers the request of now with a file says so before its first octet. */
  static void leaveOut() {
    if (RequestContextHolder.getRequestAttributes() instanceof ServletRequestAttributes now) {
      disableContentCaching(now.getRequest());
    }
  }
}
