package org.milena.common.header;

import java.util.regex.Pattern;

/**
 * A subject without what answering and lists put before it, in the manner of RFC 5256 section 2.1:
 * {@code Re:} and its like in other languages, {@code Re[2]:}, {@code [list]}.
 *
 * @param text what is left; never empty unless the subject is
 * @param answers whether the subject says that it answers or forwards something
 */
public record BaseSubject(String text, boolean answers) {
  private static final Pattern ANSWER =
      Pattern.compile(
          "^(?:re|aw|sv|vs|antw|fwd?|wg)(?:\\[\\d{1,4}\\]|\\^\\d{1,4})?\\s*[:\uff1a]\\s*",
          Pattern.CASE_INSENSITIVE);

  private static final Pattern PREFIX = Pattern.compile("^\\[[^\\[\\]]{1,80}\\]\\s*");

  /**
   * Reads it.
   *
   * @param subject decoded, on one line
   */
  public static BaseSubject of(String subject) {
    boolean answers = ANSWER.matcher(PREFIX.matcher(subject.strip()).replaceFirst("")).find();
    String left = subject.strip();
    while (true) {
      String next = ANSWER.matcher(PREFIX.matcher(left).replaceFirst("")).replaceFirst("");
      if (next.isEmpty() || next.equals(left)) {
        return new BaseSubject(left, answers);
      }
      left = next;
    }
  }
}
