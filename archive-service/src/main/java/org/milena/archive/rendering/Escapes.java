package org.milena.archive.rendering;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;

/** Percent-encoding (RFC 3986 section 2.1) in what other people wrote. */
final class Escapes {

  /** What is encoded; the text itself where it is not encoded well. */
  static String resolved(String text) {
    if (text.indexOf('%') < 0) {
      return text;
    }
    try {
      // it reads forms, where a plus is a space
      return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
    } catch (IllegalArgumentException _) {
      return text;
    }
  }

  private Escapes() {}
}
