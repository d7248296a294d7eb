package org.milena.common.web;

import java.io.IOException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.catalina.valves.ErrorReportValve;
import org.apache.coyote.ActionCode;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.HttpStatus;

/**
 * The last answer to an error, for requests that the server refuses before any of our code: {@code
 * %zz} in an address, say. As problem+json, for only programs write such.
 */
public class ProblemValve extends ErrorReportValve {
  private static final Logger log = LoggerFactory.getLogger(ProblemValve.class);

  private final ProblemWriter problems = new ProblemWriter();

  @Override
  protected void report(Request request, Response response, @Nullable Throwable failure) {
    HttpStatus status = HttpStatus.resolve(response.getStatus());
    AtomicBoolean writable = new AtomicBoolean();
    response.getCoyoteResponse().action(ActionCode.IS_IO_ALLOWED, writable);
    if (status == null
        || !status.isError()
        || response.getContentWritten() > 0
        || !writable.get()
        || !response.setErrorReported()) {
      return;
    }
    if (failure != null) {
      log.error("{} {} failed", request.getMethod(), request.getRequestURI(), failure);
    }
    try {
      problems.write(
          response.getResponse(),
          status.value(),
          status.getReasonPhrase(),
          EscapedErrors.code(status),
          EscapedErrors.sentence(status, String.valueOf(request.getRequestURI())));
      response.finishResponse();
    } catch (IOException e) {
      log.debug("the client did not wait for its answer", e);
    }
  }
}
