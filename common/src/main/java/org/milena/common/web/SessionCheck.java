package org.milena.common.web;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Optional;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.context.SecurityContext;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.web.authentication.logout.SecurityContextLogoutHandler;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * A session is worth what its account is worth now: each request is that of the account as the
 * directory has it, and the session ends where {@link SignIn} would not take the sign-in any more.
 */
public class SessionCheck extends OncePerRequestFilter {
  private final SignIn signIn;
  private final SecurityContextLogoutHandler end = new SecurityContextLogoutHandler();

  public SessionCheck(SignIn signIn) {
    this.signIn = signIn;
  }

  @Override
  protected void doFilterInternal(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws ServletException, IOException {
    Authentication earlier = SecurityContextHolder.getContext().getAuthentication();
    if (earlier != null && earlier.getPrincipal() instanceof Caller) {
      Optional<Caller> now = signIn.again(earlier);
      if (now.isPresent()) {
        // for this request only: the session keeps what the sign-in rested on
        SecurityContext context = SecurityContextHolder.createEmptyContext();
        context.setAuthentication(SignIn.authenticated(now.get()));
        SecurityContextHolder.setContext(context);
      } else {
        end.logout(request, response, earlier);
      }
    }
    chain.doFilter(request, response);
  }

  /** The page that tells of an error has a frame that says who is signed in. */
  @Override
  protected boolean shouldNotFilterErrorDispatch() {
    return false;
  }
}
