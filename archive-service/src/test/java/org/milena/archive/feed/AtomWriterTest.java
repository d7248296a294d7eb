package org.milena.archive.feed;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.jsoup.Jsoup;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.milena.common.directory.MailingList;
import org.milena.common.event.ArchiveId;
import org.milena.common.mail.ListId;
import org.milena.common.mail.MailAddress;
import org.milena.common.settings.ListSettings;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.Node;
import org.xml.sax.SAXException;

class AtomWriterTest {
  private static final String ATOM = "http://www.w3.org/2005/Atom";
  private static final String EVIL = "]]><script>&amp;\"'\u0000\u001b[1m\ud800 \ufffe 😀";

  @Test
  void writesWhatAnAtomFeedMustHave() {
    Element feed =
        read(feed("Title", "next", entry("Subject", "Anna", null, "text"))).getDocumentElement();
    assertThat(feed.getNamespaceURI()).isEqualTo(ATOM);
    assertThat(feed.getLocalName()).isEqualTo("feed");
    assertThat(feed.getAttribute("xml:lang")).isEqualTo("en");
    assertThat(texts(feed))
        .contains(
            "id=tag:x,2026-01-01:a",
            "title=Title",
            "subtitle=About",
            "updated=2026-01-05T10:00:00Z");
    assertThat(links(feed))
        .containsExactlyInAnyOrder(
            "self https://x/atom?after=c",
            "alternate https://x/archive/a",
            "first https://x/atom",
            "next next");
    Element entry = (Element) feed.getElementsByTagNameNS(ATOM, "entry").item(0);
    assertThat(texts(entry))
        .contains(
            "id=tag:x,2026-01-01:a/1",
            "title=Subject",
            "updated=2026-01-05T10:00:00Z",
            "published=2026-01-05T10:00:00Z",
            "author=Anna");
    assertThat(links(entry)).containsExactly("alternate https://x/archive/a/1");
  }

  @Test
  void staysWellFormedWhateverAMailHolds() {
    Document document =
        read(feed(EVIL, null, entry(EVIL, EVIL, "a@b", "line <b>\n\tAT&T " + EVIL)));
    Element feed = document.getDocumentElement();
    String harmless = "]]><script>&amp;\"'\ufffd\ufffd[1m\ufffd \ufffd 😀";
    assertThat(texts(feed)).contains("title=" + harmless);
    assertThat(links(feed)).noneMatch(link -> link.startsWith("next"));
    Element content = (Element) feed.getElementsByTagNameNS(ATOM, "content").item(0);
    assertThat(content.getAttribute("type")).isEqualTo("html");
    org.jsoup.nodes.Document html = Jsoup.parseBodyFragment(content.getTextContent());
    assertThat(html.body().children()).hasSize(1);
    assertThat(html.body().child(0).wholeText()).isEqualTo("line <b>\n\tAT&T " + harmless);
    assertThat(feed.getElementsByTagNameNS(ATOM, "email").item(0).getTextContent())
        .isEqualTo("a@b");
  }

  @Test
  void namesListsAndPostsForGood() {
    ArchiveId id = ArchiveId.of("x".repeat(27));
    MailingList list = list("dev.lists.example.org");
    assertThat(FeedIds.of(list))
        .isEqualTo("tag:lists.example.org,2026-01-02:dev.lists.example.org");
    assertThat(FeedIds.of(list, id)).isEqualTo(FeedIds.of(list) + "/" + id);
    assertThat(FeedIds.ofThread(list, id)).isEqualTo(FeedIds.of(list) + "/thread/" + id);
    MailingList moved = list.at(MailAddress.of("dev@elsewhere.example"), List.of());
    assertThat(FeedIds.of(moved, id)).isEqualTo(FeedIds.of(list, id));
  }

  private static MailingList list(String id) {
    return new MailingList(
        ListId.of(id),
        MailAddress.of("dev@lists.example.org"),
        "",
        "",
        ListSettings.DISCUSSION,
        Instant.parse("2026-01-02T03:04:05Z"),
        1);
  }

  private static Feed feed(String title, @Nullable String next, Feed.Entry entry) {
    return new Feed(
        "tag:x,2026-01-01:a",
        title,
        "About",
        "en",
        Instant.parse("2026-01-05T10:00:00.123Z"),
        "https://x/archive/a",
        "https://x/atom?after=c",
        "https://x/atom",
        next,
        List.of(entry));
  }

  private static Feed.Entry entry(
      String title, String author, @Nullable String email, String text) {
    return new Feed.Entry(
        "tag:x,2026-01-01:a/1",
        title,
        author,
        email,
        Instant.parse("2026-01-05T10:00:00.999Z"),
        "https://x/archive/a/1",
        text);
  }

  private static Document read(Feed feed) {
    try {
      DocumentBuilderFactory factory = DocumentBuilderFactory.newDefaultNSInstance();
      return factory.newDocumentBuilder().parse(new ByteArrayInputStream(AtomWriter.write(feed)));
    } catch (ParserConfigurationException | SAXException | IOException e) {
      throw new AssertionError(e);
    }
  }

  private static List<String> texts(Element parent) {
    List<String> texts = new ArrayList<>();
    for (Node node = parent.getFirstChild(); node != null; node = node.getNextSibling()) {
      if (node instanceof Element element) {
        texts.add(element.getLocalName() + "=" + element.getTextContent().strip());
      }
    }
    return texts;
  }

  private static List<String> links(Element parent) {
    List<String> links = new ArrayList<>();
    for (Node node = parent.getFirstChild(); node != null; node = node.getNextSibling()) {
      if (node instanceof Element element && element.getLocalName().equals("link")) {
        links.add(element.getAttribute("rel") + " " + element.getAttribute("href"));
      }
    }
    return links;
  }
}
