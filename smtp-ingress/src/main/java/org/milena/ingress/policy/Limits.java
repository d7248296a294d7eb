package org.milena.ingress.policy;

/**
 * What one session may ask.
 *
 * @param messageSize largest message, octets as sent without dot-stuffing and final dot (RFC 1870);
 *     announced as SIZE
 * @param commandLine longest command line, octets with its CRLF (RFC 5321 section 4.5.3.1.4 asks
 *     for 512, extensions for more)
 * @param recipients of one transaction (RFC 5321 section 4.5.3.1.8 asks for 100); announced as
 *     RCPTMAX. As many commands may be put off (4yz) or name a recipient again, without a mail
 *     taken in between
 * @param messages of one session; announced as MAILMAX (RFC 9422)
 * @param slowAfterErrors refusals from which on each further one is answered a second later
 * @param errors refusals without a mail taken in between, at which the session is closed
 * @param junk commands that move no mail (NOOP, RSET, VRFY, HELP, EHLO), without a mail taken in
 *     between
 * @param authFailures failed logins at which the session is closed
 * @param hops Received fields from which on a message goes in circles (RFC 5321 section 6.3)
 * @param headerFields of one message; each costs memory in every stage
 */
public record Limits(
    int messageSize,
    int commandLine,
    int recipients,
    int messages,
    int slowAfterErrors,
    int errors,
    int junk,
    int authFailures,
    int hops,
    int headerFields) {

  /** Longest line of an AUTH exchange, octets without CRLF (RFC 4954 section 4). */
  public static final int AUTH_LINE = 12_288;

  /** What holds when nothing is set. */
  public static final Limits DEFAULT =
      new Limits(26_214_400, 2_048, 1_000, 100, 10, 20, 100, 3, 50, 10_000);

  public Limits {
    if (messageSize < 1
        || commandLine < 512
        || recipients < 1
        || messages < 1
        || slowAfterErrors < 0
        || errors < 1
        || junk < 1
        || authFailures < 1
        || hops < 1
        || headerFields < 1) {
      throw new IllegalArgumentException("a limit is below what SMTP needs");
    }
  }
}
