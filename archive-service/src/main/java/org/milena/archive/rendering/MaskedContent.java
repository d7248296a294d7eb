package org.milena.archive.rendering;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.milena.archive.message.AddressMask;
import org.milena.common.header.MailCharsets;

/** The content of a part without addresses, in the charset it was in. */
final class MaskedContent {
  private static final Pattern WRITTEN_AT =
      Pattern.compile("&#0*64;?|&#x0*40;?|&commat;|%40", Pattern.CASE_INSENSITIVE);

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

  /** Whether addresses are looked for in it: what says that it is text, and what is. */
  static boolean isText(String type, String charset, byte[] content) {
    if (isOther(charset)) {
      return true;
    }
    for (byte octet : content) {
      if (octet == 0) {
        // a picture or a program, whatever it says
        return false;
      }
    }
    if (type.isEmpty() || type.startsWith("text/") || type.startsWith("message/")) {
      return true;
    }
    boolean other = NO_TEXT.stream().anyMatch(type::startsWith) && !type.contains("xml");
    return !other && isUtf8(content);
  }

  /** Whether its text can be written in the charset it is read in. */
  static boolean keepsCharset(String charset) {
    return !isOther(charset) || MailCharsets.find(charset).map(Charset::canEncode).orElse(false);
  }

  /**
   * Octets above 127 stay as they are where the charset is one with ASCII in it, however the rest
   * of it is meant.
   */
  static byte[] of(byte[] content, String charset, boolean html) {
    if (isOther(charset)) {
      String text = MailCharsets.decode(content, 0, content.length, charset);
      String masked = mask(text, html);
      Charset target =
          MailCharsets.find(charset).filter(Charset::canEncode).orElse(StandardCharsets.UTF_8);
      return masked.equals(text) ? content : masked.getBytes(target);
    }
    Charset exact = isUtf8(content) ? StandardCharsets.UTF_8 : StandardCharsets.ISO_8859_1;
    String text = new String(content, exact);
    String masked = mask(text, html);
    return masked.equals(text) ? content : masked.getBytes(exact);
  }

  private static String mask(String text, boolean html) {
    return AddressMask.ascii(html ? WRITTEN_AT.matcher(text).replaceAll("@") : text);
  }

  private static boolean isOther(String charset) {
    String name = charset.strip().toLowerCase(Locale.ROOT);
    return OTHERS.stream().anyMatch(name::startsWith);
  }

  private static boolean isUtf8(byte[] content) {
    try {
      var unused = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(content));
      return true;
    } catch (CharacterCodingException _) {
      return false;
    }
  }

  private MaskedContent() {}
}
