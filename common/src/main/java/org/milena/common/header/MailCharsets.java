package org.milena.common.header;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.Charset;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * From octets to text by the names that mail gives to character sets.
 *
 * <p>A name stands for the widest set that people use under it, as browsers do (WHATWG Encoding):
 * {@code iso-8859-1} is read as windows-1252, {@code gb2312} as GB18030. Decoding never fails;
 * octets without meaning become U+FFFD.
 */
public final class MailCharsets {

  private static final Charset WINDOWS_1252 = Charset.forName("windows-1252");

  private static final Map<String, String> ALIASES =
      Map.ofEntries(
          Map.entry("utf8", "utf-8"),
          Map.entry("utf-8mb4", "utf-8"),
          Map.entry("unicode-1-1-utf-8", "utf-8"),
          Map.entry("cp65001", "utf-8"),
          Map.entry("iso-8859-1", "windows-1252"),
          Map.entry("iso8859-1", "windows-1252"),
          Map.entry("iso_8859-1", "windows-1252"),
          Map.entry("latin1", "windows-1252"),
          Map.entry("latin-1", "windows-1252"),
          Map.entry("iso-latin-1", "windows-1252"),
          Map.entry("x-ansi", "windows-1252"),
          Map.entry("ansi", "windows-1252"),
          Map.entry("cp-1252", "windows-1252"),
          Map.entry("iso-8859-9", "windows-1254"),
          Map.entry("iso-8859-11", "x-windows-874"),
          Map.entry("tis-620", "x-windows-874"),
          Map.entry("windows-874", "x-windows-874"),
          Map.entry("iso-8859-8-i", "iso-8859-8"),
          Map.entry("gb2312", "gb18030"),
          Map.entry("gb_2312-80", "gb18030"),
          Map.entry("gb2312-80", "gb18030"),
          Map.entry("csgb2312", "gb18030"),
          Map.entry("euc-cn", "gb18030"),
          Map.entry("x-euc-cn", "gb18030"),
          Map.entry("chinese", "gb18030"),
          Map.entry("gbk", "gb18030"),
          Map.entry("x-gbk", "gb18030"),
          Map.entry("cp936", "gb18030"),
          Map.entry("big5", "big5-hkscs"),
          Map.entry("cn-big5", "big5-hkscs"),
          Map.entry("x-x-big5", "big5-hkscs"),
          Map.entry("csbig5", "big5-hkscs"),
          Map.entry("euc-kr", "x-windows-949"),
          Map.entry("ks_c_5601-1987", "x-windows-949"),
          Map.entry("ks_c_5601-1989", "x-windows-949"),
          Map.entry("ks_c_5601", "x-windows-949"),
          Map.entry("ksc_5601", "x-windows-949"),
          Map.entry("ksc5601", "x-windows-949"),
          Map.entry("korean", "x-windows-949"),
          Map.entry("cp949", "x-windows-949"),
          Map.entry("uhc", "x-windows-949"),
          Map.entry("shift_jis", "windows-31j"),
          Map.entry("shift-jis", "windows-31j"),
          Map.entry("sjis", "windows-31j"),
          Map.entry("x-sjis", "windows-31j"),
          Map.entry("x-ms-cp932", "windows-31j"),
          Map.entry("cp932", "windows-31j"),
          Map.entry("iso-2022-jp", "x-windows-iso2022jp"),
          Map.entry("iso-2022-jp-1", "x-windows-iso2022jp"),
          Map.entry("iso-2022-jp-ms", "x-windows-iso2022jp"),
          Map.entry("csiso2022jp", "x-windows-iso2022jp"),
          Map.entry("cp50220", "x-windows-iso2022jp"),
          Map.entry("cp50221", "x-windows-iso2022jp"),
          Map.entry("macintosh", "x-macroman"),
          Map.entry("x-mac-roman", "x-macroman"),
          Map.entry("x-mac-cyrillic", "x-maccyrillic"));

  /** What people use whose program says the first, seen by octets that are no letters in that. */
  private static final Map<String, String> WIDER =
      Map.of(
          "iso-8859-2", "windows-1250",
          "iso-8859-5", "windows-1251",
          "iso-8859-6", "windows-1256",
          "iso-8859-7", "windows-1253",
          "iso-8859-8", "windows-1255",
          "iso-8859-13", "windows-1257",
          "iso-8859-15", "windows-1252");

  /** Fewer octets, or sequences of UTF-8, can look like either by chance. */
  private static final int ENOUGH = 3;

  private MailCharsets() {}

  /**
   * The text of these octets.
   *
   * <p>Names that lie are seen through: octets that are UTF-8 are read as that under the name of a
   * set of one octet a character, and those that cannot be UTF-8 as windows-1252 under its name;
   * under the name of an ISO 8859 set, as its Windows sibling when they have what only that has.
   *
   * <p>Under no name, one that promises ASCII only, or one that means "unknown", the octets are
   * {@linkplain #guess guessed}. Under a name nobody knows they are read as UTF-8 if they are that;
   * else only the ASCII among them is.
   *
   * @param from first octet
   * @param to after the last
   * @param charsetName as the mail has it, in any case
   */
  public static String decode(byte[] bytes, int from, int to, String charsetName) {
    return isUtf7(charsetName)
        ? Utf7.decode(bytes, from, to)
        : new String(bytes, from, to - from, used(bytes, from, to, charsetName));
  }

  /**
   * The set that {@link #decode} reads these octets in: who does not want all of the text at once
   * reads them so. Of UTF-7, which has no object, it is the set of its octets, US-ASCII.
   */
  public static Charset used(byte[] bytes, int from, int to, String charsetName) {
    String name = canonical(charsetName);
    if (isUtf7(name)) {
      return StandardCharsets.US_ASCII;
    }
    switch (name) {
      case "",
      "us-ascii",
      "ascii",
      "ansi_x3.4-1968",
      "unknown-8bit",
      "x-unknown",
      "unknown",
      "8bit":
        return guessed(bytes, from, to);
      default:
        return find(name)
            .map(charset -> honest(bytes, from, to, name, charset))
            .orElseGet(
                () -> isUtf8(bytes, from, to) ? StandardCharsets.UTF_8 : StandardCharsets.US_ASCII);
    }
  }

  /** Whether {@link #decode} reads octets under this name as UTF-7. */
  public static boolean isUtf7(String charsetName) {
    return switch (canonical(charsetName)) {
      case "utf-7", "unicode-1-1-utf-7", "x-unicode-2-0-utf-7" -> true;
      default -> false;
    };
  }

  /** The set that was used, where the name of another was written. */
  private static Charset honest(byte[] bytes, int from, int to, String name, Charset claimed) {
    boolean utf8 = claimed.equals(StandardCharsets.UTF_8);
    boolean single =
        name.startsWith("iso-8859-")
            || name.startsWith("windows-125")
            || name.startsWith("koi8")
            || claimed.equals(WINDOWS_1252);
    if (!utf8 && !single) {
      return claimed;
    }
    Octets octets = Octets.of(bytes, from, to);
    if (utf8) {
      boolean word = to - from >= ENOUGH; // less may be anything
      return word && octets.strays() > 0 && octets.sequences() == 0 ? WINDOWS_1252 : claimed;
    }
    if (octets.strays() == 0 && octets.sequences() > 0) {
      boolean western = claimed.equals(WINDOWS_1252) || name.equals("iso-8859-15");
      return western || octets.sequences() >= ENOUGH ? StandardCharsets.UTF_8 : claimed;
    }
    String wider = octets.controls() ? WIDER.get(name) : null;
    return wider == null ? claimed : Charset.forName(wider);
  }

  /**
   * What octets above 127 are.
   *
   * @param sequences of UTF-8, whole
   * @param strays that are part of none; one that is cut off at the end does not count
   * @param controls whether there are such as are control characters in the ISO 8859 sets
   */
  private record Octets(int sequences, int strays, boolean controls) {
    static Octets of(byte[] bytes, int from, int to) {
      int sequences = 0;
      int strays = 0;
      boolean controls = false;
      int i = from;
      while (i < to) {
        int octet = bytes[i] & 0xFF;
        if (octet < 0x80) {
          i++;
          continue;
        }
        controls |= octet < 0xA0;
        int length = octet >= 0xC2 && octet < 0xE0 ? 2 : octet >= 0xE0 && octet < 0xF0 ? 3 : 4;
        boolean leads = octet >= 0xC2 && octet < 0xF5;
        int end = i + 1;
        while (leads && end < to && end < i + length && (bytes[end] & 0xC0) == 0x80) {
          end++;
        }
        if (leads && end == i + length) {
          sequences++;
          i = end;
        } else if (leads && end == to && end > i + 1) {
          i = end;
        } else {
          strays++;
          i++;
        }
      }
      return new Octets(sequences, strays, controls);
    }
  }

  /** UTF-8 if these octets are that, else windows-1252, which gives every octet some meaning. */
  public static String guess(byte[] bytes, int from, int to) {
    return new String(bytes, from, to - from, guessed(bytes, from, to));
  }

  private static Charset guessed(byte[] bytes, int from, int to) {
    for (int i = from; i < to; i++) {
      if (bytes[i] < 0) {
        return isUtf8(bytes, from, to) ? StandardCharsets.UTF_8 : WINDOWS_1252;
      }
    }
    return StandardCharsets.ISO_8859_1;
  }

  /** The set we read under this name, if we know it; UTF-7 is read, but has no object. */
  public static Optional<Charset> find(String charsetName) {
    String name = canonical(charsetName);
    return Optional.ofNullable(Known.BY_NAME.get(ALIASES.getOrDefault(name, name)));
  }

  /** Java goes through all providers for each name that it does not know, and a mail has many. */
  private static final class Known {
    static final Map<String, Charset> BY_NAME = new HashMap<>();

    static {
      for (Charset charset : Charset.availableCharsets().values()) {
        BY_NAME.put(charset.name().toLowerCase(Locale.ROOT), charset);
      }
      for (Charset charset : Charset.availableCharsets().values()) {
        charset
            .aliases()
            .forEach(alias -> BY_NAME.putIfAbsent(alias.toLowerCase(Locale.ROOT), charset));
      }
    }
  }

  private static String canonical(String charsetName) {
    String name = charsetName.strip().toLowerCase(Locale.ROOT);
    int language = name.indexOf('*'); // RFC 2231 section 5: =?utf-8*en?q?..?=
    return language < 0 ? name : name.substring(0, language);
  }

  /**
   * Whether these octets are UTF-8 from the first to the last (RFC 3629); takes no memory for it.
   *
   * @param from first octet
   * @param to after the last
   */
  public static boolean isUtf8(byte[] bytes, int from, int to) {
    CharsetDecoder decoder = StandardCharsets.UTF_8.newDecoder(); // reports errors, unlike String
    ByteBuffer octets = ByteBuffer.wrap(bytes, from, to - from);
    CharBuffer text = CharBuffer.allocate(Math.clamp(to - from, 2, 1 << 13));
    while (true) {
      CoderResult result = decoder.decode(octets, text, true);
      if (!result.isOverflow()) {
        return result.isUnderflow();
      }
      text.clear();
    }
  }
}
