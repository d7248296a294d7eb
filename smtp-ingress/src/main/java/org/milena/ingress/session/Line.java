package org.milena.ingress.session;

/** What came in place of a command line or of an answer in an AUTH exchange. */
public sealed interface Line {

  /**
   * A line that ended in CRLF.
   *
   * @param text without CRLF; UTF-8 was valid; may hold control characters
   * @param octets how many it was, CRLF included
   */
  record Text(String text, int octets) implements Line {}

  /** A line that ended in CRLF but is longer than a line may be; its text is gone. */
  record TooLong() implements Line {}

  /** So much without a CRLF that we read no further. */
  record Endless() implements Line {}

  /** A line whose octets are no UTF-8. */
  record NotText() implements Line {}

  /** A CR without LF, or a LF without CR: what follows may be read in two ways. */
  record BareLineEnd() implements Line {}

  /** Its first octet is none that begins an SMTP command: TLS, JSON, and the like. */
  record Foreign() implements Line {}
}
