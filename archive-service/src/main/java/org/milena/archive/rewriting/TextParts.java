package org.milena.archive.rewriting;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import org.milena.common.header.MailCharsets;

/** Which parts of a message are text, whatever they say. */
public final class TextParts {

  /** Sets that we may not know, in which an octet below 128 may be no ASCII character. */
  private static final List<String> OTHERS =
      List.of(
          "utf-16",
          "utf16",
          "utf-32",
          "utf32",
          "iso-10646",
          "ucs",
          "csunicode",
          "unicode",
          "x-unicode",
          "iso-2022",
          "hz",
          "ibm",
          "cp037",
          "ebcdic");

  /** What addresses are made of, and sequences that lead to other characters (ISO 2022). */
  private static final byte[] ASCII =
      ("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789@.-_+&#;%\r\n"
              + "\033$)C\n\0160!\017 \033$B0! \033$A0! \033(I0!")
          .getBytes(StandardCharsets.US_ASCII);

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
    // without a slash it is no type, and text then (RFC 2045 section 5.2)
    if (type.indexOf('/') <= 0 || type.startsWith("text/") || isNoAscii(charset)) {
      return true;
    }
    for (int i = 0; i < length; i++) {
      if (content[i] == 0) {
        // a picture or a program, whatever it says
        return false;
      }
    }
    if (type.startsWith("message/")) {
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
    if (charset.isBlank()) {
      return false;
    }
    if (MailCharsets.isUtf7(charset)) {
      return true;
    }
    Charset known = MailCharsets.find(charset).orElse(null);
    if (known == null) {
      String name = charset.strip().toLowerCase(Locale.ROOT);
      return OTHERS.stream().anyMatch(name::startsWith);
    }
    return !known.equals(StandardCharsets.UTF_8)
        && !new String(ASCII, known).equals(new String(ASCII, StandardCharsets.US_ASCII));
  }

  /** Whether they are UTF-8. */
  public static boolean isUtf8(byte[] content) {
    return MailCharsets.isUtf8(content, 0, content.length);
  }

  private TextParts() {}
}
