package org.milena.listexpander.migration.mailman2;

import java.util.Map;

/**
 * The character sets that Mailman 2.1 keeps texts in: one for each language.
 *
 * <p>Languages that are not named have UTF-8, in which their texts were tried before anyway.
 * Russian had KOI8-R before it had UTF-8.
 */
final class ListCharsets {
  private static final String DEFAULT = "us-ascii";
  private static final String UTF_8 = "utf-8";

  private static final Map<String, String> BY_LANGUAGE =
      Map.ofEntries(
          Map.entry("ar", UTF_8),
          Map.entry("ast", "iso-8859-1"),
          Map.entry("ca", UTF_8),
          Map.entry("cs", "iso-8859-2"),
          Map.entry("da", "iso-8859-1"),
          Map.entry("de", "iso-8859-1"),
          Map.entry("el", "iso-8859-7"),
          Map.entry("en", DEFAULT),
          Map.entry("eo", UTF_8),
          Map.entry("es", "iso-8859-1"),
          Map.entry("et", "iso-8859-15"),
          Map.entry("eu", "iso-8859-15"),
          Map.entry("fa", UTF_8),
          Map.entry("fi", "iso-8859-1"),
          Map.entry("fr", "iso-8859-1"),
          Map.entry("gl", UTF_8),
          Map.entry("he", UTF_8),
          Map.entry("hr", "iso-8859-2"),
          Map.entry("hu", "iso-8859-2"),
          Map.entry("ia", "iso-8859-15"),
          Map.entry("it", "iso-8859-1"),
          Map.entry("ja", "euc-jp"),
          Map.entry("ko", "euc-kr"),
          Map.entry("lt", "iso-8859-13"),
          Map.entry("nl", "iso-8859-1"),
          Map.entry("no", "iso-8859-1"),
          Map.entry("pl", "iso-8859-2"),
          Map.entry("pt", "iso-8859-1"),
          Map.entry("pt_BR", "iso-8859-1"),
          Map.entry("ro", UTF_8),
          Map.entry("ru", "koi8-r"),
          Map.entry("sk", UTF_8),
          Map.entry("sl", "iso-8859-2"),
          Map.entry("sr", UTF_8),
          Map.entry("sv", "iso-8859-1"),
          Map.entry("tr", "iso-8859-9"),
          Map.entry("uk", UTF_8),
          Map.entry("vi", UTF_8),
          Map.entry("zh_CN", UTF_8),
          Map.entry("zh_TW", UTF_8));

  /** The name of the set; {@code us-ascii} for a language nobody knows, as in Mailman. */
  static String of(String language) {
    return BY_LANGUAGE.getOrDefault(language, DEFAULT);
  }

  private ListCharsets() {}
}
