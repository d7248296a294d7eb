package org.milena.common.app;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.List;
import org.springframework.security.web.firewall.FirewalledRequest;
import org.springframework.security.web.firewall.HttpFirewall;
import org.springframework.security.web.firewall.StrictHttpFirewall;

/**
 * Which addresses are read at all. Addresses of messages hold Message-IDs, and those hold what they
 * like: below the archive's own and its former addresses an encoded slash, percent, semicolon or
 * backslash is taken. Nothing there is judged by its path, and controllers read the path as it was
 * sent. Everywhere else the strict rules stand; dot segments and NUL are refused everywhere.
 */
final class PathFirewall implements HttpFirewall {
  private static final List<String> FREE =
      List.of(
          "/archive/", "/archives/", "/hyperkitty/", "/pipermail/", "/thread/", "/thread.html/");

  private final StrictHttpFirewall strict = new StrictHttpFirewall();
  private final StrictHttpFirewall free = new StrictHttpFirewall();

  PathFirewall() {
    free.setAllowUrlEncodedSlash(true);
    free.setAllowUrlEncodedDoubleSlash(true);
    free.setAllowUrlEncodedPercent(true);
    free.setAllowSemicolon(true);
    free.setAllowBackSlash(true);
  }

  @Override
  public FirewalledRequest getFirewalledRequest(HttpServletRequest request) {
    String path = request.getRequestURI();
    boolean read = request.getMethod().equals("GET") || request.getMethod().equals("HEAD");
    boolean holdsId = read && !path.contains("//") && FREE.stream().anyMatch(path::startsWith);
    return (holdsId ? free : strict).getFirewalledRequest(request);
  }

  @Override
  public HttpServletResponse getFirewalledResponse(HttpServletResponse response) {
    return strict.getFirewalledResponse(response);
  }
}
