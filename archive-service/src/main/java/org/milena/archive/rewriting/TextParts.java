package org.milena.archive.rewriting;

import java.util.List;
import java.util.Locale;
import org.milena.common.header.MailCharsets;

/** Which parts of a message are text, whatever they say. */
public final class TextParts {

  /** Sets in which an octet below 128 may be no ASCII character. */
  private static final List<String> OTHERS =
      List.of(
          "utf-16",
          "utf-32",
          "iso-10646",
          "ucs-",
          "utf-7",
          "unicode-1-1",
          "x-unicode",
          "iso-2022",
          "hz",
          "ibm",
          "cp037",
          "ebcdic");

  private static final List<String> NO_TEXT =
      List.of("image/", "audio/", "video/", "font/", "application/zip", "application/pdf");

  /**
   * Whether something readable is looked for in it: what says that it is text, and what is.
   *
   * @param type media type in lower case; may be empty
   * @param charset as the part claims; may be empty
   */
  public static boolean isText(String type, String charset, byte[] content) {
    return isText(type, charset, content, content.length);
  }

  /**
   * The same of so many octets, from the first.
   *
   * @param type media type in lower case; may be empty
   * @param charset as the part claims; may be empty
   */
  public static boolean isText(String type, String charset, byte[] content, int length) {
    if (isNoAscii(charset)) {
      return true;
    }
    for (int i = 0; i < length; i++) {
      if (content[i] == 0) {
        // a picture or a program, whatever it says
        return false;
      }
    }
    if (type.isEmpty() || type.startsWith("text/") || type.startsWith("message/")) {
      return true;
    }
    boolean other = NO_TEXT.stream().anyMatch(type::startsWith) && !type.contains("xml");
    return !other && MailCharsets.isUtf8(content, 0, length);
  }

  /** Whether it is HTML, of any kind. */
  public static boolean isHtml(String type) {
    return type.toLowerCase(Locale.ROOT).contains("html");
  }

  /** Whether octets below 128 may be something else than ASCII in this charset. */
  public static boolean isNoAscii(String charset) {
    String name = charset.strip().toLowerCase(Locale.ROOT);
    return OTHERS.stream().anyMatch(name::startsWith);
  }

  /** Whether they are UTF-8. */
  public static boolean isUtf8(byte[] content) {
    return MailCharsets.isUtf8(content, 0, content.length);
  }

  private TextParts() {}
}
