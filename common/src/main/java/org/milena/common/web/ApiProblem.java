package org.milena.common.web;

import java.util.Map;
import org.springframework.http.HttpStatus;

/** An answer that is no success, with a stable word for programs and a sentence for people. */
public final class ApiProblem extends RuntimeException {
  private static final long serialVersionUID = 1;

  private final HttpStatus status;
  private final String code;
  private final transient Map<String, Object> fields;

  private ApiProblem(HttpStatus status, String code, String sentence) {
    this(status, code, sentence, Map.of());
  }

  private ApiProblem(HttpStatus status, String code, String sentence, Map<String, Object> fields) {
    super(sentence);
    this.status = status;
    this.code = code;
    this.fields = Map.copyOf(fields);
  }

  /** 404: it is not there, or the caller may not know of it. */
  public static ApiProblem notFound(String sentence) {
    return new ApiProblem(HttpStatus.NOT_FOUND, "not-found", sentence);
  }

  /** 410: it was there, and was taken away for good. */
  public static ApiProblem gone(String sentence) {
    return new ApiProblem(HttpStatus.GONE, "gone", sentence);
  }

  /** 400: the request cannot be understood. */
  public static ApiProblem badRequest(String code, String sentence) {
    return new ApiProblem(HttpStatus.BAD_REQUEST, code, sentence);
  }

  /**
   * 400: the request cannot be understood.
   *
   * @param fields more for programs, beside those that every problem has
   */
  public static ApiProblem badRequest(String code, String sentence, Map<String, Object> fields) {
    return new ApiProblem(HttpStatus.BAD_REQUEST, code, sentence, fields);
  }

  /** 409: it contradicts what is there. */
  public static ApiProblem conflict(String code, String sentence) {
    return new ApiProblem(HttpStatus.CONFLICT, code, sentence);
  }

  /** 401: nobody is signed in. */
  public static ApiProblem unauthorized(String sentence) {
    return new ApiProblem(HttpStatus.UNAUTHORIZED, "sign-in-needed", sentence);
  }

  /** 403: whoever is signed in may not do this. */
  public static ApiProblem forbidden(String sentence) {
    return new ApiProblem(HttpStatus.FORBIDDEN, "forbidden", sentence);
  }

  /** 413: more than we take at once. */
  public static ApiProblem tooLarge(String sentence) {
    return new ApiProblem(HttpStatus.CONTENT_TOO_LARGE, "too-large", sentence);
  }

  /** 429: too often. */
  public static ApiProblem tooMany(String sentence) {
    return new ApiProblem(HttpStatus.TOO_MANY_REQUESTS, "too-many-requests", sentence);
  }

  /** 503: something is away; the same request may succeed later. */
  public static ApiProblem unavailable(String sentence) {
    return new ApiProblem(HttpStatus.SERVICE_UNAVAILABLE, "unavailable", sentence);
  }

  /** The status of the answer. */
  public HttpStatus status() {
    return status;
  }

  /** The word for programs. */
  public String code() {
    return code;
  }

  /** More for programs. */
  public Map<String, Object> fields() {
    return fields;
  }
}
