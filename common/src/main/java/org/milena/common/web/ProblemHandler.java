package org.milena.common.web;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Optional;
import java.util.stream.Collectors;
import org.apache.tomcat.util.http.InvalidParameterException;
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
import org.springframework.validation.ObjectError;
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
  private static final String RETRY_SECONDS = "30";

  /** Where only this request has to wait. */
  private static final String SOON_SECONDS = "5";

  /** What was wanted cannot be had, and the sentence says why. */
  @ExceptionHandler
  Object problem(ApiProblem problem, HttpServletRequest request, HttpServletResponse response) {
    Object answer =
        answer(
            request,
            response,
            problem.status(),
            problem.code(),
            String.valueOf(problem.getMessage()));
    if (answer instanceof ResponseEntity<?> entity
        && entity.getBody() instanceof ProblemDetail detail) {
      problem.fields().forEach(detail::setProperty);
    }
    return answer;
  }

  /** Something we depend on is away; when to come again stands in Retry-After (RFC 9110 10.2.3). */
  @ExceptionHandler
  Object outage(OutageException outage, HttpServletRequest request, HttpServletResponse response) {
    response.setHeader(HttpHeaders.RETRY_AFTER, RETRY_SECONDS);
    // what the page had said of itself until then does not hold for this answer
    response.setHeader(HttpHeaders.CACHE_CONTROL, "no-store");
    log.warn("{} {}: {}", request.getMethod(), request.getRequestURI(), outage.getMessage());
    return answer(
        request,
        response,
        HttpStatus.SERVICE_UNAVAILABLE,
        "unavailable",
        "This cannot be answered at the moment: " + outage.getMessage() + ". Try again later.");
  }

  /** A body that is no JSON, or not the JSON we expect, or too much of it. */
  @ExceptionHandler
  Object unreadable(
      HttpMessageNotReadableException unreadable,
      HttpServletRequest request,
      HttpServletResponse response) {
    Optional<ApiProblem> tooLarge = BodyLimitFilter.in(unreadable);
    return tooLarge.isPresent()
        ? problem(tooLarge.get(), request, response)
        : answer(
            request,
            response,
            HttpStatus.BAD_REQUEST,
            "unreadable-body",
            UnreadableBody.sentence(unreadable));
  }

  /** Fields that break a rule. */
  @ExceptionHandler
  Object invalid(
      MethodArgumentNotValidException invalid,
      HttpServletRequest request,
      HttpServletResponse response) {
    String fields =
        invalid.getBindingResult().getAllErrors().stream()
            .map(ProblemHandler::sentence)
            .collect(Collectors.joining("; "));
    return answer(request, response, HttpStatus.BAD_REQUEST, "invalid-fields", fields + ".");
  }

  private static String sentence(ObjectError error) {
    if (!(error instanceof FieldError field)) {
      return String.valueOf(error.getDefaultMessage());
    }
    // what Spring says of a value it cannot convert names our classes
    return field.isBindingFailure()
        ? "%s cannot be \"%s\""
            .formatted(field.getField(), UnreadableBody.shown(field.getRejectedValue()))
        : field.getField() + " " + field.getDefaultMessage();
  }

  /** A parameter of the wrong form. */
  @ExceptionHandler
  Object mismatch(
      MethodArgumentTypeMismatchException mismatch,
      HttpServletRequest request,
      HttpServletResponse response) {
    return answer(
        request,
        response,
        HttpStatus.BAD_REQUEST,
        "invalid-parameter",
        "Parameter %s cannot be \"%s\"."
            .formatted(mismatch.getName(), UnreadableBody.shown(mismatch.getValue())));
  }

  /** A form that the server does not read: too large, or not written as forms are. */
  @ExceptionHandler
  Object form(
      InvalidParameterException unread, HttpServletRequest request, HttpServletResponse response) {
    HttpStatus status =
        unread.getErrorCode() == HttpStatus.CONTENT_TOO_LARGE.value()
            ? HttpStatus.CONTENT_TOO_LARGE
            : HttpStatus.BAD_REQUEST;
    return answer(
        request,
        response,
        status,
        EscapedErrors.code(status),
        status == HttpStatus.BAD_REQUEST
            ? "The form cannot be read."
            : EscapedErrors.sentence(status, request.getRequestURI()));
  }

  /** Spring Security answers these. */
  @ExceptionHandler({AccessDeniedException.class, AuthenticationException.class})
  void security(RuntimeException refused) {
    throw refused;
  }

  /** Not answered: the connection breaks. */
  @ExceptionHandler
  void brokenOff(BrokenOffException e) {
    throw e;
  }

  /** Everything else: what Spring knows keeps its status, the rest is our fault. */
  @ExceptionHandler
  Object other(Exception e, HttpServletRequest request, HttpServletResponse response) {
    if (e instanceof ErrorResponse known && known.getStatusCode().is4xxClientError()) {
      HttpStatusCode status = known.getStatusCode();
      boolean nothing = status.value() == HttpStatus.NOT_FOUND.value();
      return answer(
          request,
          response,
          request.getRequestURI(),
          status,
          nothing ? "not-found" : "request-refused",
          nothing
              ? EscapedErrors.sentence(HttpStatus.NOT_FOUND, request.getRequestURI())
              : String.valueOf(known.getBody().getDetail()),
          known.getHeaders());
    }
    log.error("{} {} failed", request.getMethod(), request.getRequestURI(), e);
    return answer(
        request,
        response,
        HttpStatus.INTERNAL_SERVER_ERROR,
        "defect",
        "This failed because of a fault of ours; the operator finds it in the log.");
  }

  private static Object answer(
      HttpServletRequest request,
      HttpServletResponse response,
      HttpStatusCode status,
      String code,
      String sentence) {
    return answer(request, response, request.getRequestURI(), status, code, sentence);
  }

  /**
   * The whole answer.
   *
   * @param path of the request that failed, which may be another one than that of this dispatch
   */
  static Object answer(
      HttpServletRequest request,
      HttpServletResponse response,
      String path,
      HttpStatusCode status,
      String code,
      String text) {
    return answer(request, response, path, status, code, text, HttpHeaders.EMPTY);
  }

  private static Object answer(
      HttpServletRequest request,
      HttpServletResponse response,
      String path,
      HttpStatusCode status,
      String code,
      String sentence,
      HttpHeaders headers) {
    headers.forEach((name, values) -> values.forEach(value -> response.addHeader(name, value)));
    if (status.value() == HttpStatus.SERVICE_UNAVAILABLE.value()
        && !response.containsHeader(HttpHeaders.RETRY_AFTER)) {
      response.setHeader(HttpHeaders.RETRY_AFTER, SOON_SECONDS);
    }
    if (status.value() == HttpStatus.UNAUTHORIZED.value()) {
      response.setHeader(HttpHeaders.WWW_AUTHENTICATE, ProblemWriter.CHALLENGE);
    }
    String title = title(status);
    if (wantsPage(request, path)) {
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
    return ResponseEntity.status(status)
        .contentType(MediaType.APPLICATION_PROBLEM_JSON)
        .body(problem);
  }

  /** The words of the status. */
  private static String title(HttpStatusCode status) {
    HttpStatus known = HttpStatus.resolve(status.value());
    return known == null ? "Error" : known.getReasonPhrase();
  }

  /**
   * Whether a browser asks, and not a program.
   *
   * @param path of the request, which may be another one than that of this dispatch
   */
  public static boolean wantsPage(HttpServletRequest request, String path) {
    @Nullable String accept = request.getHeader(HttpHeaders.ACCEPT);
    return !path.startsWith("/api/")
        && accept != null
        && accept.contains(MediaType.TEXT_HTML_VALUE);
  }
}
