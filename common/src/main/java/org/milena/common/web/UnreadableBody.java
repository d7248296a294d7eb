package org.milena.common.web;

import org.jspecify.annotations.Nullable;
import org.milena.common.event.JsonFault;
import org.springframework.http.converter.HttpMessageNotReadableException;
import tools.jackson.core.JacksonException;

/** Says what is wrong with the body of a request. */
final class UnreadableBody {

  /** The sentence. */
  static String sentence(HttpMessageNotReadableException unreadable) {
    return unreadable.getCause() instanceof JacksonException cause
        ? JsonFault.sentence(cause)
        : "The request has no body, or one that breaks off.";
  }

  /** What came from outside, short and without controls. */
  static String shown(@Nullable Object value) {
    return JsonFault.shown(value);
  }

  private UnreadableBody() {}
}
