package org.milena.archive.feed;

import java.io.ByteArrayOutputStream;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import javax.xml.stream.XMLStreamException;
import org.jspecify.annotations.Nullable;

/** Writes feeds as Atom (RFC 4287), with the links of RFC 5005 between their pages. */
public final class AtomWriter {
  private static final String ATOM = "http://www.w3.org/2005/Atom";

  /** The whole document. */
  public static byte[] write(Feed feed) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try {
      XmlWriter xml = XmlWriter.begin(out, "feed", ATOM);
      xml.attribute("xml:lang", feed.language());
      xml.text("id", feed.id());
      xml.text("title", feed.title());
      if (!feed.subtitle().isBlank()) {
        xml.text("subtitle", feed.subtitle());
      }
      xml.text("updated", time(feed.updated()));
      xml.text("generator", "Milena");
      link(xml, "self", "application/atom+xml", feed.self());
      link(xml, "alternate", "text/html", feed.page());
      link(xml, "first", "application/atom+xml", feed.first());
      link(xml, "next", "application/atom+xml", feed.next());
      for (Feed.Entry entry : feed.entries()) {
        write(xml, entry);
      }
      xml.end();
      return out.toByteArray();
    } catch (XMLStreamException e) {
      throw new IllegalStateException("a feed cannot be written", e);
    }
  }

  private static void write(XmlWriter xml, Feed.Entry entry) throws XMLStreamException {
    xml.open("entry");
    xml.text("id", entry.id());
    xml.text("title", entry.title());
    xml.text("published", time(entry.date()));
    xml.text("updated", time(entry.date()));
    xml.open("author");
    xml.text("name", entry.author());
    if (entry.email() != null) {
      xml.text("email", entry.email());
    }
    xml.close();
    link(xml, "alternate", "text/html", entry.url());
    xml.open("content");
    xml.attribute("type", "html");
    xml.text(html(entry.text()));
    xml.close();
    xml.close();
  }

  private static void link(XmlWriter xml, String relation, String type, @Nullable String url)
      throws XMLStreamException {
    if (url != null) {
      xml.open("link");
      xml.attribute("rel", relation);
      xml.attribute("type", type);
      xml.attribute("href", url);
      xml.close();
    }
  }

  /** As HTML, since readers run the lines of plain text together. */
  private static String html(String text) {
    return "<pre>"
        + text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
        + "</pre>";
  }

  /** RFC 4287 section 3.3. */
  private static String time(Instant instant) {
    return instant.truncatedTo(ChronoUnit.SECONDS).toString();
  }

  private AtomWriter() {}
}
