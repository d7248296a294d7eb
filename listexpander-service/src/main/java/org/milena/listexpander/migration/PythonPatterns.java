package org.milena.listexpander.migration;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.milena.common.mail.MailAddress;
import org.milena.common.mail.ParsedAddress;
import org.milena.common.pattern.AddressPatterns;

/**
 * Patterns of addresses and header fields as Mailman writes them, in Python's regular expressions,
 * as ours.
 *
 * <p>Mailman seeks an expression at the beginning of an address; ours is for the whole of it.
 */
public final class PythonPatterns {
  private static final int MAX_PATTERN = 1_000;

  /** What RE2 does not have: looking around, going back, conditions, comments. */
  private static final Pattern FOREIGN =
      Pattern.compile("\\(\\?(?:[=!(#]|<[=!]|P=)|\\\\[1-9]|(?<!\\\\)[*+?}]\\+");

  private static final Pattern FIELD = Pattern.compile("[!-9;-~]{1,76}");

  /**
   * Where a rule for a whole field is cut into its name and what is sought, the first that fits.
   */
  private static final String[] CUTS = {": ", ":.*", ":.", ":"};

  /**
   * A pattern that Mailman has in a list of addresses: an address, {@code ^} and an expression, or
   * {@code @other}, the members of another list of the same host.
   *
   * @param host the domain of the lists
   */
  public static Optional<String> ofAddress(String pattern, String host) {
    String text = pattern.strip();
    if (text.startsWith("^")) {
      return whole(text);
    }
    if (text.startsWith("@")) {
      String other = text.substring(1);
      return address(other.indexOf('@') < 0 ? other + "@" + host : other).map(a -> "@" + a);
    }
    return address(text);
  }

  /** A pattern that is an expression in any case; without {@code @} it is for local parts. */
  public static Optional<String> ofAlias(String pattern) {
    String text = pattern.strip();
    boolean local = text.indexOf('@') < 0 && text.endsWith("$") && !text.endsWith("\\$");
    return whole(local ? text.substring(0, text.length() - 1) + "@" : text);
  }

  private static Optional<String> address(String text) {
    return MailAddress.parse(text) instanceof ParsedAddress.Valid(var valid)
        ? Optional.of(valid.toString())
        : Optional.empty();
  }

  /** Sought at the beginning becomes: for the whole. */
  private static Optional<String> whole(String expression) {
    String body = translated(expression.startsWith("^") ? expression.substring(1) : expression);
    if (!isFit(body)) {
      return Optional.empty();
    }
    if (hasAlternatives(body)) {
      return fit("^(?:" + body + ").*");
    }
    if (body.endsWith("$") && !body.endsWith("\\$")) {
      return fit("^" + body.substring(0, body.length() - 1));
    }
    return fit(body.endsWith(".*") && !body.endsWith("\\.*") ? "^" + body : "^" + body + ".*");
  }

  private static Optional<String> fit(String expression) {
    return isFit(expression) ? Optional.of(expression) : Optional.empty();
  }

  /** Whether an expression, sought anywhere, means the same to RE2. */
  private static boolean isFit(String expression) {
    if (expression.length() > MAX_PATTERN || FOREIGN.matcher(expression).find()) {
      return false;
    }
    try {
      var _ = Pattern.compile(expression.replace("(?P<", "(?<"));
      // the rest that RE2 does not have: flags, many repetitions
      return AddressPatterns.refusal("^(?:" + expression + ")").isEmpty();
    } catch (PatternSyntaxException _) {
      return false;
    }
  }

  private static String translated(String expression) {
    return expression.replace("\\Z", "\\z");
  }

  private static boolean hasAlternatives(String expression) {
    int depth = 0;
    boolean set = false;
    for (int i = 0; i < expression.length(); i++) {
      char c = expression.charAt(i);
      if (c == '\\') {
        i++;
      } else if (set) {
        set = c != ']';
      } else if (c == '[') {
        set = true;
        // a bracket that stands first is one of the set
        i += expression.startsWith("^]", i + 1) ? 2 : expression.startsWith("]", i + 1) ? 1 : 0;
      } else if (c == '(') {
        depth++;
      } else if (c == ')') {
        depth--;
      } else if (c == '|' && depth == 0) {
        return true;
      }
    }
    return false;
  }

  /**
   * A rule about a header field.
   *
   * @param header in lower case
   * @param pattern sought in its value
   */
  public record Field(String header, String pattern) {}

  /**
   * Cuts a rule for a whole field, {@code ^subject: .*casino}; empty when it is not about one field
   * or RE2 cannot read it.
   */
  public static Optional<Field> ofHeader(String rule) {
    String text = rule.strip();
    for (String cut : CUTS) {
      int at = text.indexOf(cut);
      if (at >= 0) {
        String name = text.substring(text.startsWith("^") ? 1 : 0, at).strip();
        String rest = translated(text.substring(at + cut.length()));
        if (!FIELD.matcher(name).matches() || hasSyntax(name)) {
          return Optional.empty();
        }
        return value(rest, !cut.endsWith("*"))
            .map(pattern -> new Field(name.toLowerCase(Locale.ROOT), pattern));
      }
    }
    return Optional.empty();
  }

  /** An expression that is sought in a value. */
  public static Optional<String> ofValue(String expression) {
    return value(translated(expression.strip()), false);
  }

  private static Optional<String> value(String rest, boolean atBegin) {
    String sought = rest;
    boolean anchored = atBegin;
    while (sought.startsWith(".*")) {
      sought = sought.substring(2);
      anchored = false;
    }
    if (sought.isEmpty()) {
      return Optional.of(".*");
    }
    String pattern =
        !anchored || sought.startsWith("^")
            ? sought
            : hasAlternatives(sought) ? "^(?:" + sought + ")" : "^" + sought;
    return fit(pattern);
  }

  private static boolean hasSyntax(String name) {
    return name.chars().anyMatch(c -> "\\.*+?()[]{}|^$".indexOf(c) >= 0);
  }

  private PythonPatterns() {}
}
