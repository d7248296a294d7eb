package org.milena.common.settings;

import static java.util.Objects.requireNonNull;

/**
 * What happens to posts whose header has something.
 *
 * @param header name of the field, in any case
 * @param pattern a regular expression (RE2), sought in its decoded value without regard to case
 * @param action what happens
 */
public record HeaderFilter(String header, String pattern, PostAction action) {
  public HeaderFilter {
    requireNonNull(header, "a filter without a header");
    requireNonNull(pattern, "a filter without a pattern");
    requireNonNull(action, "a filter without an action");
  }
}
