package org.milena.common.header;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.milena.common.mail.MailAddress;
import org.milena.common.mail.ParsedAddress;

/**
 * Reads the address fields of real mail (RFC 5322 section 3.4 and 4.4): groups, comments, routes,
 * quoted and encoded names, and what people and programs make of them. What cannot be an address is
 * left out. One pass, no recursion.
 *
 * <p>Forgiven: missing commas and closing brackets, semicolons as separators, {@code mailto:},
 * apostrophes around an address, a dot after the domain, dots where none may be in the local part
 * (some phone networks give such addresses).
 */
public final class AddressListParser {

  private static final int MAX_LITERAL = 64;

  /** How long a word may be that we still take for an encoded one; some programs do not cut. */
  private static final int MAX_ENCODED_WORD = 300;

  private final String text;
  private final List<HeaderMailbox> found = new ArrayList<>();

  // the mailbox being read
  private final StringBuilder phrase = new StringBuilder();
  private final StringBuilder bare = new StringBuilder();
  private final StringBuilder comment = new StringBuilder();
  private @Nullable String angle;

  private boolean unclosedComment;
  private boolean unclosedQuote;
  private int at;

  private AddressListParser(String text) {
    this.text = text;
  }

  /** All mailboxes in the value of an address field, in their order, those in groups too. */
  public static List<HeaderMailbox> parse(String headerValue) {
    return List.copyOf(new AddressListParser(headerValue).read());
  }

  /** The first mailbox in the value of an address field. */
  public static Optional<HeaderMailbox> first(String headerValue) {
    return parse(headerValue).stream().findFirst();
  }

  private List<HeaderMailbox> read() {
    while (at < text.length()) {
      char c = text.charAt(at);
      if (angle != null && c > ' ' && ">(,;".indexOf(c) < 0) {
        finish(); // a comma was forgotten
      }
      switch (c) {
        case ',', ';' -> {
          finish();
          at++;
        }
        case '"' -> quoted();
        case '(' -> comment();
        case '<' -> angle();
        case '>' -> at++;
        case '[' -> literal();
        case ':' -> {
          // the name of a group, or mailto: without brackets
          phrase.setLength(0);
          bare.setLength(0);
          at++;
        }
        default -> {
          if (!encodedWord()) {
            plain(c);
            at++;
          }
        }
      }
    }
    finish();
    return found;
  }

  private void plain(char c) {
    phrase.append(c);
    bare.append(c);
  }

  private void quoted() {
    int close = unclosedQuote ? -1 : closingQuote(at + 1);
    if (close < 0) {
      unclosedQuote = true;
      phrase.append(text.charAt(at++));
      return;
    }
    for (int i = at + 1; i < close; i++) {
      char c = text.charAt(i);
      phrase.append(c == '\\' ? text.charAt(++i) : c);
    }
    bare.append(text, at, close + 1);
    at = close + 1;
  }

  private int closingQuote(int from) {
    for (int i = from; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '\\') {
        i++;
      } else if (c == '"') {
        return i;
      }
    }
    return -1;
  }

  private void comment() {
    int close = unclosedComment ? -1 : closingParenthesis();
    if (close < 0) {
      unclosedComment = true;
      plain(text.charAt(at++));
      return;
    }
    comment.append(comment.isEmpty() ? "" : " ").append(text, at + 1, close);
    phrase.append(' ');
    at = close + 1;
  }

  private int closingParenthesis() {
    int depth = 0;
    for (int i = at; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '\\') {
        i++;
      } else if (c == '(') {
        depth++;
      } else if (c == ')' && --depth == 0) {
        return i;
      }
    }
    return -1;
  }

  private void angle() {
    int close = at + 1;
    while (close < text.length() && text.charAt(close) != '>') {
      char c = text.charAt(close);
      if (c == '"') {
        int quote = unclosedQuote ? -1 : closingQuote(close + 1);
        unclosedQuote |= quote < 0;
        close = quote < 0 ? close : quote;
      } else if (c == '<') {
        at = close; // <<a@b>>: the inner one counts
      } else if (c == ',' && text.charAt(at + 1) != '@') {
        break; // never closed; commas belong to routes only
      }
      close++;
    }
    angle = text.substring(at + 1, close);
    at = close < text.length() && text.charAt(close) == '>' ? close + 1 : close;
  }

  private void literal() {
    int close = text.indexOf(']', at, Math.min(text.length(), at + MAX_LITERAL));
    if (close < 0 || bare.isEmpty() || bare.charAt(bare.length() - 1) != '@') {
      plain(text.charAt(at++));
      return;
    }
    while (at <= close) {
      plain(text.charAt(at++));
    }
  }

  /** Takes an encoded word whole: some hold commas and brackets, though they must not. */
  private boolean encodedWord() {
    if (!text.startsWith("=?", at)) {
      return false;
    }
    int questionMarks = 0;
    int limit = Math.min(text.length() - 1, at + 2 + MAX_ENCODED_WORD);
    for (int i = at + 2; i < limit; i++) {
      char c = text.charAt(i);
      if (c == ' ' || c == '\t') {
        return false;
      }
      if (c == '?' && ++questionMarks > 2 && text.charAt(i + 1) == '=') {
        phrase.append(text, at, i + 2);
        bare.append(text, at, i + 2);
        at = i + 2;
        return true;
      }
    }
    return false;
  }

  private void finish() {
    String inAngle = angle;
    String name =
        inAngle != null && !phrase.toString().isBlank() ? phrase.toString() : comment.toString();
    address(inAngle != null ? inAngle : bare.toString())
        .ifPresent(
            address -> found.add(new HeaderMailbox(EncodedWords.decode(name.strip()), address)));
    phrase.setLength(0);
    bare.setLength(0);
    comment.setLength(0);
    angle = null;
  }

  private static Optional<MailAddress> address(String raw) {
    String candidate = raw.strip();
    if (candidate.indexOf('@') < 0) {
      return Optional.empty();
    }
    if (MailAddress.parse(candidate) instanceof ParsedAddress.Valid(var address)) {
      return Optional.of(address);
    }
    return forgiving(candidate);
  }

  private static Optional<MailAddress> forgiving(String raw) {
    String candidate = withoutSpaceAndComments(raw);
    if (candidate.toLowerCase(Locale.ROOT).startsWith("mailto:")) {
      candidate = candidate.substring("mailto:".length());
    }
    if (candidate.startsWith("@")) {
      candidate = candidate.substring(candidate.lastIndexOf(':') + 1); // obs-route
    }
    if (candidate.length() > 1 && candidate.startsWith("'") && candidate.endsWith("'")) {
      candidate = candidate.substring(1, candidate.length() - 1);
    }
    int end = candidate.length();
    while (end > 0 && candidate.charAt(end - 1) == '.') {
      end--;
    }
    candidate = candidate.substring(0, end);
    if (MailAddress.parse(candidate) instanceof ParsedAddress.Valid(var address)) {
      return Optional.of(address);
    }
    int separator = candidate.lastIndexOf('@');
    String local = separator < 0 ? "" : candidate.substring(0, separator);
    if (local.isEmpty() || local.indexOf('@') >= 0 || local.indexOf('"') >= 0) {
      return Optional.empty();
    }
    String reading = '"' + local.replace("\\", "") + '"' + candidate.substring(separator);
    return MailAddress.parse(reading) instanceof ParsedAddress.Valid(var address)
        ? Optional.of(address)
        : Optional.empty();
  }

  private static String withoutSpaceAndComments(String text) {
    var rest = new StringBuilder(text.length());
    boolean quoted = false;
    int depth = 0;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      quoted ^= c == '"' && (i == 0 || text.charAt(i - 1) != '\\');
      depth += !quoted && c == '(' ? 1 : 0;
      if (quoted || (depth == 0 && c > ' ')) {
        rest.append(c);
      }
      depth -= !quoted && c == ')' && depth > 0 ? 1 : 0;
    }
    return rest.toString();
  }
}
