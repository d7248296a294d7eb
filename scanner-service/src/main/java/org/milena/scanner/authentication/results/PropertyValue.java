package org.milena.scanner.authentication.results;

/**
 * Values as they may stand in the field: a token, a domain or an address as they are, all else in
 * quotes (RFC 8601 section 2.2, RFC 2045 section 5.1). Only printable ASCII comes out, and nothing
 * that looks like an encoded word, which some readers decode before they look at quotes.
 */
final class PropertyValue {

  private static final int MAX_VALUE = 256;
  private static final int MAX_REASON = 60;

  private static final String TSPECIALS = "()<>@,;:\\\"/[]?=";

  private PropertyValue() {}

  /** The value of a property. */
  static String of(String text) {
    String plain = printable(text, MAX_VALUE);
    int at = plain.lastIndexOf('@');
    boolean asItIs =
        at < 0
            ? isToken(plain)
            : isDomain(plain.substring(at + 1)) && (at == 0 || isDotAtom(plain.substring(0, at)));
    if (asItIs) {
      return plain;
    }
    var quoted = new StringBuilder(plain.length() + 8).append('"');
    for (int i = 0; i < plain.length(); i++) {
      char c = plain.charAt(i);
      if (c == '"' || c == '\\') {
        quoted.append('\\');
      }
      quoted.append(c);
    }
    return quoted.append('"').toString();
  }

  /** A reason: short, always in quotes, and without any that would have to be escaped. */
  static String reason(String text) {
    return '"' + printable(text, MAX_REASON).replace('"', '\'').replace('\\', '/') + '"';
  }

  private static String printable(String text, int longest) {
    var out = new StringBuilder(Math.min(text.length(), longest));
    for (int i = 0; i < text.length() && out.length() < longest; i++) {
      char c = text.charAt(i);
      if (Character.isLowSurrogate(c) && i > 0 && Character.isHighSurrogate(text.charAt(i - 1))) {
        continue;
      }
      out.append(c >= ' ' && c <= '~' ? c : '?');
    }
    return out.toString().replace("=?", "=_");
  }

  static boolean isToken(String text) {
    return !text.isEmpty() && text.chars().allMatch(PropertyValue::isTokenCharacter);
  }

  private static boolean isTokenCharacter(int c) {
    return c > ' ' && c <= '~' && TSPECIALS.indexOf(c) < 0;
  }

  /** A domain name as far as syntax goes (RFC 5321 section 4.1.2), underscores let in. */
  static boolean isDomain(String text) {
    boolean afterDot = true;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      boolean letter =
          (c >= 'a' && c <= 'z')
              || (c >= 'A' && c <= 'Z')
              || (c >= '0' && c <= '9')
              || c == '-'
              || c == '_';
      if (c == '.' ? afterDot : !letter) {
        return false;
      }
      afterDot = c == '.';
    }
    return !afterDot;
  }

  /** Narrower than RFC 5322: what is no token is quoted, since some readers know tokens only. */
  private static boolean isDotAtom(String text) {
    return isToken(text) && !text.startsWith(".") && !text.endsWith(".") && !text.contains("..");
  }
}
