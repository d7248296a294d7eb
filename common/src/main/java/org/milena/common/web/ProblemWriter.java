package org.milena.common.web;

import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import org.milena.common.event.MailJson;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;

/** Writes problem+json (RFC 9457) where no controller is reached. */
public class ProblemWriter {
  /**
   * How to sign in (RFC 9110 section 11.6.1). Not Basic, though we take it: a browser would ask for
   * a password, keep it, and send it with requests that other sites make it send.
   */
  public static final String CHALLENGE = "Bearer realm=\"milena\"";

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
