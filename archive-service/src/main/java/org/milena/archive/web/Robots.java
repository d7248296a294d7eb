package org.milena.archive.web;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Tells searching machines what is no page to be found: answers for programs, and searches, of
 * which there are as many as there are words.
 */
public final class Robots extends OncePerRequestFilter {
  /** The field that tells searching machines what an answer is not for. */
  public static final String HEADER = "X-Robots-Tag";

  /** To be followed, and not to be found. */
  public static final String NO_INDEX = "noindex";

  /** Not its content, and not what it leads to. */
  private static final String NOTHING = "noindex, nofollow";

  @Override
  protected void doFilterInternal(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws ServletException, IOException {
    response.setHeader(HEADER, NOTHING);
    chain.doFilter(request, response);
  }
}
