package org.milena.archive.feed;

import java.io.OutputStream;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import javax.xml.stream.XMLStreamException;
import org.jspecify.annotations.Nullable;

/**
 * Writes a sitemap, or an index of them (sitemaps.org, protocol 0.9). So many URLs of such a length
 * are in one that its limits, 50,000 URLs and 50 MB, are kept: what is above is left out.
 */
public final class SitemapWriter {

  /** URLs in one sitemap: with the longest of them it is 21 MB large, mostly 2 MB. */
  public static final int URLS = 10_000;

  /** Sitemaps in one index. */
  public static final int SITEMAPS = 50_000;

  /** A URL is shorter (protocol, "loc"). */
  private static final int LONGEST = 2048;

  private static final String NAMESPACE = "http://www.sitemaps.org/schemas/sitemap/0.9";

  private final XmlWriter xml;
  private final String element;
  private int room;

  private SitemapWriter(OutputStream out, String root, String element, int room) {
    try {
      this.xml = XmlWriter.begin(out, root, NAMESPACE);
    } catch (XMLStreamException e) {
      throw new IllegalStateException("a sitemap cannot be written", e);
    }
    this.element = element;
    this.room = room;
  }

  /** A sitemap of pages. */
  public static SitemapWriter ofPages(OutputStream out) {
    return new SitemapWriter(out, "urlset", "url", URLS);
  }

  /** An index of sitemaps. */
  public static SitemapWriter ofSitemaps(OutputStream out) {
    return new SitemapWriter(out, "sitemapindex", "sitemap", SITEMAPS);
  }

  /**
   * One more, if there is room and its URL may stand here.
   *
   * @param changed null where that is not known
   */
  public void add(String url, @Nullable Instant changed) {
    if (room == 0 || url.replace("&", "&amp;").length() >= LONGEST) {
      return;
    }
    room--;
    try {
      xml.open(element);
      xml.text("loc", url);
      if (changed != null) {
        xml.text("lastmod", changed.truncatedTo(ChronoUnit.SECONDS).toString());
      }
      xml.close();
    } catch (XMLStreamException e) {
      throw new IllegalStateException("a sitemap cannot be written", e);
    }
  }

  /** Whether there is no room for one more. */
  public boolean isFull() {
    return room == 0;
  }

  /** Ends the document. */
  public void end() {
    try {
      xml.end();
    } catch (XMLStreamException e) {
      throw new IllegalStateException("a sitemap cannot be written", e);
    }
  }
}
