package org.milena.archive.rendering;

import java.io.IOException;
import java.io.InputStream;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.milena.common.header.MailCharsets;
import org.milena.common.mime.MimeWalker;
import org.milena.common.mime.PartHeader;
import org.milena.common.mime.PartVisitor;

/** Takes the HTML of a message, and the pictures that it brings for it. */
final class HtmlParts implements PartVisitor {
  private static final int MAX_PICTURES = 4 << 20;

  private final int max;
  private final StringBuilder html = new StringBuilder();
  private final Map<String, String> pictures = new HashMap<>();
  private int pictureOctets;
  private boolean cut;

  /**
   * @param max characters of HTML
   */
  HtmlParts(int max) {
    this.max = max;
  }

  @Override
  public boolean part(PartHeader header, InputStream content) throws IOException {
    if (header.type().equals("text/html") && header.isText()) {
      html(header, content);
    } else if (!header.contentId().isEmpty() && header.type().startsWith("image/")) {
      picture(header, content);
    }
    return true;
  }

  private void html(PartHeader header, InputStream content) throws IOException {
    int room = max - html.length();
    byte[] bytes = MimeWalker.read(content, 4 * room);
    String text = MailCharsets.decode(bytes, 0, bytes.length, header.charset());
    cut |= text.length() > room || MimeWalker.drain(content) > 0;
    html.append(html.isEmpty() || room < 10 ? "" : "<hr>");
    html.append(text, 0, Math.min(text.length(), Math.max(0, max - html.length())));
  }

  private void picture(PartHeader header, InputStream content) throws IOException {
    byte[] bytes = MimeWalker.read(content, MAX_PICTURES - pictureOctets + 1);
    String type = pictureType(bytes);
    if (type != null && pictureOctets + bytes.length <= MAX_PICTURES) {
      pictureOctets += bytes.length;
      pictures.putIfAbsent(
          header.contentId(),
          "data:" + type + ";base64," + Base64.getEncoder().encodeToString(bytes));
    }
  }

  /** By its first octets, whatever the message claims; null for what no browser need show. */
  static @Nullable String pictureType(byte[] bytes) {
    String start =
        new String(Arrays.copyOf(bytes, Math.min(bytes.length, 12)), StandardCharsets.ISO_8859_1);
    if (start.startsWith("\u0089PNG\r\n\u001a\n")) {
      return "image/png";
    } else if (start.startsWith("\u00ff\u00d8\u00ff")) {
      return "image/jpeg";
    } else if (start.startsWith("GIF87a") || start.startsWith("GIF89a")) {
      return "image/gif";
    } else if (start.startsWith("RIFF") && start.startsWith("WEBP", 8)) {
      return "image/webp";
    }
    return null;
  }

  boolean isEmpty() {
    return html.toString().isBlank();
  }

  String html() {
    return html.toString();
  }

  boolean isCut() {
    return cut;
  }

  /** The picture as a data URL; null for none. */
  @Nullable String picture(String source) {
    return source.toLowerCase(Locale.ROOT).startsWith("cid:")
        ? pictures.get(unescaped(source.substring(4)))
        : null;
  }

  private static String unescaped(String text) {
    try {
      return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
    } catch (IllegalArgumentException _) {
      return text;
    }
  }
}
