package org.milena.scanner.authentication.spf;

import org.milena.common.event.AuthenticationReport.Result;

/**
 * The result of check_host() (RFC 7208 section 2.6).
 *
 * @param reason the mechanism that matched, or what is wrong
 * @param explanation of the domain's owner, already safe to show; empty when there is none
 */
record Verdict(Result result, String reason, String explanation) {
  private static final int LONGEST = 200;

  static Verdict of(Result result, String reason) {
    return new Verdict(result, shown(reason), "");
  }

  static Verdict failing(String reason, String explanation) {
    return new Verdict(Result.FAIL, shown(reason), shown(explanation));
  }

  /** Both, so that nobody takes the owner's words for ours (section 6.2). */
  String text() {
    return explanation.isEmpty()
        ? reason
        : reason + "; the domain's owner explains: " + explanation;
  }

  /** Text of a stranger: cut, and what is neither visible ASCII nor a letter is a question mark. */
  private static String shown(String text) {
    var shown = new StringBuilder();
    text.codePoints().limit(LONGEST).forEach(c -> shown.appendCodePoint(isPlain(c) ? c : '?'));
    return text.codePointCount(0, text.length()) > LONGEST
        ? shown.append("...").toString()
        : shown.toString();
  }

  private static boolean isPlain(int c) {
    return (c >= ' ' && c <= '~') || (c > 0x7F && Character.isLetterOrDigit(c));
  }
}
