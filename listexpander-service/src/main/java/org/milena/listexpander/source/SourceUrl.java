package org.milena.listexpander.source;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Where a text of addresses lies.
 *
 * @param uri absolute, {@code https}, with a host, without a user and without a fragment
 */
public record SourceUrl(URI uri) {
  /** Longest one. */
  static final int MAX_LENGTH = 1_000;

  /** What becomes of a text that should be one. */
  public sealed interface Result {
    /** It is one. */
    record Valid(SourceUrl url) implements Result {}

    /**
     * It is none.
     *
     * @param reason a sentence
     */
    record Invalid(String reason) implements Result {}
  }

  /** Checks it. */
  public SourceUrl {
    String reason = fault(uri);
    if (reason != null) {
      throw new IllegalArgumentException(reason);
    }
  }

  /** Reads what somebody wrote. */
  public static Result parse(String text) {
    if (text.length() > MAX_LENGTH) {
      return new Result.Invalid(
          "An address on the web has at most %,d characters here.".formatted(MAX_LENGTH));
    }
    try {
      URI uri = new URI(text.strip().replaceFirst("^(?i)https://", "https://"));
      String fault = fault(uri);
      return fault == null ? new Result.Valid(new SourceUrl(uri)) : new Result.Invalid(fault);
    } catch (URISyntaxException _) {
      return new Result.Invalid("This is no address on the web.");
    }
  }

  private static @Nullable String fault(URI uri) {
    if (!"https".equals(String.valueOf(uri.getScheme()).toLowerCase(Locale.ROOT))) {
      return "Addresses come over https only.";
    }
    if (uri.getHost() == null || uri.getHost().isEmpty()) {
      return "There is no host in it.";
    }
    if (uri.getRawUserInfo() != null) {
      return "There is a name or password in it, which everybody who runs the list would see.";
    }
    return uri.getRawFragment() == null ? null : "There is a # in it, which no server sees.";
  }

  /** Its host, in lower case, without the brackets of a literal. */
  public String host() {
    return uri.getHost().toLowerCase(Locale.ROOT).replaceAll("^\\[|]$", "");
  }

  @Override
  public String toString() {
    return uri.toString();
  }
}
