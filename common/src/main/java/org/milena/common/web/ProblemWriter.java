package org.milena.common.web;

import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import org.milena.common.event.MailJson;
import org.springframework.http.MediaType;

/** Writes problem+json (RFC 9457) where no controller is reached. */
public class ProblemWriter {

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
    response.setContentType(MediaType.APPLICATION_PROBLEM_JSON_VALUE);
    response.getOutputStream().write(MailJson.bytes(problem));
  }
}
