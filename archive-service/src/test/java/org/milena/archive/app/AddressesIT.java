package org.milena.archive.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.milena.archive.TestArchive.raw;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.io.IOException;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.milena.common.directory.MailingList;
import org.milena.common.directory.MemberRole;
import org.milena.common.event.ArchiveId;
import org.milena.common.settings.ArchiveAccess;

/** Addresses over the wire: Message-IDs as mail has them, and what other archives wrote. */
@TestInstance(Lifecycle.PER_CLASS)
class AddressesIT {
  private static final String LIST = "/archive/odd@lists.example";

  /** Message-IDs, and how their addresses begin; {@code ID} where they have none of their own. */
  private static final List<List<String>> ODD =
      List.of(
          List.of("plain@odd.example", "/plain@odd.example/"),
          List.of("a/b//c@odd.example", "/a%2Fb%2F%2Fc@odd.example/"),
          List.of("/begins@odd.example", "/%2Fbegins@odd.example/"),
          List.of("../../up@odd.example", "/..%2F..%2Fup@odd.example/"),
          List.of("100%@odd.example", "/100%25@odd.example/"),
          List.of("%2e%2F@odd.example", "/%252e%252F@odd.example/"),
          List.of("a;b=c@odd.example", "/a%3Bb=c@odd.example/"),
          List.of("q?u#e@odd.example", "/q%3Fu%23e@odd.example/"),
          List.of("\"quoted\"'@odd.example", "/%22quoted%22'@odd.example/"),
          List.of("back\\slash@odd.example", "/back%5Cslash@odd.example/"),
          List.of("plus+&=$@odd.example", "/plus+&=$@odd.example/"),
          List.of("x".repeat(300) + "@odd.example", "/" + "x".repeat(300) + "@odd.example/"),
          List.of("y".repeat(1800) + "@odd.example", "/message/ID/"),
          List.of("search", "/message/ID/"),
          List.of("2026-01", "/message/ID/"),
          List.of("thread", "/message/ID/"),
          List.of("message", "/message/ID/"),
          List.of("..", "/message/ID/"));

  private final RunningArchive archive = RunningArchive.start();
  private final MailingList list = archive.list("odd@lists.example", "Odd", ArchiveAccess.PUBLIC);
  private final MailingList closed =
      archive.list("closed@lists.example", "Closed", ArchiveAccess.MEMBERS);
  private final List<ArchiveId> posts = new ArrayList<>();
  private final List<ArchiveId> twins = new ArrayList<>();

  @BeforeAll
  void begin() {
    int number = 0;
    for (List<String> odd : ODD) {
      posts.add(
          archive.post(
              list,
              raw(
                  "Message-ID: <%s>\nSubject: odd %d\nDate: Mon, 5 Jan 2026 10:00:00 +0000\n\nword%d\n"
                      .formatted(odd.getFirst(), number, number))));
      number++;
    }
    for (String text : List.of("first twin", "second twin")) {
      twins.add(
          archive.post(
              list,
              raw(
                  "Message-ID: <twin@odd.example>\nSubject: %s\nDate: Tue, 6 Jan 2026 10:00:00 +0000\n\n%s\n"
                      .formatted(text, text))));
    }
    ArchiveId nameless = archive.post(list, raw("Subject: nameless\n\nnamelessword\n"));
    posts.add(nameless);
    var unused =
        archive.post(closed, raw("Message-ID: <secret@odd.example>\nSubject: secret\n\nsecret\n"));
    archive.account("mia", "mia@members.example", false);
    archive.member(closed, "mia@members.example", MemberRole.MEMBER);
    int all = ODD.size() + 3;
    RunningArchive.await(
        "all posts",
        () -> archive.get("/api/v1/archive/search?q=*").body().contains("\"total\":" + all + ","));
  }

  @AfterAll
  void end() {
    archive.close();
  }

  @Test
  void givesEveryMessageIdAnAddress() {
    for (int i = 0; i < ODD.size(); i++) {
      String id = posts.get(i).value();
      String own = LIST + ODD.get(i).get(1).replace("ID", id);
      assertPage(own, "word" + i);
      String found = archive.get("/api/v1" + LIST + "/messages/" + id).body();
      assertThat(found).contains("\"url\":\"" + own + "\"");
      assertThat(archive.get(own + "raw").body()).as(own).contains("word" + i);
      assertPage(own + "thread/", "word" + i);
      assertPage(own + "flat/", "word" + i);
      if (!own.contains("/message/")) {
        assertMoved(301, LIST + "/message/" + id, own);
        assertMoved(301, own.substring(0, own.length() - 1), own);
        assertMoved(301, LIST + "/thread/" + id, own + "thread/");
      }
      String escaped = URLEncoder.encode(ODD.get(i).getFirst(), StandardCharsets.UTF_8);
      assertMoved(302, LIST + "/mid?id=" + escaped, own);
    }
  }

  @Test
  void givesAnAddressToWhatHasNoMessageId() {
    String found = archive.get("/api/v1" + LIST + "/messages/" + posts.getLast()).body();
    String url =
        found.replaceFirst(
            "(?s).*\"url\":\"(" + LIST + "/[0-9a-f]{64}@no-message-id.invalid/)\".*", "$1");
    assertPage(url, "namelessword");
  }

  @Test
  void showsAllThatShareAMessageId() {
    String own = LIST + "/twin@odd.example/";
    assertPage(own, "first twin");
    assertPage(own, "second twin");
    for (ArchiveId twin : twins) {
      assertMoved(301, LIST + "/message/" + twin, own + "#m-" + twin);
      assertThat(archive.get(own).body()).contains("id=\"m-" + twin + "\"", twin + "/raw");
    }
    assertMoved(302, own + "raw", own);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/archive/odd@lists.example/../../manage/",
        "/archive/%2e%2e/manage/",
        "/archive/odd@lists.example/a%00b@x/",
        "/archive/odd@lists.example/none@odd.example/",
        "/archive/odd@lists.example/%3Cscript%3E@x/",
        "/archive/odd@lists.example/%FF@x/",
        "/archive/odd@lists.example/a@b;x=y/",
        "/archive/odd@lists.example//a@b/",
      })
  void findsNothingWhereNothingIs(String path) {
    HttpResponse<String> response = archive.get(path);
    assertThat(response.statusCode()).as(path).isIn(400, 404);
    assertThat(response.body()).doesNotContain("<script>");
  }

  @ParameterizedTest
  @CsvSource({
    "/archives/list/odd@lists.example/, /archive/odd@lists.example",
    "/hyperkitty/list/odd@lists.example/2026/1/, /archive/odd@lists.example/2026-01",
    "/archives/list/odd@lists.example/export/x.mbox.gz?start=2026-01-01,"
        + " /archive/odd@lists.example/mbox.gz?month=2026-01",
    "/archives/search?q=a+b&mlist=odd@lists.example,"
        + " /archive/search?q=a+b&list=odd%40lists.example",
    "/pipermail/odd/, /archive/odd@lists.example",
    "/pipermail/odd/2026-January/thread.html, /archive/odd@lists.example/2026-01",
    "/pipermail/odd/2026-January/000001.html, /archive/odd@lists.example/2026-01",
    "/arc/odd/2026-01/, /archive/odd@lists.example/2026-01",
    "/thread.html/plain@odd.example, /archive/odd@lists.example/plain@odd.example/thread/",
    "/thread.html/%3Ca%2Fb%2F%2Fc@odd.example%3E,"
        + " /archive/odd@lists.example/a%2Fb%2F%2Fc@odd.example/thread/",
    "/list.html?odd@lists.example:2026-1, /archive/odd@lists.example/2026-01",
    "/odd/plain@odd.example/, /archive/odd@lists.example/plain@odd.example/",
    "/odd/plain@odd.example/T/, /archive/odd@lists.example/plain@odd.example/flat/",
    "/odd/plain@odd.example/t/, /archive/odd@lists.example/plain@odd.example/thread/",
    "/odd/m/plain@odd.example.html, /archive/odd@lists.example/plain@odd.example/",
    "/odd/new.atom, /archive/odd@lists.example/atom",
    "/odd/?q=x, /archive/search?q=x&list=odd%40lists.example",
    "/odd/?q=x&x=A, /archive/search/atom?q=x&list=odd%40lists.example",
    "/odd/?q=x&x=m, /archive/search/mbox.gz?q=x&list=odd%40lists.example",
    "/odd/plain@odd.example/t.mbox.gz, /archive/odd@lists.example/mbox.gz?thread=PLAIN",
    "/odd/plain@odd.example/t.atom, /archive/odd@lists.example/atom?thread=PLAIN",
  })
  void leadsOnFromOtherArchives(String former, String ours) {
    assertMoved(301, former, ours.replace("PLAIN", posts.getFirst().value()));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/closed/",
        "/closed/secret@odd.example/",
        "/thread.html/secret@odd.example",
        "/thread/secret@odd.example",
        "/pipermail/closed/",
        "/archives/list/closed.lists.example/",
        "/odd/secret@odd.example/",
        "/thread.html/nothing@odd.example",
        "/nolist/",
        "//evil.invalid/",
        "/evil.invalid/%2F%2Fevil.invalid@x/",
        "/thread.html/https:%2F%2Fevil.invalid@x",
      })
  void tellsNothingOfWhatIsClosed(String path) {
    HttpResponse<String> response = archive.get(path);
    assertThat(response.statusCode()).as(path).isIn(400, 404);
    assertThat(response.headers().firstValue("Location")).isEmpty();
    assertThat(response.body()).doesNotContain("secret twin", "for its members");
  }

  @Test
  void answersForAClosedListAsItsPageDoes() {
    for (String path :
        List.of(
            "/archives/list/closed@lists.example/", "/closed@lists.example/secret@odd.example/")) {
      assertThat(archive.get(path).statusCode()).as(path).isEqualTo(401);
    }
    assertThat(archive.get("/archives/list/none@lists.example/").statusCode()).isEqualTo(404);
  }

  @Test
  void saysThatAPageIsStillTheSame() throws IOException, InterruptedException {
    for (String path :
        List.of(
            "/archive",
            LIST,
            LIST + "/2026-01",
            LIST + "/plain@odd.example/",
            LIST + "/plain@odd.example/thread/")) {
      HttpResponse<String> page = archive.get(path);
      assertThat(page.headers().firstValue("Cache-Control")).contains("public, max-age=60");
      assertThat(String.join(",", page.headers().allValues("Vary")))
          .contains("Cookie", "Accept-Language");
      String tag = page.headers().firstValue("ETag").orElseThrow();
      HttpRequest again =
          HttpRequest.newBuilder(archive.uri(path))
              .header("Accept", "text/html,*/*;q=0.8")
              .header("If-None-Match", tag)
              .build();
      try (HttpClient http = HttpClient.newHttpClient()) {
        assertThat(http.send(again, HttpResponse.BodyHandlers.ofString()).statusCode())
            .as(path)
            .isEqualTo(304);
      }
      assertThat(archive.pageAs("mia", path).headers().firstValue("Cache-Control"))
          .contains("private, no-cache");
    }
  }

  @Test
  void speaksTheLanguageOfItsReader() throws IOException, InterruptedException {
    assertThat(archive.get(LIST).body()).contains("<html lang=\"en\"", "Latest threads");
    HttpResponse<String> german = archive.get(LIST + "?lang=de");
    assertThat(german.body()).contains("<html lang=\"de\"", "hreflang=\"en\"");
    assertThat(german.headers().firstValue("Set-Cookie").orElse("")).startsWith("lang=de;");
    HttpRequest asked =
        HttpRequest.newBuilder(archive.uri(LIST))
            .header("Accept", "text/html")
            .header("Accept-Language", "fr, de-AT;q=0.8, en;q=0.5")
            .build();
    try (HttpClient http = HttpClient.newHttpClient()) {
      assertThat(http.send(asked, HttpResponse.BodyHandlers.ofString()).body())
          .contains("<html lang=\"de\"");
    }
    assertThat(archive.get("/archive/search?q=*&lang=de").body())
        .contains("<html lang=\"de\"", "neueste zuerst", "Nur einige davon");
    assertThat(archive.get("/archive/search?q=d:soon&lang=de").body())
        .contains("ist kein Datum")
        .doesNotContain("is not a date");
    assertThat(archive.get(LIST + "?lang=%22%3E%3Cx").body()).contains("<html lang=\"en\"");
    assertThat(archive.get("/archive/nobody@lists.example?lang=de").body())
        .contains("<main lang=\"en\"");
  }

  @Test
  void marksWhatIsNew() {
    String body = archive.get(LIST + "?since=2026-01-05T12:00:00Z").body();
    assertThat(body).contains("class=\"badge new\"", "?since=2026-01-05T12:00:00Z#new");
    assertThat(archive.get(LIST + "?since=yesterday").statusCode()).isEqualTo(400);
    String thread =
        archive.get(LIST + "/twin@odd.example/thread/?since=2026-01-05T12:00:00Z").body();
    assertThat(thread).contains("id=\"new\"", "2 new messages", "href=\"#new\" accesskey=\"j\"");
  }

  @Test
  void asksLittleForAPage() {
    for (String path :
        List.of(
            "/archive",
            LIST,
            LIST + "/2026-01",
            LIST + "/twin@odd.example/",
            LIST + "/twin@odd.example/thread/",
            LIST + "/twin@odd.example/flat/")) {
      // what runs beside it asks too, now and then: the fewest of some are its own
      long fewest = Long.MAX_VALUE;
      for (int i = 0; i < 5; i++) {
        long before = asked();
        assertThat(archive.get(path).statusCode()).isEqualTo(200);
        fewest = Math.min(fewest, asked() - before);
      }
      assertThat(fewest).as(path).isLessThanOrEqualTo(5);
    }
  }

  /** How often the search engine was asked. */
  private long asked() {
    return archive.bean(MeterRegistry.class).find("milena.archive.elasticsearch").timers().stream()
        .mapToLong(Timer::count)
        .sum();
  }

  private void assertPage(String path, String words) {
    HttpResponse<String> response = archive.get(path);
    assertThat(response.statusCode()).as(path).isEqualTo(200);
    assertThat(response.body()).as(path).contains(words);
  }

  private void assertMoved(int status, String path, String to) {
    HttpResponse<String> response = archive.get(path);
    assertThat(response.statusCode()).as(path).isEqualTo(status);
    assertThat(response.headers().firstValue("Location")).as(path).contains(to);
  }
}
