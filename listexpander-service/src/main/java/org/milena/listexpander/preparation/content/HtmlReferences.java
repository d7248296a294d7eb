package org.milena.listexpander.preparation.content;

import java.util.HashMap;
import java.util.Map;

/** Character references of HTML: by number, and by the names that mail uses. */
final class HtmlReferences {
  private static final int MAX_LENGTH = 12;

  /** Names of the characters from U+00A0 on, in their order (HTML 4.01 section 24.2). */
  private static final String LATIN =
      "nbsp iexcl cent pound curren yen brvbar sect uml copy ordf laquo not shy reg macr deg plusmn"
          + " sup2 sup3 acute micro para middot cedil sup1 ordm raquo frac14 frac12 frac34 iquest"
          + " Agrave Aacute Acirc Atilde Auml Aring AElig Ccedil Egrave Eacute Ecirc Euml Igrave"
          + " Iacute Icirc Iuml ETH Ntilde Ograve Oacute Ocirc Otilde Ouml times Oslash Ugrave"
          + " Uacute Ucirc Uuml Yacute THORN szlig agrave aacute acirc atilde auml aring aelig"
          + " ccedil egrave eacute ecirc euml igrave iacute icirc iuml eth ntilde ograve oacute"
          + " ocirc otilde ouml divide oslash ugrave uacute ucirc uuml yacute thorn yuml";

  private static final Map<String, Integer> NAMES = names();

  private static Map<String, Integer> names() {
    Map<String, Integer> names = new HashMap<>();
    String[] latin = LATIN.split(" ", -1);
    for (int i = 0; i < latin.length; i++) {
      names.put(latin[i], 0xA0 + i);
    }
    names.put("quot", (int) '"');
    names.put("amp", (int) '&');
    names.put("lt", (int) '<');
    names.put("gt", (int) '>');
    names.put("apos", (int) '\'');
    names.put("ndash", 0x2013);
    names.put("mdash", 0x2014);
    names.put("lsquo", 0x2018);
    names.put("rsquo", 0x2019);
    names.put("sbquo", 0x201A);
    names.put("ldquo", 0x201C);
    names.put("rdquo", 0x201D);
    names.put("bdquo", 0x201E);
    names.put("bull", 0x2022);
    names.put("hellip", 0x2026);
    names.put("lsaquo", 0x2039);
    names.put("rsaquo", 0x203A);
    names.put("euro", 0x20AC);
    names.put("trade", 0x2122);
    names.put("larr", 0x2190);
    names.put("rarr", 0x2192);
    names.put("ensp", 0x20);
    names.put("emsp", 0x20);
    names.put("thinsp", 0x20);
    names.put("zwnj", 0x200C);
    names.put("zwj", 0x200D);
    return names;
  }

  /** After the reference that begins here, its semicolon included; -1 when there is none. */
  static int end(String text, int at) {
    int limit = Math.min(text.length(), at + MAX_LENGTH);
    for (int i = at + 1; i < limit; i++) {
      char c = text.charAt(i);
      if (c == ';') {
        return decode(text, at, i + 1).isEmpty() ? -1 : i + 1;
      }
      if (c != '#' && !Character.isLetterOrDigit(c)) {
        return -1;
      }
    }
    return -1;
  }

  /** The character; empty when the reference means none. */
  static String decode(String text, int from, int to) {
    String name = text.substring(from + 1, to - 1);
    int code;
    if (name.startsWith("#")) {
      boolean hex = name.startsWith("#x") || name.startsWith("#X");
      try {
        code = Integer.parseInt(name.substring(hex ? 2 : 1), hex ? 16 : 10);
      } catch (NumberFormatException _) {
        return "";
      }
    } else {
      code = NAMES.getOrDefault(name, -1);
    }
    boolean surrogate = code >= Character.MIN_SURROGATE && code <= Character.MAX_SURROGATE;
    return code > 0 && Character.isValidCodePoint(code) && !surrogate
        ? Character.toString(code)
        : "";
  }

  /** The text with all references decoded. */
  static String decodeAll(String text) {
    if (text.indexOf('&') < 0) {
      return text;
    }
    StringBuilder decoded = new StringBuilder(text.length());
    int at = 0;
    while (at < text.length()) {
      int end = text.charAt(at) == '&' ? end(text, at) : -1;
      if (end < 0) {
        decoded.append(text.charAt(at++));
      } else {
        decoded.append(decode(text, at, end));
        at = end;
      }
    }
    return decoded.toString();
  }

  private HtmlReferences() {}
}
