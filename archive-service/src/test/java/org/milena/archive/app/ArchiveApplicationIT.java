package org.milena.archive.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.milena.archive.TestArchive.raw;

import java.net.URLEncoder;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.regex.Pattern;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Attribute;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
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
import org.milena.common.event.Topics;
import org.milena.common.mail.RawMessage;
import org.milena.common.settings.ArchiveAccess;
import org.milena.common.stage.OutRecord;

/** The service as it runs: Kafka in, HTTP out. */
@TestInstance(Lifecycle.PER_CLASS)
class ArchiveApplicationIT {
  private static final Pattern ADDRESS = Pattern.compile("[\\w.+-]+@[\\w-]+\\.[\\w.]+");
  private static final String EVIL = "<script>alert(1)</script>\"'><img src=x onerror=alert(2)>";

  private static final RawMessage FIRST =
      raw(
          """
          Message-ID: <first/one@mail.example>
          From: Anna Author <anna@author.example>
          To: Open <open@lists.example>
          Date: Mon, 5 Jan 2026 10:00:00 +0000
          Subject: A searchable beginning

          Write to carla@hidden.example about it.
          From here on.
          """);
  private static final RawMessage ANSWER =
      raw(
          """
          Message-ID: <answer@mail.example>
          References: <first/one@mail.example>
          From: Ben <ben@author.example>
          Date: Tue, 6 Jan 2026 10:00:00 +0000
          Subject: Re: A searchable beginning

          > Write to carla@hidden.example about it.
          I did.
          """);
  private static final RawMessage ATTACK =
      raw(
          """
          Message-ID: <evil-"onmouseover=alert(3)-<x@mail.example>
          From: "%1$s" <evil@author.example>
          To: "%1$s" <open@lists.example>
          Date: Wed, 7 Jan 2026 10:00:00 +0000
          Subject: %1$s ${7*7} [[${7*7}]]
          Content-Type: multipart/mixed; boundary=b

          --b
          Content-Type: text/html

          <p>attackword<script>alert(4)</script><a href="javascript:alert(5)">x</a></p>
          --b
          Content-Type: text/html; name="%2$s.html"
          Content-Disposition: attachment; filename="%2$s.html"

          <script>alert(6)</script>
          --b--
          """
              .formatted(EVIL.replace("\"", "\\\""), "<img src=x onerror=alert(7)>"));
  private static final RawMessage SECRET =
      raw(
          """
          Message-ID: <secret@mail.example>
          From: Dora <dora@author.example>
          Date: Mon, 5 Jan 2026 10:00:00 +0000
          Subject: secretword

          searchable too
          """);

  private RunningArchive archive = RunningArchive.start();
  private MailingList open = archive.list("open@lists.example", "Open", ArchiveAccess.PUBLIC);
  private MailingList closed = archive.list("closed@lists.example", EVIL, ArchiveAccess.MEMBERS);
  private ArchiveId first = archive.post(open, FIRST);
  private ArchiveId answer = archive.post(open, ANSWER);
  private ArchiveId attack = archive.post(open, ATTACK);
  private ArchiveId secret = archive.post(closed, SECRET);

  @BeforeAll
  void begin() {
    archive.account("op", null, true);
    archive.account("mia", "mia@members.example", false);
    archive.account("max", "max@members.example", false);
    archive.member(closed, "mia@members.example", MemberRole.MEMBER);
    RunningArchive.await(
        "four posts",
        () -> archive.getAs("op", "/api/v1/archive/search?q=*").body().contains("\"total\":4"));
  }

  @AfterAll
  void end() {
    archive.close();
  }

  @Test
  void givesStrangersMessagesWithoutAddresses() {
    for (String path :
        List.of(
            api(open, first) + "/raw",
            "/archive/open@lists.example/message/" + first + "/raw",
            "/archive/open@lists.example/first%2Fone@mail.example/raw")) {
      HttpResponse<String> response = archive.get(path);
      assertThat(response.statusCode()).as(path).isEqualTo(200);
      assertThat(response.body())
          .startsWith("X-Milena-Masked: addresses\r\nMessage-ID: <first/one@mail.example>")
          .contains("Anna Author <a...@author.example>", "c...@hidden.example");
      assertDownload(response);
    }
    assertThat(archive.get("/archive/open@lists.example/mbox").body())
        .startsWith("From a...@author.example Mon Jan  5 10:00:00 2026\r\n")
        .doesNotContain("anna@", "ben@", "carla@");
  }

  @Test
  void givesBackTheBytes() {
    HttpResponse<String> response = archive.getAs("max", api(open, first) + "/raw");
    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(response.body().getBytes(StandardCharsets.ISO_8859_1))
        .isEqualTo(FIRST.toByteArray());
    assertThat(response.headers().firstValue("Content-Type")).contains("message/rfc822");
    assertDownload(response);
  }

  @Test
  void givesMboxesOfListMonthAndThread() {
    HttpResponse<String> all = archive.getAs("max", "/api/v1/archive/open@lists.example/mbox");
    assertDownload(all);
    assertThat(all.body())
        .startsWith("From anna@author.example Mon Jan  5 10:00:00 2026\r\n")
        .contains("\r\n>From here on.\r\n\r\nFrom ben@author.example Tue");
    assertThat(archive.get("/archive/open@lists.example/mbox?month=2025-01").body()).isEmpty();
    assertThat(archive.get("/api/v1/archive/open@lists.example/mbox?thread=" + answer).body())
        .contains("I did.", "From here on.")
        .doesNotContain("attackword");
  }

  @Test
  void answersWithThreads() {
    HttpResponse<String> thread = archive.get(api(open, answer) + "/thread");
    assertThat(thread.body())
        .contains("\"thread\":\"" + first + "\"")
        .contains("\"depth\":1,\"parent\":\"" + first + "\",\"parentMissing\":false");
    String own = "/archive/open@lists.example/first%2Fone@mail.example/thread/";
    assertMoved(301, "/archive/open@lists.example/thread/" + answer, own);
    assertMoved(
        302, "/archive/open@lists.example/answer@mail.example/thread/", own + "#m-" + answer);
    assertThat(archive.get(own).body()).contains("id=\"m-" + answer + "\"", "Answers Anna Author");
  }

  @Test
  void leadsFromMessageIdsToPosts() {
    String encoded = URLEncoder.encode("<first/one@mail.example>", StandardCharsets.UTF_8);
    String own = "/archive/open@lists.example/first%2Fone@mail.example/";
    assertMoved(302, "/archive/open@lists.example/mid?id=" + encoded, own);
    assertMoved(302, "/archive/open@lists.example/mid/first/one@mail.example", own);
    assertMoved(
        302, "/api/v1/archive/open@lists.example/mid/first/one@mail.example", api(open, first));
    assertMoved(301, "/archive/open@lists.example/message/" + first, own);
    assertMoved(301, own.substring(0, own.length() - 1), own);
    assertThat(archive.get("/archive/open@lists.example/mid/none@x").statusCode()).isEqualTo(404);
  }

  private void assertMoved(int status, String path, String to) {
    HttpResponse<String> response = archive.get(path);
    assertThat(response.statusCode()).as(path).isEqualTo(status);
    assertThat(response.headers().firstValue("Location").orElse("")).as(path).endsWith(to);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/archive/closed@lists.example",
        "/archive/closed@lists.example/secret@mail.example/",
        "/archive/closed@lists.example/secret@mail.example",
        "/archive/closed@lists.example/secret@mail.example/raw",
        "/archive/closed@lists.example/secret@mail.example/html",
        "/archive/closed@lists.example/secret@mail.example/thread/",
        "/archive/closed@lists.example/secret@mail.example/flat/",
        "/archive/closed@lists.example/nothing@mail.example/",
        "/archive/closed@lists.example/message/ID/html/body",
        "/archive/closed@lists.example/2026-01",
        "/archive/closed@lists.example/thread/ID",
        "/archive/closed@lists.example/message/ID",
        "/archive/closed@lists.example/message/ID/raw",
        "/archive/closed@lists.example/message/ID/attachment/1",
        "/archive/closed@lists.example/mbox",
        "/archive/closed@lists.example/mbox.gz?thread=ID",
        "/archive/closed@lists.example/atom",
        "/archive/closed@lists.example/atom?thread=ID",
        "/archive/closed@lists.example/sitemap.xml",
        "/archive/search/atom?q=secretword&list=closed@lists.example",
        "/archive/search/mbox?q=secretword&list=closed@lists.example",
        "/archive/closed@lists.example/mid/secret@mail.example",
        "/archive/search?q=secretword&list=closed@lists.example",
        "/api/v1/archive/search?q=secretword&list=closed@lists.example",
        "/api/v1/archive/closed@lists.example/months",
        "/api/v1/archive/closed@lists.example/threads",
        "/api/v1/archive/closed@lists.example/messages/ID",
        "/api/v1/archive/closed@lists.example/messages/ID/raw",
        "/api/v1/archive/closed@lists.example/messages/ID/thread",
        "/api/v1/archive/closed@lists.example/messages/ID/similar",
        "/archive/search?like=ID&list=closed@lists.example",
        "/api/v1/archive/closed@lists.example/messages/ID/attachments/1",
        "/api/v1/archive/closed@lists.example/mbox",
        "/api/v1/archive/closed@lists.example/mbox.gz",
        "/api/v1/archive/closed@lists.example/atom?thread=ID",
        "/api/v1/archive/search/atom?q=secretword&list=closed@lists.example",
        "/api/v1/archive/search/mbox.gz?q=secretword&list=closed@lists.example",
        "/api/v1/archive/closed@lists.example/mid/secret@mail.example",
      })
  void keepsAClosedArchiveClosed(String template) {
    String path = template.replace("ID", secret.value());
    assertThat(archive.get(path).statusCode()).isEqualTo(401);
    assertThat(archive.get(path).body()).doesNotContain("searchable too");
    // a post of a closed list is not there on an open one
    assertThat(archive.get(path.replace("closed@", "open@")).body())
        .doesNotContain("searchable too");
    if (path.startsWith("/api/")) {
      assertThat(archive.getAs("max", path).statusCode()).isEqualTo(403);
      assertThat(archive.getAs("mia", path).statusCode()).isIn(200, 302, 404);
    }
  }

  @Test
  void searchesOnlyWhatMayBeRead() {
    String path = "/api/v1/archive/search?q=searchable";
    assertThat(archive.get(path).body()).contains("\"total\":2").doesNotContain("secret");
    assertThat(archive.getAs("max", path).body()).contains("\"total\":2");
    assertThat(archive.getAs("mia", path).body()).contains("\"total\":3").contains("secretword");
    assertThat(archive.get("/api/v1/archive/search?q=l:closed").body()).contains("\"total\":0");
    assertThat(archive.get("/api/v1/archive/search?q=searchable+OR+l:closed").body())
        .contains("\"total\":2");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/archive/open@lists.example",
        "/archive/open@lists.example/2026-01",
        "/archive/open@lists.example/first%2Fone@mail.example/thread/",
        "/archive/open@lists.example/first%2Fone@mail.example/flat/",
        "/archive/open@lists.example/first%2Fone@mail.example/",
        "/archive/search?q=carla",
        "/archive/search?q=f:anna",
        "/archive/search?q=searchable",
        "/api/v1/archive/search?q=carla",
        "/api/v1/archive/open@lists.example/messages/FIRST",
      })
  void hidesAddressesFromStrangers(String template) {
    String path = template.replace("FIRST", first.value());
    // addresses of lists stand there to be chosen
    String body = archive.get(path).body().replaceAll("(?s)<select.*?</select>", "");
    assertThat(ADDRESS.matcher(body).results().map(match -> match.group()))
        .allMatch(found -> found.endsWith("@lists.example") || found.endsWith("@mail.example"));
    assertThat(body).contains("@hidden.example").doesNotContain("carla@");
  }

  @Test
  void showsAddressesToThoseWhoSignedIn() {
    assertThat(archive.getAs("max", api(open, first)).body())
        .contains("anna@author.example", "carla@hidden.example", "\"addressesMasked\":false");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/archive/open@lists.example",
        "/archive/open@lists.example/2026-01",
        "/archive/open@lists.example/mid?id=ATTACK",
        "/archive/open@lists.example/evil-%22onmouseover=alert(3)-%3Cx@mail.example/thread/",
        "/archive/open@lists.example/evil-%22onmouseover=alert(3)-%3Cx@mail.example/",
        "/archive/search?q=attackword",
        "/archive/search?q=EVIL",
        "/archive/search?q=d:EVIL",
        "/archive/search?q=x&sort=EVIL&after=EVIL",
        "/archive/search?q=attackword+OR+EVIL+OR",
        "/archive/search?like=ATTACK&list=open@lists.example",
      })
  void runsNothingFromAMail(String template) {
    String path =
        template
            .replace("ATTACK", attack.value())
            .replace("EVIL", URLEncoder.encode(EVIL, StandardCharsets.UTF_8));
    HttpResponse<String> response = archive.get(path);
    assertThat(response.headers().firstValue("Content-Security-Policy").orElse(""))
        .contains("default-src 'none'")
        .doesNotContain("unsafe", "script-src");
    Document page = Jsoup.parse(response.body());
    assertThat(page.select("script, iframe, object, embed, img, style, base")).isEmpty();
    for (Element element : page.getAllElements()) {
      for (Attribute attribute : element.attributes()) {
        assertThat(attribute.getKey()).doesNotStartWith("on").isNotEqualTo("style");
        assertThat(attribute.getValue()).doesNotStartWithIgnoringCase("javascript:");
      }
    }
    assertThat(response.body()).doesNotContain(" 49 ", "[49]");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/archive/open@lists.example/EVIL",
        "/archive/EVIL",
        "/api/v1/archive/EVIL/months"
      })
  void repeatsNothingFromAPath(String template) {
    String path = template.replace("EVIL", "%3Cimg%20src=x%20onerror=alert(1)%3E");
    HttpResponse<String> response = archive.get(path);
    assertThat(response.statusCode()).isBetween(400, 404);
    if (response.headers().firstValue("Content-Type").orElse("").startsWith("text/html")) {
      assertThat(Jsoup.parse(response.body()).select("img, script")).isEmpty();
    } else {
      assertThat(response.headers().firstValue("X-Content-Type-Options")).contains("nosniff");
    }
  }

  @Test
  void givesAttachmentsAsFilesOnly() {
    HttpResponse<String> response =
        archive.get("/archive/open@lists.example/message/" + attack + "/attachment/2");
    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(response.body()).contains("alert(6)");
    assertThat(response.headers().firstValue("Content-Type")).contains("application/octet-stream");
    assertDownload(response);
    assertThat(
            archive
                .get("/archive/open@lists.example/message/" + attack + "/attachment/9")
                .statusCode())
        .isEqualTo(404);
  }

  @ParameterizedTest
  @CsvSource({
    "/api/v1/archive/search?q=d:never, 400, invalid-query",
    "/api/v1/archive/search?q=a&after=xyz, 400, invalid-cursor",
    "/api/v1/archive/search?q=a&threads=perhaps, 400, invalid-parameter",
    "/api/v1/archive/open@lists.example/messages/xyz/similar, 404, not-found",
    "/api/v1/archive/open@lists.example/messages/xyz/similar?limit=0, 400, invalid-limit",
    "/api/v1/archive/search?q=a&sort=size, 400, invalid-sort",
    "/api/v1/archive/search?q=a&limit=0, 400, invalid-limit",
    "/api/v1/archive/search?q=a&limit=many, 400, invalid-parameter",
    "/api/v1/archive/nobody@lists.example/months, 404, not-found",
    "/api/v1/archive/no-address/months, 400, invalid-address",
    "/api/v1/archive/open@lists.example/messages/xyz, 404, not-found",
    "/api/v1/archive/open@lists.example/messages/---------------------------, 404, not-found",
    "/api/v1/archive/open@lists.example/threads?month=2026-99, 400, invalid-month",
    "/api/v1/archive/open@lists.example/threads?after=x, 400, invalid-cursor",
    "/api/v1/trace/x@y, 401, sign-in-needed",
    "/api/v1/deliveries/x@y, 401, sign-in-needed",
  })
  void refusesWithAProblem(String path, int status, String code) {
    HttpResponse<String> response = archive.get(path);
    assertThat(response.statusCode()).isEqualTo(status);
    assertThat(response.headers().firstValue("Content-Type").orElse(""))
        .startsWith("application/problem+json");
    assertThat(response.body()).contains("\"code\":\"" + code + "\"").contains("\"detail\":\"");
  }

  @Test
  void tellsWhereAQueryIsWrong() {
    assertThat(archive.get("/api/v1/archive/search?q=kernel+d:soon").body())
        .contains("\"position\":9", "\"length\":4", "\"marked\":\"soon\"");
    assertThat(archive.get("/archive/search?q=kernel+d:soon").body())
        .contains("is not a date", "kernel d:<mark>soon</mark>");
  }

  @Test
  void countsWhatWasFoundAndNarrowsIt() {
    String path = "/api/v1/archive/search?q=searchable&facets=true";
    assertThat(archive.get(path).body())
        .contains("\"label\":\"Anna Author\"")
        .contains("\"query\":\"searchable f:\\\"Anna Author\\\"\"")
        .contains("\"label\":\"open@lists.example\",\"posts\":2")
        .contains("\"label\":\"2026\",\"posts\":2,\"query\":\"searchable d:2026\"")
        .doesNotContain("closed@");
    assertThat(archive.getAs("max", path).body())
        .contains("\"query\":\"searchable f:\\\"anna@author.example\\\"\"");
    assertThat(archive.get("/archive/search?q=searchable&threads=true").body())
        .contains("Only some of them", "d:2026", "More like this");
  }

  @Test
  void listsTheArchivesThatOneMayRead() {
    for (String path : List.of("/archive", "/archive/")) {
      HttpResponse<String> page = archive.get(path);
      assertThat(page.statusCode()).isEqualTo(200);
      assertThat(page.body())
          .contains("<h1>Archives</h1>", "href=\"/archive/open@lists.example\"", ">Open</a>")
          .contains("About Open.")
          .doesNotContain("closed@lists.example");
    }
  }

  @Test
  void listsMonthsAndThreads() {
    assertThat(archive.get("/api/v1/archive/open@lists.example/months").body())
        .isEqualTo("[{\"month\":\"2026-01\",\"posts\":3}]");
    assertThat(archive.get("/api/v1/archive/open@lists.example/threads?limit=1").body())
        .contains("\"thread\":\"" + attack + "\"", "\"next\":\"1\"");
    assertThat(archive.get("/api/v1/archive/open@lists.example/threads?limit=1&after=1").body())
        .contains("\"thread\":\"" + first + "\"", "\"posts\":2", "\"next\":null");
  }

  @Test
  void removesWhatATombstoneNames() {
    RawMessage message = raw("Message-ID: <gone@mail.example>\nSubject: x\n\ngoneword\n");
    MailingList list = archive.list("short@lists.example", "Short", ArchiveAccess.PUBLIC);
    ArchiveId gone = archive.post(list, message);
    RunningArchive.await("it", () -> archive.get(api(list, gone)).statusCode() == 200);
    archive.publish(
        OutRecord.tombstone(Topics.POSTS, gone.value()).inPartitionOf(list.id().value()));
    RunningArchive.await("its removal", () -> archive.get(api(list, gone)).statusCode() == 404);
    assertThat(archive.get(api(list, gone) + "/raw").statusCode()).isEqualTo(404);
  }

  @Test
  void isHealthyAndCounts() {
    assertThat(archive.get("/actuator/health").body()).contains("\"status\":\"UP\"");
    assertThat(archive.get("/actuator/prometheus").body())
        .contains("milena_archive_posts_total{result=\"archived\"}")
        .contains("milena_archive_searchable_seconds_count")
        .contains("milena_archive_elasticsearch_seconds_count{result=\"answered\"}");
  }

  private static String api(MailingList list, ArchiveId id) {
    return "/api/v1/archive/" + list.address() + "/messages/" + id;
  }

  private static void assertDownload(HttpResponse<String> response) {
    assertThat(response.headers().firstValue("Content-Disposition").orElse(""))
        .startsWith("attachment;");
    assertThat(response.headers().firstValue("X-Content-Type-Options")).contains("nosniff");
    assertThat(response.headers().allValues("Content-Security-Policy"))
        .containsExactly("default-src 'none'; sandbox");
  }
}
