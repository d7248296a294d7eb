package org.milena.archive.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.milena.archive.TestArchive.raw;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.zip.GZIPInputStream;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.jsoup.parser.Parser;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.milena.archive.export.ExportLimit;
import org.milena.common.directory.MailingList;
import org.milena.common.directory.MemberRole;
import org.milena.common.event.ArchiveId;
import org.milena.common.settings.ArchiveAccess;
import org.slf4j.LoggerFactory;

/** Feeds, sitemaps and mboxes over the wire. */
@TestInstance(Lifecycle.PER_CLASS)
class FeedsIT {
  private static final String SITE = "https://archive.example";
  private static final String LIST = "/archive/news@lists.example";
  private static final int POSTS = 60;
  private static final int LARGE = 200;

  private RunningArchive archive =
      RunningArchive.start("--milena.site-url=" + SITE + "/", "--milena.archive.exports=2");
  private HttpClient http = HttpClient.newHttpClient();
  private MailingList news = archive.list("news@lists.example", "News", ArchiveAccess.PUBLIC);
  private MailingList large = archive.list("large@lists.example", "Large", ArchiveAccess.PUBLIC);
  private MailingList closed = archive.list("inner@lists.example", "Inner", ArchiveAccess.MEMBERS);
  private MailingList hidden =
      archive.list(
          "hidden@lists.example",
          "Hidden",
          ArchiveAccess.PUBLIC,
          settings -> settings.with("advertised", false));
  private MailingList unfindable =
      archive.list(
          "shy@lists.example",
          "Shy",
          ArchiveAccess.PUBLIC,
          settings -> settings.with("archiveFindable", false));
  private List<ArchiveId> posts = new ArrayList<>();

  @BeforeAll
  void begin() {
    for (int i = 0; i < POSTS; i++) {
      posts.add(archive.post(news, raw(message("n" + i, i % 2 == 0 ? "even" : "odd", i))));
    }
    for (int i = 0; i < LARGE; i++) {
      archive.post(large, raw(message("l" + i, "large" + "\nFrom here ".repeat(8000), i)));
    }
    for (MailingList list : List.of(closed, hidden, unfindable)) {
      archive.post(list, raw(message(list.displayName(), "quietword", 0)));
    }
    archive.account("mia", "mia@members.example", false);
    archive.member(closed, "mia@members.example", MemberRole.MEMBER);
    RunningArchive.await(
        "all posts",
        () ->
            archive
                    .get("/api/v1/archive/search?q=*")
                    .body()
                    .contains("\"total\":" + (POSTS + LARGE + 1) + ",")
                && archive
                    .get("/api/v1/archive/search?q=*&list=" + hidden.address())
                    .body()
                    .contains("\"total\":1,"));
  }

  @AfterAll
  void end() {
    http.close();
    archive.close();
  }

  /** Of January where it is among the first fifty, of February otherwise. */
  private static String message(String id, String text, int number) {
    String answers = number > 0 && number <= 2 ? "In-Reply-To: <n0@lists.example>\n" : "";
    return """
    Message-ID: <%s@lists.example>
    From: Anna Author <anna@author.example>
    Date: Mon, %d %s 2026 10:%02d:00 +0000
    Subject: post %s
    %s
    %s of carla@hidden.example <b> & \u001b[1m
    """
        .formatted(
            id, number < 50 ? 5 : 2, number < 50 ? "Jan" : "Feb", number % 60, id, answers, text);
  }

  private HttpResponse<byte[]> get(String path, String... headers) {
    HttpRequest.Builder request = HttpRequest.newBuilder(archive.uri(path));
    for (int i = 0; i < headers.length; i += 2) {
      request.header(headers[i], headers[i + 1]);
    }
    return send(request.build());
  }

  private HttpResponse<byte[]> send(HttpRequest request) {
    try {
      return http.send(request, HttpResponse.BodyHandlers.ofByteArray());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private static String header(HttpResponse<?> response, String name) {
    return response.headers().firstValue(name).orElse("");
  }

  private static String text(HttpResponse<byte[]> response) {
    return new String(response.body(), StandardCharsets.UTF_8);
  }

  private Document feed(String path, String... headers) {
    HttpResponse<byte[]> response = get(path, headers);
    assertThat(response.statusCode()).as(path).isEqualTo(200);
    assertThat(header(response, "Content-Type")).isEqualTo("application/atom+xml;charset=UTF-8");
    assertThat(header(response, "X-Robots-Tag")).contains("noindex");
    return Jsoup.parse(text(response), Parser.xmlParser());
  }

  private static @Nullable String next(Document feed) {
    Element next = feed.selectFirst("feed > link[rel=next]");
    return next == null ? null : next.attr("href").replace(SITE, "");
  }

  private static List<String> titles(Document feed) {
    return feed.select("entry > title").eachText();
  }

  // feeds

  @Test
  void feedsAListPageByPage() {
    Document feed = feed(LIST + "/atom");
    assertThat(feed.selectXpath("/*").getFirst().tagName()).isEqualTo("feed");
    assertThat(feed.select("feed > link[rel=self]").attr("href")).isEqualTo(SITE + LIST + "/atom");
    assertThat(feed.select("feed > link[rel=alternate]").attr("href")).isEqualTo(SITE + LIST);
    assertThat(titles(feed)).hasSize(25).startsWith("post n59", "post n58");
    Element entry = feed.select("entry").getFirst();
    assertThat(entry.select("id").text())
        .isEqualTo("tag:lists.example,2026-11-01:news.lists.example/" + posts.getLast());
    assertThat(entry.select("author > name").text()).isEqualTo("Anna Author");
    assertThat(entry.select("content").text()).contains("odd of c…@hidden.example &lt;b&gt;");
    List<String> all = new ArrayList<>(titles(feed));
    for (String next = next(feed); next != null; next = next(feed)) {
      feed = feed(next);
      assertThat(feed.select("feed > link[rel=first]").attr("href"))
          .isEqualTo(SITE + LIST + "/atom");
      all.addAll(titles(feed));
    }
    assertThat(all).hasSize(POSTS).doesNotHaveDuplicates();
    assertThat(get(LIST + "/atom?after=x").statusCode()).isEqualTo(400);
  }

  @Test
  void feedsAThreadAndWhatAQueryFinds() {
    assertThat(titles(feed(LIST + "/atom?thread=" + posts.get(1))))
        .containsExactly("post n2", "post n1", "post n0");
    Document found = feed("/archive/search/atom?q=odd+s:post&list=news@lists.example");
    assertThat(titles(found)).hasSize(25).startsWith("post n59", "post n57");
    assertThat(titles(feed(next(found) + "")))
        .containsExactly("post n9", "post n7", "post n5", "post n3", "post n1");
    assertThat(feed("/archive/search/atom?q=quietword").select("entry"))
        .as("not that of a list that hides itself, unless it is named")
        .hasSize(1);
    assertThat(titles(feed("/archive/search/atom?q=quietword&list=hidden@lists.example")))
        .containsExactly("post Hidden");
    assertThat(get("/archive/search/atom?q=d:x").statusCode()).isEqualTo(400);
  }

  @Test
  void showsAddressesAndClosedListsOnlyToTheirReaders() {
    for (String path : List.of(LIST + "/atom", "/archive/search/atom?q=even")) {
      assertThat(text(get(path))).doesNotContain("anna@", "carla@");
    }
    String mia = RunningArchive.authorization("mia");
    String path = "/api/v1/archive/inner@lists.example/atom";
    HttpResponse<byte[]> whole = get(path, "Authorization", mia);
    assertThat(text(whole)).contains("anna@author.example", "carla@hidden.example");
    assertThat(text(whole)).contains("rel=\"self\"", SITE + path);
    assertThat(header(whole, "Cache-Control")).isEqualTo("private, no-cache");
    assertThat(get(path).statusCode()).isEqualTo(401);
    assertThat(titles(feed("/api/v1/archive/search/atom?q=quietword", "Authorization", mia)))
        .containsExactlyInAnyOrder("post Inner", "post Shy");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        LIST + "/atom",
        "/archive/search/atom?q=even",
        "/sitemap.xml",
        LIST + "/sitemap.xml"
      })
  void saysThatNothingChanged(String path) {
    HttpResponse<byte[]> first = get(path);
    assertThat(header(first, "Cache-Control")).startsWith("public, max-age=");
    HttpResponse<byte[]> again = get(path, "If-None-Match", header(first, "ETag"));
    assertThat(again.statusCode()).isEqualTo(304);
    assertThat(again.body()).isEmpty();
    // whoever goes by dates alone would keep what was taken out of it
    assertThat(header(first, "Last-Modified")).isEmpty();
    assertThat(get(path, "If-Modified-Since", "Fri, 01 Jan 2100 10:00:00 GMT").statusCode())
        .isEqualTo(200);
  }

  @Test
  void linksFeedsFromPages() {
    for (String page : List.of(LIST, LIST + "/2026-01", LIST + "/n0@lists.example/")) {
      assertThat(alternates(page)).as(page).containsExactly(LIST + "/atom");
    }
    assertThat(alternates(LIST + "/n0@lists.example/thread/"))
        .containsExactly(LIST + "/atom?thread=" + posts.getFirst(), LIST + "/atom");
    List<String> found = alternates("/archive/search?q=a%26b+odd&list=news@lists.example");
    assertThat(found)
        .containsExactly(
            "/archive/search/atom?q=a%26b+odd&list=news%40lists.example", LIST + "/atom");
    assertThat(feed(found.getFirst()).select("feed > title").text()).isEqualTo("Search: a&b odd");
  }

  private List<String> alternates(String page) {
    return Jsoup.parse(archive.get(page).body())
        .select("link[rel=alternate][type=application/atom+xml]")
        .eachAttr("href");
  }

  // searching machines

  @Test
  void namesEveryPostOfFindableListsToSearchingMachines() {
    List<String> sitemaps = locations("/sitemap.xml");
    assertThat(sitemaps)
        .contains(
            LIST + "/sitemap.xml",
            LIST + "/sitemap.xml?from=2026-01&until=2026-02",
            "/archive/large@lists.example/sitemap.xml")
        .noneMatch(url -> url.contains("inner@") || url.contains("hidden@"))
        .noneMatch(url -> url.contains("shy@"));
    TreeSet<String> pages = new TreeSet<>();
    sitemaps.stream()
        .filter(url -> url.startsWith(LIST))
        .map(this::locations)
        .forEach(pages::addAll);
    assertThat(pages).contains(LIST, LIST + "/2026-01", LIST + "/2026-02").hasSize(POSTS + 3);
    for (String page : List.of(LIST + "/n0@lists.example/", LIST + "/n59@lists.example/")) {
      assertThat(pages).contains(page);
      assertThat(get(page).statusCode()).isEqualTo(200);
      assertThat(header(get(page), "X-Robots-Tag")).isEmpty();
    }
    assertThat(locations(LIST + "/sitemap.xml?from=2026-02&until=2026-02")).hasSize(10);
    assertThat(get(LIST + "/sitemap.xml?from=2026-01&until=2026-02&part=2").statusCode())
        .isEqualTo(404);
    assertThat(get(LIST + "/sitemap.xml?part=0").statusCode()).isEqualTo(400);
  }

  private List<String> locations(String path) {
    HttpResponse<byte[]> response = get(path);
    assertThat(response.statusCode()).as(path).isEqualTo(200);
    assertThat(header(response, "Content-Type")).startsWith("application/xml");
    List<String> urls = Jsoup.parse(text(response), Parser.xmlParser()).select("loc").eachText();
    assertThat(urls).allMatch(url -> url.startsWith(SITE + "/"));
    return urls.stream().map(url -> url.substring(SITE.length())).toList();
  }

  @Test
  void tellsSearchingMachinesWhatIsNotForThem() {
    String rules = text(get("/robots.txt"));
    assertThat(rules)
        .contains("Disallow: /api/\n", "Disallow: /archive/search\n")
        .endsWith("Sitemap: " + SITE + "/sitemap.xml\n");
    for (String path :
        List.of(
            "/archive/shy@lists.example",
            "/archive/shy@lists.example/atom",
            "/archive/shy@lists.example/Shy@lists.example/",
            "/archive/shy@lists.example/Shy@lists.example/raw",
            "/archive/search?q=odd+l:news",
            "/archive/search/mbox?q=nothingword",
            "/api/v1/archive/search?q=odd+l:news",
            "/api/v1/archive/news@lists.example/months")) {
      assertThat(header(get(path), "X-Robots-Tag")).as(path).contains("noindex");
    }
    for (String list : List.of("shy", "hidden")) {
      assertThat(get("/archive/" + list + "@lists.example/sitemap.xml").statusCode())
          .isEqualTo(404);
    }
  }

  // mboxes

  @ParameterizedTest
  @ValueSource(
      strings = {
        LIST + "/mbox",
        LIST + "/mbox?month=2026-01",
        LIST + "/mbox.gz",
        "/archive/search/mbox?q=even&list=news@lists.example",
        "/archive/search/mbox.gz?q=even",
        "/archive/large@lists.example/mbox"
      })
  void givesTheRestToWhoLostTheConnection(String path) throws IOException {
    HttpResponse<byte[]> whole = get(path);
    String tag = header(whole, "ETag");
    assertThat(tag).matches("\"[0-9a-f]{32}\"");
    assertThat(header(whole, "Accept-Ranges")).isEqualTo("bytes");
    int size = whole.body().length;
    ByteArrayOutputStream joined = new ByteArrayOutputStream();
    for (int from : List.of(0, size / 3, size - 1)) {
      int last = from == 0 ? size / 3 - 1 : from == size - 1 ? from : size - 2;
      HttpResponse<byte[]> part = get(path, "Range", "bytes=" + from + "-" + last, "If-Range", tag);
      assertThat(part.statusCode()).isEqualTo(206);
      assertThat(header(part, "Content-Range"))
          .isEqualTo("bytes " + from + "-" + last + "/" + size);
      assertThat(header(part, "ETag")).isEqualTo(tag);
      joined.write(part.body());
    }
    assertThat(joined.toByteArray()).isEqualTo(whole.body());
    HttpResponse<byte[]> behind = get(path, "Range", "bytes=" + size + "-");
    assertThat(behind.statusCode()).isEqualTo(416);
    assertThat(header(behind, "Content-Range")).isEqualTo("bytes */" + size);
    assertThat(get(path, "If-None-Match", tag).statusCode()).isEqualTo(304);
  }

  @Test
  void givesOnlyTheWholeToWhoHasSomethingElse() {
    MailingList list = archive.list("grows@lists.example", "Grows", ArchiveAccess.MEMBERS);
    archive.member(list, "mia@members.example", MemberRole.MEMBER);
    String path = "/api/v1/archive/grows@lists.example/mbox";
    String[] mia = {"Authorization", RunningArchive.authorization("mia")};
    archive.post(list, raw(message("g1", "first", 5)));
    RunningArchive.await("the first", () -> text(get(path, mia)).contains("post g1"));
    String tag = header(get(path, mia), "ETag");
    archive.post(list, raw(message("g0", "second", 4)));
    RunningArchive.await("the second", () -> text(get(path, mia)).contains("post g0"));
    HttpResponse<byte[]> whole = get(path, mia[0], mia[1], "Range", "bytes=10-", "If-Range", tag);
    assertThat(whole.statusCode()).isEqualTo(200);
    assertThat(text(whole)).contains("post g0", "post g1");
    assertThat(header(whole, "ETag")).isNotEqualTo(tag);
    HttpResponse<byte[]> refused = get(path, mia[0], mia[1], "Range", "bytes=10-", "If-Match", tag);
    assertThat(refused.statusCode()).isEqualTo(412);
    assertThat(refused.body()).isEmpty();
  }

  @Test
  void compressesAsAFileOrOnTheWay() throws IOException {
    HttpResponse<byte[]> plain = get(LIST + "/mbox");
    HttpResponse<byte[]> file = get(LIST + "/mbox.gz", "Accept-Encoding", "gzip");
    assertThat(header(file, "Content-Type")).isEqualTo("application/gzip");
    assertThat(header(file, "Content-Encoding")).isEmpty();
    assertThat(header(file, "Content-Disposition")).contains("news@lists.example.mbox.gz");
    assertThat(expanded(file)).isEqualTo(plain.body());
    HttpResponse<byte[]> coded = get(LIST + "/mbox", "Accept-Encoding", "gzip");
    assertThat(header(coded, "Content-Encoding")).isEqualTo("gzip");
    assertThat(header(coded, "Content-Type")).isEqualTo("application/mbox");
    assertThat(header(coded, "Vary")).contains("Accept-Encoding");
    assertThat(header(coded, "ETag")).isNotEqualTo(header(plain, "ETag"));
    assertThat(expanded(coded)).isEqualTo(plain.body());
  }

  private static byte[] expanded(HttpResponse<byte[]> response) throws IOException {
    try (GZIPInputStream in = new GZIPInputStream(new ByteArrayInputStream(response.body()))) {
      return in.readAllBytes();
    }
  }

  @Test
  void exportsWhatAQueryFindsForWhoAsks() {
    String found = text(get("/archive/search/mbox?q=odd+l:news"));
    assertThat(found.split("(?m)^From ", -1)).hasSize(POSTS / 2 + 1);
    assertThat(found).doesNotContain("anna@", "carla@", "even of");
    String path = "/api/v1/archive/search/mbox?q=quietword";
    assertThat(text(get(path))).doesNotContain("post Inner", "post Hidden").contains("post Shy");
    assertThat(text(get(path, "Authorization", RunningArchive.authorization("mia"))))
        .contains("post Inner", "anna@author.example");
    HttpResponse<byte[]> wrong = get("/api/v1/archive/search/mbox?q=d:x");
    assertThat(wrong.statusCode()).isEqualTo(400);
    assertThat(text(wrong)).contains("invalid-query", "\"marked\":\"x\"");
    HttpResponse<byte[]> head =
        send(HttpRequest.newBuilder(archive.uri(LIST + "/mbox")).HEAD().build());
    assertThat(head.statusCode()).isEqualTo(200);
    assertThat(header(head, "ETag")).isEqualTo(header(get(LIST + "/mbox"), "ETag"));
  }

  @Test
  void asksWhoComesTooManyAtOnceToComeLater() {
    ExportLimit limit = archive.bean(ExportLimit.class);
    Optional<ExportLimit.Permit> first = limit.enter();
    Optional<ExportLimit.Permit> second = limit.enter();
    try {
      for (String path : List.of(LIST + "/mbox", "/archive/search/mbox.gz?q=a", "/sitemap.xml")) {
        HttpResponse<byte[]> response = get(path);
        assertThat(response.statusCode()).as(path).isEqualTo(429);
        assertThat(header(response, "Retry-After")).isEqualTo("30");
      }
    } finally {
      first.orElseThrow().close();
      second.orElseThrow().close();
    }
    assertThat(get(LIST + "/mbox").statusCode()).isEqualTo(200);
  }

  @Test
  void noticesQuietlyThatAReaderLeft() throws IOException {
    ListAppender<ILoggingEvent> events = new ListAppender<>();
    Logger root = (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
    events.start();
    root.addAppender(events);
    try {
      ExportLimit limit = archive.bean(ExportLimit.class);
      URI uri = archive.uri("/archive/large@lists.example/mbox");
      try (Socket socket = new Socket(uri.getHost(), uri.getPort())) {
        socket.setReceiveBufferSize(4096);
        socket
            .getOutputStream()
            .write(
                "GET %s HTTP/1.1\r\nHost: x\r\n\r\n"
                    .formatted(uri.getPath())
                    .getBytes(StandardCharsets.US_ASCII));
        assertThat(socket.getInputStream().readNBytes(20_000))
            .startsWith("HTTP/1.1 200".getBytes(StandardCharsets.US_ASCII));
        Optional<ExportLimit.Permit> other = limit.enter();
        assertThat(limit.enter()).as("while one is running").isEmpty();
        other.orElseThrow().close();
      }
      RunningArchive.await("its end", () -> areFree(limit));
    } finally {
      root.detachAppender(events);
    }
    assertThat(events.list)
        .filteredOn(event -> event.getLevel().isGreaterOrEqual(Level.WARN))
        .isEmpty();
  }

  private static boolean areFree(ExportLimit limit) {
    Optional<ExportLimit.Permit> first = limit.enter();
    Optional<ExportLimit.Permit> second = limit.enter();
    first.ifPresent(ExportLimit.Permit::close);
    second.ifPresent(ExportLimit.Permit::close);
    return first.isPresent() && second.isPresent();
  }
}
