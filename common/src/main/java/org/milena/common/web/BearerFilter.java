package org.milena.common.web;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Optional;
import org.springframework.http.HttpHeaders;
import org.springframework.security.core.context.SecurityContext;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.web.filter.OncePerRequestFilter;

/** Bearer tokens (RFC 6750 section 2.1). A wrong one is refused, not ignored. */
public class BearerFilter extends OncePerRequestFilter {
  private static final String SCHEME = "Bearer ";

  private final SignIn signIn;
  private final ProblemWriter problems;

  public BearerFilter(SignIn signIn, ProblemWriter problems) {
    this.signIn = signIn;
    this.problems = problems;
  }

  @Override
  protected void doFilterInternal(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws ServletException, IOException {
    String header = request.getHeader(HttpHeaders.AUTHORIZATION);
    if (header != null && header.regionMatches(true, 0, SCHEME, 0, SCHEME.length())) {
      Optional<Caller> caller = signIn.byToken(header.substring(SCHEME.length()).strip());
      if (caller.isEmpty()) {
        problems.write(
            response, 401, "Unauthorized", "invalid-token", "This token is not known here.");
        return;
      }
      SecurityContext context = SecurityContextHolder.createEmptyContext();
      context.setAuthentication(SignIn.authenticated(caller.get()));
      SecurityContextHolder.setContext(context);
    }
    chain.doFilter(request, response);
  }
}
