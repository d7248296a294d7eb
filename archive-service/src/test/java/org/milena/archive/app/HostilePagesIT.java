package org.milena.archive.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jsoup.parser.Parser;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.milena.common.directory.MailingList;
import org.milena.common.event.ArchiveId;
import org.milena.common.header.EncodedWords;
import org.milena.common.mail.RawMessage;
import org.milena.common.settings.ArchiveAccess;
import org.milena.testkit.browser.Browser;
import org.milena.testkit.html.HostileHtml;

/**
 * Mails that mean harm, on all pages, in a real browser: nothing of them runs, and nothing is asked
 * from elsewhere.
 */
@TestInstance(Lifecycle.PER_CLASS)
class HostilePagesIT {
  private static final Pattern LINK = Pattern.compile("href=\"([^\"]+)\"");

  private static final String SVG =
      "<svg xmlns=\"http://www.w3.org/2000/svg\" onload=\"window.hit=1\"><image href=\"http://"
          + HostileHtml.ELSEWHERE
          + "/svg.png\"/><script>window.hit=2</script></svg>";

  /** One red point. */
  private static final String PNG =
      "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==";

  private final RunningArchive archive = RunningArchive.start();
  private final Browser browser = Browser.start();
  private final List<ArchiveId> posts = new ArrayList<>();

  @BeforeAll
  void begin() {
    int number = 0;
    List<String> payloads = HostileHtml.all();
    for (String payload : payloads) {
      number++;
      MailingList list =
          archive.list(
              "h" + number % 3 + "@lists.example",
              number <= 3 ? payloads.get(number + 3) : "List " + number % 3,
              ArchiveAccess.PUBLIC);
      posts.add(archive.post(list, mail(number, payload)));
    }
    RunningArchive.await(
        "all posts",
        () ->
            archive
                .get("/api/v1/archive/search?q=*")
                .body()
                .contains("\"total\":" + payloads.size() + ","));
  }

  /** The payload wherever a mail has room for it. */
  private static RawMessage mail(int number, String payload) {
    String word = encodedWord(payload);
    String id = payload.replaceAll("[<>\\s\\x00]", "_") + number + "@hostile.example";
    String body =
        """
        Message-ID: <%1$s>
        From: %2$s <h%3$d@hostile.example>
        To: %2$s <h@lists.example>
        Date: Mon, 5 Jan 2026 10:00:00 +0000
        Subject: %2$s
        References: <root%4$d@hostile.example>
        Content-Type: multipart/mixed; boundary=b

        --b
        Content-Type: multipart/alternative; boundary=c

        --c
        Content-Type: text/plain; charset=utf-8
        Content-Transfer-Encoding: base64

        %5$s
        --c
        Content-Type: text/html; charset=utf-8
        Content-Transfer-Encoding: base64

        %6$s
        --c--
        --b
        Content-Type: text/html
        Content-Disposition: attachment; filename="%7$s"

        x
        --b
        Content-Type: image/png; name="%7$s"
        Content-ID: <%8$s>
        Content-Transfer-Encoding: base64

        %9$s
        --b--
        """
            .formatted(
                id,
                word,
                number,
                number % 3,
                base64(
                    "hostileword "
                        + payload
                        + "\n> "
                        + payload
                        + "\nhttp://x.invalid/"
                        + payload
                        + "\n-- \n"
                        + payload),
                base64("<p>text</p>" + payload + "<p>more</p>" + pictures(payload)),
                payload.replaceAll("[\\\\\"\\s\\x00]", "_"),
                contentId(payload),
                base64(SVG));
    return RawMessage.wrap(body.replace("\n", "\r\n").getBytes(StandardCharsets.UTF_8));
  }

  /** As the id of a part, and as a picture of it in every way. */
  private static String pictures(String payload) {
    String id = URLEncoder.encode(contentId(payload), StandardCharsets.UTF_8);
    return """
    <img alt="x" src="cid:%1$s"><img src="cid:%2$s"><img src="data:image/png;base64,%3$s">
    <img src="data:image/svg+xml;base64,%3$s"><img src="data:image/svg+xml,%4$s">
    <img src="http://%5$s/far.png"><img src="//%5$s/far.png" srcset="http://%5$s/set.png 2x">
    <p style="background:url(cid:%1$s);list-style:url(http://%5$s/style)">x</p>
    """
        .formatted(
            id.replace("+", "%20"),
            payload.replace("\"", "&quot;"),
            base64(SVG).replace("\n", ""),
            URLEncoder.encode(SVG, StandardCharsets.UTF_8).replace("+", "%20"),
            HostileHtml.ELSEWHERE);
  }

  private static String contentId(String payload) {
    return payload.replaceAll("[<>\\s\\x00]", "_");
  }

  private static String encodedWord(String text) {
    return EncodedWords.encode("\u00fc" + text.replace(' ', '\u00a0').replace('\u0000', '_'));
  }

  private static String base64(String text) {
    return Base64.getMimeEncoder()
        .encodeToString(text.getBytes(StandardCharsets.UTF_8))
        .replace("\r\n", "\n");
  }

  @AfterAll
  void end() {
    browser.close();
    archive.close();
  }

  @Test
  void seesWhatRunsAndWhatIsLoaded() {
    String page =
        "<img src=x onerror='window.hit=1'><img src='http://"
            + HostileHtml.ELSEWHERE
            + "/proof'><iframe srcdoc='<script>window.hit=2</script>'></iframe>";
    browser.open(
        URI.create(
            "data:text/html;base64,"
                + Base64.getEncoder().encodeToString(page.getBytes(StandardCharsets.UTF_8))));
    RunningArchive.await("the script", () -> browser.hits().size() == 2);
    RunningArchive.await(
        "the request",
        () -> browser.askedElsewhere().stream().anyMatch(one -> one.contains("/proof")));
  }

  @Test
  void nothingRunsOnAnyPage() {
    List<String> pages = new ArrayList<>(List.of("/archive", "/archive/search?q=hostileword"));
    for (int list = 0; list < 3; list++) {
      String path = "/archive/h" + list + "@lists.example";
      pages.add(path);
      pages.add(path + "/2026-01");
      String listing = archive.get(path + "/2026-01").body();
      links(listing).filter(link -> link.endsWith("/thread/")).distinct().forEach(pages::add);
      links(listing)
          .filter(link -> link.endsWith("/thread/"))
          .distinct()
          .map(link -> link.substring(0, link.length() - 7) + "flat/")
          .forEach(pages::add);
    }
    for (String payload : HostileHtml.all()) {
      pages.add("/archive/search?q=" + URLEncoder.encode(payload, StandardCharsets.UTF_8));
    }
    assertThat(pages).hasSizeGreaterThan(10);
    pages.forEach(this::assertQuiet);
  }

  @Test
  void nothingRunsOnThePageOfAMail() {
    int number = 0;
    for (ArchiveId post : posts) {
      number++;
      String page = "/archive/h" + number % 3 + "@lists.example/message/" + post;
      assertThat(archive.get(page).statusCode()).isIn(200, 301);
      assertQuiet(page);
      assertThat(archive.get(page + "/html").statusCode()).as(page).isEqualTo(200);
      // the page, and the mail in its frame
      assertQuiet(page + "/html", 2);
      assertQuiet(page + "/html/body");
    }
  }

  @Test
  void paintsThePicturesThatAMailBrings() {
    MailingList closed = archive.list("p@lists.example", "Pictures", ArchiveAccess.PUBLIC);
    String text =
        """
        Message-ID: <pictures@hostile.example>
        From: Paul <paul@hostile.example>
        Date: Mon, 5 Jan 2026 10:00:00 +0000
        Subject: A picture
        Content-Type: multipart/related; boundary=b

        --b
        Content-Type: text/html; charset=utf-8

        <p>a picture</p><img id=own src="cid:a%%20picture%%40x" alt="own">
        <img src="cid:gone@x" alt="gone">
        --b
        Content-Type: application/octet-stream; name="a picture.png"
        Content-ID: <a picture@x>
        Content-Transfer-Encoding: base64

        %s
        --b--
        """
            .formatted(PNG);
    ArchiveId post =
        archive.post(
            closed,
            RawMessage.wrap(text.replace("\n", "\r\n").getBytes(StandardCharsets.US_ASCII)));
    String page = "/archive/p@lists.example/message/" + post;
    RunningArchive.await("the post", () -> archive.get(page + "/html").statusCode() == 200);
    assertThat(archive.get(page + "/html").body())
        .contains("1 picture of the mail is not shown", "a picture.png");
    assertQuiet(page + "/html", 2);
    assertQuiet(page + "/html/body");
    RunningArchive.await(
        "the picture",
        () ->
            browser
                .evaluate("[...document.images].map(i => i.naturalWidth + ' ' + i.alt).join()")
                .equals("1 own"));
    assertThat(browser.evaluate("document.body.innerText")).contains("gone [picture not shown]");
    assertThat(browser.evaluate("window.origin")).isEqualTo("null");
  }

  private void assertQuiet(String path) {
    assertQuiet(path, 1);
  }

  private void assertQuiet(String path, int frames) {
    browser.open(archive.uri(path));
    RunningArchive.await("the frames of " + path, () -> browser.frames() >= frames);
    assertThat(browser.hits()).as(path).isEmpty();
    assertThat(browser.evaluate("location.origin")).as(path).isEqualTo(archive.uri("").toString());
    assertThat(browser.askedElsewhere())
        .as(path)
        .noneMatch(one -> one.contains(".invalid") && !one.contains("/proof"));
  }

  private static Stream<String> links(String html) {
    Matcher links = LINK.matcher(html);
    return links.results().map(link -> Parser.unescapeEntities(link.group(1), true));
  }
}
