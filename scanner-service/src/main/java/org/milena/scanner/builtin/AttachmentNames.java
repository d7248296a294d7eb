package org.milena.scanner.builtin;

import java.text.Normalizer;
import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Set;
import java.util.function.IntPredicate;
import org.milena.common.header.EncodedWords;
import org.milena.common.header.ParameterizedHeader;

/**
 * Every name that some mail program may give to an attachment. Programs differ in which of several
 * they take, so all count: both fields, plain, extended and in pieces (RFC 2231), encoded words
 * against the rules, and parameters given twice.
 */
final class AttachmentNames {

  /** More names than this for one part are an attack on whoever reads them. */
  private static final int MAX_NAMES = 100;

  private static final int LONGEST_PATH = 1024;

  private static final String NAME = "name";

  private AttachmentNames() {}

  /**
   * Adds the names in a Content-Type or Content-Disposition field.
   *
   * @param value of the field, unfolded
   */
  static void collect(String value, Set<String> names) throws LimitException {
    var parsed = ParameterizedHeader.parse(value);
    parsed.parameter("filename").ifPresent(names::add);
    parsed.parameter(NAME).ifPresent(names::add);
    // by hand, since a regular expression over a hostile value of this size is a risk of its own
    int at = indexOfName(value, 0);
    while (at >= 0) {
      int equals = skip(value, at + NAME.length(), AttachmentNames::standsBeforeEquals);
      if (equals < value.length() && value.charAt(equals) == '=') {
        int start = skip(value, equals + 1, AttachmentNames::isBlank);
        names.add(EncodedWords.decode(parameterValue(value, start)));
        if (names.size() > MAX_NAMES) {
          throw new LimitException("more than " + MAX_NAMES + " names for one part");
        }
      }
      at = indexOfName(value, at + NAME.length());
    }
  }

  private static int indexOfName(String value, int from) {
    for (int i = from; i + NAME.length() <= value.length(); i++) {
      if (value.regionMatches(true, i, NAME, 0, NAME.length())) {
        return i;
      }
    }
    return -1;
  }

  private static int skip(String value, int from, IntPredicate which) {
    int at = from;
    while (at < value.length() && which.test(value.charAt(at))) {
      at++;
    }
    return at;
  }

  private static boolean standsBeforeEquals(int c) {
    return c == '*' || (c >= '0' && c <= '9') || isBlank(c);
  }

  private static boolean isBlank(int c) {
    return c == ' ' || c == '\t';
  }

  /** Up to its closing quote, or to the next parameter; a quote that never closes is forgiven. */
  private static String parameterValue(String value, int start) {
    boolean quoted = start < value.length() && value.charAt(start) == '"';
    var text = new StringBuilder();
    for (int i = quoted ? start + 1 : start; i < value.length(); i++) {
      char c = value.charAt(i);
      if (c == (quoted ? '"' : ';')) {
        break;
      }
      boolean escape = quoted && c == '\\' && i + 1 < value.length();
      text.append(escape ? value.charAt(++i) : c);
    }
    return text.toString().strip();
  }

  /**
   * The extensions under which the file may be opened, in lower case: the last one of the name as
   * it stands, and as a file system keeps it. That is without path, invisible and
   * direction-changing characters, blanks and dots at its end, what follows a NUL, and the stream
   * name of NTFS; wide letters count as letters.
   */
  static Set<String> extensions(String name) {
    Set<String> extensions = new LinkedHashSet<>();
    if (name.length() > LONGEST_PATH) { // no file may be called so: cut at either end
      extensions.addAll(extensions(name.substring(0, LONGEST_PATH)));
      extensions.addAll(extensions(name.substring(name.length() - LONGEST_PATH)));
      return extensions;
    }
    String plain = Normalizer.normalize(name, Normalizer.Form.NFKC);
    Set<String> candidates = new LinkedHashSet<>();
    candidates.add(plain);
    candidates.add(before(plain, '\0'));
    candidates.add(before(plain, ':'));
    for (String candidate : candidates) {
      String kept = visible(candidate);
      int path = Math.max(kept.lastIndexOf('/'), kept.lastIndexOf('\\'));
      kept = withoutTail(kept.substring(path + 1));
      int dot = kept.lastIndexOf('.');
      if (dot >= 0) {
        extensions.add(kept.substring(dot + 1).strip().toLowerCase(Locale.ROOT));
      }
    }
    return extensions;
  }

  private static String visible(String name) {
    var visible = new StringBuilder(name.length());
    name.codePoints().filter(AttachmentNames::isVisible).forEach(visible::appendCodePoint);
    return visible.toString();
  }

  private static boolean isVisible(int c) {
    return switch (Character.getType(c)) {
      case Character.CONTROL, Character.FORMAT, Character.PRIVATE_USE, Character.SURROGATE -> false;
      default -> c != '\uFFFD';
    };
  }

  /** Without the blanks, dots and quotes at its end. */
  private static String withoutTail(String name) {
    int end = name.length();
    while (end > 0
        && (".\"'".indexOf(name.charAt(end - 1)) >= 0
            || Character.isWhitespace(name.charAt(end - 1))
            || Character.isSpaceChar(name.charAt(end - 1)))) {
      end--;
    }
    return name.substring(0, end);
  }

  private static String before(String text, char end) {
    int at = text.indexOf(end);
    return at < 0 ? text : text.substring(0, at);
  }
}
