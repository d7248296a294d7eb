package org.milena.scanner.authentication.results;

import java.text.Normalizer;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.milena.common.header.EncodedWords;
import org.milena.common.mail.MailAddress;
import org.milena.common.mail.ParsedAddress;

/**
 * Reads whose field an Authentication-Results is: the authserv-id at its front (RFC 8601 section
 * 2.2), in all ways in which somebody might read it. Comments, quotes, a version, white space
 * around dots, encoded words, dots at the end and invisible characters make no difference. One
 * pass, no recursion.
 */
final class AuthservIdReader {

  private final String text;
  private final List<String> words = new ArrayList<>();
  private final StringBuilder word = new StringBuilder();
  private boolean wordOpen;
  private boolean broken;
  private int at;

  private AuthservIdReader(String text) {
    this.text = text;
  }

  /**
   * All readings of the name a field begins with.
   *
   * @param names in canonical form
   * @param broken whether a quote or a comment is not closed, so that there are readings beyond
   *     these
   */
  record Readings(Set<String> names, boolean broken) {}

  /** Reads the value of a field. */
  static Readings read(String value) {
    var plain = new AuthservIdReader(value);
    plain.scan();
    Set<String> names = new HashSet<>();
    plain.addTo(names);
    boolean broken = plain.broken;
    String decoded = EncodedWords.decode(value);
    if (!decoded.equals(value)) {
      var second = new AuthservIdReader(decoded);
      second.scan();
      second.addTo(names);
      broken |= second.broken;
    }
    return new Readings(names, broken);
  }

  private void scan() {
    while (at < text.length()) {
      char c = text.charAt(at);
      switch (c) {
        case ';' -> {
          close();
          return;
        }
        case '"' -> quoted();
        case '(' -> comment();
        case ' ', '\t' -> {
          close();
          at++;
        }
        default -> {
          word.append(c);
          wordOpen = true;
          at++;
        }
      }
    }
    close();
  }

  private void close() {
    if (wordOpen) {
      words.add(word.toString());
      word.setLength(0);
      wordOpen = false;
    }
  }

  private void quoted() {
    wordOpen = true;
    for (at++; at < text.length(); at++) {
      char c = text.charAt(at);
      if (c == '"') {
        at++;
        return;
      }
      if (c == '\\' && at + 1 < text.length()) {
        at++;
      }
      word.append(text.charAt(at));
    }
    broken = true;
  }

  private void comment() {
    close();
    int depth = 0;
    for (; at < text.length(); at++) {
      char c = text.charAt(at);
      if (c == '\\') {
        at++;
      } else if (c == '(') {
        depth++;
      } else if (c == ')' && --depth == 0) {
        at++;
        return;
      }
    }
    broken = true;
  }

  private void addTo(Set<String> names) {
    if (words.isEmpty()) {
      return;
    }
    String first = words.getFirst();
    names.add(canonical(first));
    names.add(canonical(nameIn(first)));
    names.add(canonical(String.join("", words)));
    if (words.getLast().chars().allMatch(c -> c >= '0' && c <= '9')) {
      names.add(canonical(String.join("", words.subList(0, words.size() - 1))));
    }
  }

  /** The name before what can be in no name: {@code mx.example.org/7}. */
  private static String nameIn(String word) {
    int end = 0;
    while (end < word.length()) {
      int c = word.codePointAt(end);
      if (!Character.isLetterOrDigit(c) && ".-_\u3002".indexOf(c) < 0 && !isIgnored(c)) {
        break;
      }
      end += Character.charCount(c);
    }
    return word.substring(0, end);
  }

  /** The text as people see it: composed, in lower case, without what is invisible. */
  static String visible(String text) {
    var visible = new StringBuilder(text.length());
    Normalizer.normalize(text, Normalizer.Form.NFKC)
        .codePoints()
        .filter(c -> !isIgnored(c))
        .map(c -> c == '\u3002' ? '.' : c) // IDNA knows it as a dot
        .forEach(visible::appendCodePoint);
    return visible.toString().toLowerCase(Locale.ROOT);
  }

  /** One form for all spellings of a name; the name may be none. */
  static String canonical(String name) {
    String visible = visible(name);
    var plain = new StringBuilder(visible.length());
    for (int i = 0; i < visible.length(); i++) {
      char c = visible.charAt(i);
      boolean leadingDot = c == '.' && plain.isEmpty();
      if (!Character.isWhitespace(c) && !leadingDot) {
        plain.append(c);
      }
    }
    int end = plain.length();
    while (end > 0 && plain.charAt(end - 1) == '.') {
      end--;
    }
    String spelled = plain.substring(0, end);
    return MailAddress.parse("x@" + spelled) instanceof ParsedAddress.Valid(var address)
        ? address.domain()
        : spelled;
  }

  private static boolean isIgnored(int c) {
    int type = Character.getType(c);
    return c == 0xFFFD || type == Character.FORMAT || (type == Character.CONTROL && c != '\t');
  }
}
