package org.milena.listexpander.web;

import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.regex.Pattern;
import org.milena.common.web.ProblemHandler;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.security.web.access.AccessDeniedHandler;
import org.springframework.security.web.access.AccessDeniedHandlerImpl;
import org.springframework.security.web.csrf.CsrfException;

/**
 * Leads a post whose form has not the token of a session to the page that shows what was written,
 * and sends nothing. Everything else is refused as ever.
 */
public final class UnsentPosts implements AccessDeniedHandler {
  private static final Pattern FORM = Pattern.compile("/lists/[^/]+/post");

  private final AccessDeniedHandler others = new AccessDeniedHandlerImpl();

  @Override
  public void handle(
      HttpServletRequest request, HttpServletResponse response, AccessDeniedException refused)
      throws IOException, ServletException {
    String path = request.getRequestURI();
    if (refused instanceof CsrfException
        && request.getMethod().equals("POST")
        && FORM.matcher(path).matches()
        && ProblemHandler.wantsPage(request, path)) {
      request.getRequestDispatcher(path + "/unsent").forward(request, response);
    } else {
      others.handle(request, response, refused);
    }
  }
}
