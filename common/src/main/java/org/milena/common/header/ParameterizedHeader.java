package org.milena.common.header;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * A value with parameters: {@code Content-Type}, {@code Content-Disposition} and their like (RFC
 * 2045 section 5.1, RFC 2183), read tolerantly.
 *
 * <p>Parameters in pieces and in other character sets are put together and decoded (RFC 2231), also
 * those that some programs write as encoded words against RFC 2047 section 5. Forgiven are special
 * characters without quotes, quotes that never close, quotes inside quotes, and missing semicolons.
 */
public final class ParameterizedHeader {

  private final String value;
  private final Map<String, String> parameters;

  ParameterizedHeader(String value, Map<String, String> parameters) {
    this.value = value;
    this.parameters = parameters;
  }

  /** Reads the value of a field. */
  public static ParameterizedHeader parse(String value) {
    return new ParameterReader(value).read();
  }

  /** What stands before the parameters, in lower case: {@code text/plain}; may be empty. */
  public String value() {
    return value;
  }

  /**
   * The parameter of this name, in any case. Of several the first counts, and the extended form
   * ({@code filename*}) before the plain one (RFC 6266 section 4.3).
   */
  public Optional<String> parameter(String name) {
    return Optional.ofNullable(parameters.get(name.toLowerCase(Locale.ROOT)));
  }

  /** All parameters by their names in lower case, in their order. */
  public Map<String, String> parameters() {
    return parameters;
  }

  /** For debugging. */
  @Override
  public String toString() {
    return value + parameters;
  }
}
