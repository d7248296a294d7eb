package org.milena.archive.rendering;

import java.io.IOException;
import java.io.InputStream;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.milena.archive.message.FileName;
import org.milena.common.header.MailCharsets;
import org.milena.common.mime.MimeWalker;
import org.milena.common.mime.PartHeader;
import org.milena.common.mime.PartVisitor;

/** Takes the HTML of a message, and notes the parts that it can name; of these it reads nothing. */
final class HtmlParts implements PartVisitor {
  private final int max;
  private final StringBuilder html = new StringBuilder();
  private final Map<String, Named> byId = new HashMap<>();
  private final Map<String, Named> byLocation = new HashMap<>();
  private boolean cut;

  /**
   * A part that has a name for HTML.
   *
   * @param path where it stands in the message
   * @param name as an attachment
   */
  record Named(String path, String name) {}

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
      return true;
    }
    String id = CidUrl.bare(header.contentId());
    if (id.isEmpty() && header.contentLocation().isEmpty()) {
      return true;
    }
    Named named =
        new Named(header.path(), FileName.of(header.claimedName(), header.type(), header.path()));
    if (!id.isEmpty()) {
      byId.putIfAbsent(id, named);
    }
    if (!header.contentLocation().isEmpty()) {
      byLocation.putIfAbsent(header.contentLocation(), named);
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

  boolean isEmpty() {
    return html.toString().isBlank();
  }

  String html() {
    return html.toString();
  }

  boolean isCut() {
    return cut;
  }

  /**
   * The part that HTML names so: by Content-ID (RFC 2392), or by Content-Location, letter by letter
   * (RFC 2557 section 5 with nothing to resolve); null for none.
   */
  @Nullable Named named(String source) {
    if (!CidUrl.is(source)) {
      return byLocation.get(source);
    }
    Named named = byId.get(CidUrl.bare(CidUrl.unescaped(source)));
    // some write an id with a % in it as it is
    return named == null ? byId.get(CidUrl.bare(CidUrl.written(source))) : named;
  }

  /** Addresses of parts by their Content-ID. */
  static final class CidUrl {
    private static final String SCHEME = "cid:";

    static boolean is(String source) {
      return source.length() >= SCHEME.length()
          && source.substring(0, SCHEME.length()).toLowerCase(Locale.ROOT).equals(SCHEME);
    }

    static String written(String source) {
      return source.substring(SCHEME.length());
    }

    static String unescaped(String source) {
      return Escapes.resolved(written(source));
    }

    /** As ids are compared: without brackets, and without the white space that folding leaves. */
    static String bare(String id) {
      return id.replaceAll("[\\s<>]+", "");
    }

    private CidUrl() {}
  }
}
