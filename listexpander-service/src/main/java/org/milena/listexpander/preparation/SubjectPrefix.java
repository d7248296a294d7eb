package org.milena.listexpander.preparation;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.milena.common.header.HeaderBlock;
import org.milena.common.header.HeaderEditor;
import org.milena.common.header.HeaderField;
import org.milena.common.header.OneLine;

/**
 * What a list puts before subjects. Where it stood before it is taken away, and all marks of an
 * answer, in whatever language, become one {@code Re: } behind it.
 */
public final class SubjectPrefix {
  private static final Pattern NUMBER = Pattern.compile("%(0\\d{1,2})?d");

  /** With an optional count: {@code Re[2]:}, {@code AW:}, {@code SV :}, {@code Re^3:}. */
  private static final Pattern ANSWER =
      Pattern.compile(
          "(?:(?:re|aw|sv|vs|antw|antwort|odp|rif|res|ynt|回复|答复|回覆)"
              + "\\s*+(?:[\\[(]\\d{1,9}[\\])]|\\^\\d{1,9})?+\\s*+[:：]\\s*+)++",
          Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE);

  private static final int MAX_LINE = 998;
  private static final int MAX_SUBJECT = 2_000;
  private static final String NO_SUBJECT = "(no subject)";

  private final String text;
  private final Pattern earlier;
  private final boolean marked;

  private SubjectPrefix(String text) {
    this.text = text;
    this.earlier = earlier(text);
    // without brackets or the like it may be a word of the subject, too
    this.marked =
        !Character.isLetterOrDigit(text.codePointAt(0))
            && !Character.isLetterOrDigit(text.codePointBefore(text.length()));
  }

  /**
   * The prefix of a setting.
   *
   * @param setting {@code %d} and {@code %05d} in it are the number of the post
   */
  public static Optional<SubjectPrefix> of(String setting) {
    String text = OneLine.of(setting, MAX_SUBJECT).strip();
    return text.isEmpty() ? Optional.empty() : Optional.of(new SubjectPrefix(text));
  }

  /** Whether posts are numbered. */
  public boolean counts() {
    return NUMBER.matcher(text).find();
  }

  private static Pattern earlier(String text) {
    StringBuilder pattern = new StringBuilder();
    Matcher number = NUMBER.matcher(text);
    int at = 0;
    while (number.find()) {
      pattern.append(literal(text.substring(at, number.start()))).append("\\d{1,19}");
      at = number.end();
    }
    pattern.append(literal(text.substring(at)));
    return Pattern.compile(pattern.toString(), Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE);
  }

  private static String literal(String text) {
    StringBuilder pattern = new StringBuilder();
    for (String word : text.split("(?<= )|(?= )", -1)) {
      pattern.append(word.equals(" ") ? " *" : word.isEmpty() ? "" : Pattern.quote(word));
    }
    return pattern.toString();
  }

  /** The prefix of a post, with a space behind it. */
  String written(long number) {
    return NUMBER
            .matcher(text)
            .replaceAll(match ->
                match.group(1) == null
                    ? Long.toString(number)
                    : String.format(Locale.ROOT, "%" + width(match.group(1)) + "d", number))
        + " ";
  }

  /** {@code 05}, and never wider than any number. */
  private static String width(String digits) {
    int width = Math.clamp(Integer.parseInt(digits), 1, 19);
    return "0" + width;
  }

  /** A subject with the prefix. */
  String before(String subject, long number) {
    // cut for good only without the prefix, or another lap would cut again
    String rest = OneLine.of(subject, 2 * MAX_SUBJECT);
    boolean answer = false;
    while (true) {
      String less = marked ? earlier.matcher(rest).replaceAll(" ") : rest;
      Matcher front = earlier.matcher(less);
      less = front.lookingAt() && bounded(less, front.end()) ? less.substring(front.end()) : less;
      less = OneLine.of(less, 2 * MAX_SUBJECT);
      Matcher mark = ANSWER.matcher(less);
      if (mark.lookingAt()) {
        answer = true;
        less = less.substring(mark.end());
      }
      if (less.equals(rest)) {
        break;
      }
      rest = less;
    }
    return written(number)
        + (answer ? "Re: " : "")
        + (rest.isEmpty() ? NO_SUBJECT : OneLine.of(rest, MAX_SUBJECT));
  }

  private boolean bounded(String subject, int end) {
    return marked || end == subject.length() || !Character.isLetterOrDigit(subject.charAt(end));
  }

  /** Writes it into the header, unless it stands there already just so. */
  void apply(HeaderEditor editor, HeaderBlock header, long number) {
    String value = header.first("Subject").map(HeaderField::value).orElse("");
    String decoded = header.first("Subject").map(HeaderField::decoded).orElse("");
    String subject = before(decoded, number);
    boolean one =
        header.all("Subject").size() == 1
            && header.all("Subject").stream().allMatch(SubjectPrefix::fits);
    if (!one || !subject.equals(decoded)) {
      SubjectWords.write(editor, subject, value);
    }
  }

  /** Whether its lines are not too long (RFC 5322 section 2.1.1). */
  private static boolean fits(HeaderField field) {
    int column = 0;
    for (byte octet : field.toByteArray()) {
      column = octet == '\n' ? 0 : column + 1;
      if (column > MAX_LINE) {
        return false;
      }
    }
    return true;
  }
}
