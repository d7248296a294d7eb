package org.milena.scanner.builtin;

import java.text.Normalizer;
import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.milena.common.header.EncodedWords;
import org.milena.common.header.ParameterizedHeader;

/**
 * Every name that some mail program may give to an attachment. Programs differ in which of several
 * they take, so all count: both fields, plain, extended and in pieces (RFC 2231), encoded words
 * against the rules, and parameters given twice.
 */
final class AttachmentNames {

  private static final Pattern NAME_PARAMETER =
      Pattern.compile(
          "name\\*?[0-9]*\\*?\\s*=\\s*(\"(?:[^\"\\\\]|\\\\.)*+\"?|[^;]*+)",
          Pattern.CASE_INSENSITIVE);

  private AttachmentNames() {}

  /**
   * Adds the names in a Content-Type or Content-Disposition field.
   *
   * @param value of the field, unfolded
   */
  static void collect(String value, Set<String> names) {
    var parsed = ParameterizedHeader.parse(value);
    parsed.parameter("filename").ifPresent(names::add);
    parsed.parameter("name").ifPresent(names::add);
    Matcher matcher = NAME_PARAMETER.matcher(value);
    while (matcher.find()) {
      names.add(EncodedWords.decode(unquote(matcher.group(1).strip())));
    }
  }

  private static String unquote(String text) {
    if (!text.startsWith("\"")) {
      return text;
    }
    int end = text.length() > 1 && text.endsWith("\"") ? text.length() - 1 : text.length();
    return text.substring(1, end).replaceAll("\\\\(.)", "$1");
  }

  /**
   * The extensions under which the file may be opened, in lower case: the last one of the name as
   * it stands, and as a file system keeps it. That is without path, invisible and
   * direction-changing characters, blanks and dots at its end, what follows a NUL, and the stream
   * name of NTFS; wide letters count as letters.
   */
  static Set<String> extensions(String name) {
    Set<String> extensions = new LinkedHashSet<>();
    String plain = Normalizer.normalize(name, Normalizer.Form.NFKC);
    for (String candidate : new String[] {plain, before(plain, '\0'), before(plain, ':')}) {
      String kept = candidate.replaceAll("[\\p{Cntrl}\\p{Cf}\\p{Co}\\p{Cs}\uFFFD]", "");
      int path = Math.max(kept.lastIndexOf('/'), kept.lastIndexOf('\\'));
      kept = kept.substring(path + 1).replaceAll("[\\s.\\p{Z}\"']+$", "");
      int dot = kept.lastIndexOf('.');
      if (dot >= 0) {
        extensions.add(kept.substring(dot + 1).strip().toLowerCase(Locale.ROOT));
      }
    }
    return extensions;
  }

  private static String before(String text, char end) {
    int at = text.indexOf(end);
    return at < 0 ? text : text.substring(0, at);
  }
}
