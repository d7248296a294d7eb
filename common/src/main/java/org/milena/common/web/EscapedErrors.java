package org.milena.common.web;

import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Optional;
import org.apache.coyote.CloseNowException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.webmvc.error.ErrorController;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.RequestMapping;

/**
 * Answers what no controller saw: a path that the firewall refuses, a form without its token, a
 * filter that failed. The server comes here for every error that is left without a body.
 */
@Controller
public class EscapedErrors implements ErrorController {
  private static final Logger log = LoggerFactory.getLogger(EscapedErrors.class);

  /** Any method: it is that of the request that failed. */
  @RequestMapping("/error")
  @Nullable Object error(HttpServletRequest request, HttpServletResponse response) {
    HttpStatus status =
        request.getAttribute(RequestDispatcher.ERROR_STATUS_CODE) instanceof Integer code
            ? Optional.ofNullable(HttpStatus.resolve(code)).orElse(HttpStatus.BAD_REQUEST)
            : HttpStatus.NOT_FOUND;
    String path = path(request);
    @Nullable Object failure = request.getAttribute(RequestDispatcher.ERROR_EXCEPTION);
    if (failure instanceof CloseNowException) {
      return null; // whoever broke the connection has said why
    }
    if (status.is5xxServerError() && failure instanceof Throwable cause) {
      log.error("{} {} failed", request.getMethod(), UnreadableBody.shown(path), cause);
    }
    if (response.isCommitted()) {
      return null; // nothing can be said behind half an answer
    }
    return ProblemHandler.answer(
        request, response, path, status, code(status), sentence(status, path));
  }

  private static String path(HttpServletRequest request) {
    return request.getAttribute(RequestDispatcher.ERROR_REQUEST_URI) instanceof String path
        ? path
        : request.getRequestURI();
  }

  /** The word for programs, as elsewhere in the API. */
  static String code(HttpStatus status) {
    return switch (status) {
      case UNAUTHORIZED -> "sign-in-needed";
      case FORBIDDEN -> "forbidden";
      case NOT_FOUND -> "not-found";
      case CONTENT_TOO_LARGE -> "too-large";
      default -> status.is5xxServerError() ? "defect" : "request-refused";
    };
  }

  static String sentence(HttpStatus status, String path) {
    return switch (status) {
      case BAD_REQUEST ->
          "This request is written in a way that is not taken here: look for characters in the"
              + " address that do not belong there, such as ; // \\ or an encoded / or %.";
      case UNAUTHORIZED -> "Sign in to do this.";
      case FORBIDDEN ->
          "This is not allowed. If it was a form, it may have been open too long: load it again.";
      case NOT_FOUND -> "There is nothing at " + UnreadableBody.shown(path) + ".";
      case CONTENT_TOO_LARGE ->
          path.startsWith("/api/")
              ? "The body of this request is larger than is taken here."
              : "What was written is larger than is taken here, and nothing was done with it. Go"
                  + " back in your browser: most still have it.";
      default ->
          status.is5xxServerError()
              ? "This failed because of a fault of ours; the operator finds it in the log."
              : "This request is refused: " + status.getReasonPhrase() + ".";
    };
  }
}
