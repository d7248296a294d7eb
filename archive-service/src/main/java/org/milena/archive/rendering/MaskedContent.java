package org.milena.archive.rendering;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;
import org.milena.archive.message.AddressMask;
import org.milena.archive.rewriting.TextParts;
import org.milena.common.header.MailCharsets;

/** The content of a part without addresses, in the charset it was in. */
final class MaskedContent {
  private static final Pattern WRITTEN_AT =
      Pattern.compile("&#0*64;?|&#x0*40;?|&commat;|%40", Pattern.CASE_INSENSITIVE);

  /** Whether its text can be written in the charset it is read in. */
  static boolean keepsCharset(String charset) {
    return !TextParts.isNoAscii(charset)
        || MailCharsets.find(charset).map(Charset::canEncode).orElse(false);
  }

  /**
   * Octets above 127 stay as they are where the charset is one with ASCII in it, however the rest
   * of it is meant.
   */
  static byte[] of(byte[] content, String charset, boolean html) {
    if (TextParts.isNoAscii(charset)) {
      String text = MailCharsets.decode(content, 0, content.length, charset);
      String masked = mask(text, html);
      Charset target =
          MailCharsets.find(charset).filter(Charset::canEncode).orElse(StandardCharsets.UTF_8);
      return masked.equals(text) ? content : masked.getBytes(target);
    }
    Charset exact =
        TextParts.isUtf8(content) ? StandardCharsets.UTF_8 : StandardCharsets.ISO_8859_1;
    String text = new String(content, exact);
    String masked = mask(text, html);
    return masked.equals(text) ? content : masked.getBytes(exact);
  }

  private static String mask(String text, boolean html) {
    return AddressMask.ascii(html ? WRITTEN_AT.matcher(text).replaceAll("@") : text);
  }

  private MaskedContent() {}
}
