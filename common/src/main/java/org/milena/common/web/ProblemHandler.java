package org.milena.common.web;

import jakarta.servlet.http.HttpServletRequest;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.milena.common.failure.OutageException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.MediaType;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;
import org.springframework.http.converter.HttpMessageNotReadableException;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.security.core.AuthenticationException;
import org.springframework.validation.FieldError;
import org.springframework.web.ErrorResponse;
import org.springframework.web.bind.MethodArgumentNotValidException;
import org.springframework.web.bind.annotation.ControllerAdvice;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.method.annotation.MethodArgumentTypeMismatchException;
import org.springframework.web.servlet.ModelAndView;

/**
 * Every failure of a request in one place: problem+json (RFC 9457) for programs, a page for
 * browsers.
 */
@ControllerAdvice
public class ProblemHandler {
  private static final Logger log = LoggerFactory.getLogger(ProblemHandler.class);

  /** What was wanted cannot be had, and the sentence says why. */
  @ExceptionHandler
  Object problem(ApiProblem problem, HttpServletRequest request) {
    return answer(request, problem.status(), problem.code(), String.valueOf(problem.getMessage()));
  }

  /** Something we depend on is away. */
  @ExceptionHandler
  Object outage(OutageException outage, HttpServletRequest request) {
    log.warn("{} {}: {}", request.getMethod(), request.getRequestURI(), outage.getMessage());
    return answer(
        request,
        HttpStatus.SERVICE_UNAVAILABLE,
        "unavailable",
        "This cannot be answered at the moment: " + outage.getMessage() + ". Try again later.");
  }

  /** A body that is no JSON, or not the JSON we expect. */
  @ExceptionHandler
  Object unreadable(HttpMessageNotReadableException unreadable, HttpServletRequest request) {
    String cause = String.valueOf(unreadable.getMostSpecificCause().getMessage());
    int end = cause.indexOf('\n');
    return answer(
        request,
        HttpStatus.BAD_REQUEST,
        "unreadable-body",
        "The body of the request cannot be read: " + (end < 0 ? cause : cause.substring(0, end)));
  }

  /** Fields that break a rule. */
  @ExceptionHandler
  Object invalid(MethodArgumentNotValidException invalid, HttpServletRequest request) {
    String fields =
        invalid.getBindingResult().getAllErrors().stream()
            .map(error ->
                (error instanceof FieldError field ? field.getField() + " " : "")
                    + error.getDefaultMessage())
            .collect(Collectors.joining("; "));
    return answer(request, HttpStatus.BAD_REQUEST, "invalid-fields", fields + ".");
  }

  /** A parameter of the wrong form. */
  @ExceptionHandler
  Object mismatch(MethodArgumentTypeMismatchException mismatch, HttpServletRequest request) {
    return answer(
        request,
        HttpStatus.BAD_REQUEST,
        "invalid-parameter",
        "Parameter %s cannot be %s.".formatted(mismatch.getName(), mismatch.getValue()));
  }

  /** Spring Security answers these. */
  @ExceptionHandler({AccessDeniedException.class, AuthenticationException.class})
  void security(RuntimeException refused) {
    throw refused;
  }

  /** Everything else: what Spring knows keeps its status, the rest is our fault. */
  @ExceptionHandler
  Object other(Exception e, HttpServletRequest request) {
    if (e instanceof ErrorResponse response && response.getStatusCode().is4xxClientError()) {
      ProblemDetail detail = response.getBody();
      HttpStatusCode status = response.getStatusCode();
      String sentence =
          status.value() == HttpStatus.NOT_FOUND.value()
              ? "There is nothing at " + request.getRequestURI() + "."
              : String.valueOf(detail.getDetail());
      return answer(request, status, "request-refused", sentence);
    }
    log.error("{} {} failed", request.getMethod(), request.getRequestURI(), e);
    return answer(
        request,
        HttpStatus.INTERNAL_SERVER_ERROR,
        "defect",
        "This failed because of a fault of ours; the operator finds it in the log.");
  }

  private static Object answer(
      HttpServletRequest request, HttpStatusCode status, String code, String sentence) {
    String title = title(status);
    if (wantsPage(request)) {
      ModelAndView page = new ModelAndView("error");
      page.setStatus(status);
      page.addObject("status", status.value());
      page.addObject("title", title);
      page.addObject("sentence", sentence);
      return page;
    }
    ProblemDetail problem = ProblemDetail.forStatusAndDetail(status, sentence);
    problem.setTitle(title);
    problem.setProperty("code", code);
    ResponseEntity.BodyBuilder answer =
        ResponseEntity.status(status).contentType(MediaType.APPLICATION_PROBLEM_JSON);
    if (status.value() == HttpStatus.SERVICE_UNAVAILABLE.value()) {
      answer.header(HttpHeaders.RETRY_AFTER, "5");
    }
    return answer.body(problem);
  }

  /** The words of the status. */
  private static String title(HttpStatusCode status) {
    HttpStatus known = HttpStatus.resolve(status.value());
    return known == null ? "Error" : known.getReasonPhrase();
  }

  private static boolean wantsPage(HttpServletRequest request) {
    @Nullable String accept = request.getHeader(HttpHeaders.ACCEPT);
    return !request.getRequestURI().startsWith("/api/")
        && accept != null
        && accept.contains(MediaType.TEXT_HTML_VALUE);
  }
}
