package org.milena.common.web;

import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import org.milena.common.event.MailJson;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.web.util.HtmlUtils;

/** Writes problem+json (RFC 9457) where no controller is reached. */
public class ProblemWriter {
  /**
   * How to sign in (RFC 9110 section 11.6.1). Not Basic, though we take it: a browser would ask for
   * a password, keep it, and send it with requests that other sites make it send.
   */
  public static final String CHALLENGE = "Bearer realm=\"milena\"";

  /** Writes a page where no template can be used: that would read the request once more. */
  public void writePage(HttpServletResponse response, int status, String title, String sentence)
      throws IOException {
    response.setStatus(status);
    response.setContentType("text/html;charset=UTF-8");
    String page =
        """
        <!DOCTYPE html>
        <html lang="en"><head><meta charset="utf-8"><title>%1$s</title></head>
        <body><h1>%1$s</h1><p>%2$s</p></body></html>
        """
            .formatted(HtmlUtils.htmlEscape(title), HtmlUtils.htmlEscape(sentence));
    response.getOutputStream().write(page.getBytes(StandardCharsets.UTF_8));
  }

  /** Writes the whole answer. */
  public void write(
      HttpServletResponse response, int status, String title, String code, String sentence)
      throws IOException {
    Map<String, Object> problem = new LinkedHashMap<>();
    problem.put("title", title);
    problem.put("status", status);
    problem.put("detail", sentence);
    problem.put("code", code);
    response.setStatus(status);
    if (status == HttpServletResponse.SC_UNAUTHORIZED) {
      response.setHeader(HttpHeaders.WWW_AUTHENTICATE, CHALLENGE);
    }
    response.setContentType(MediaType.APPLICATION_PROBLEM_JSON_VALUE);
    response.getOutputStream().write(MailJson.bytes(problem));
  }
}
