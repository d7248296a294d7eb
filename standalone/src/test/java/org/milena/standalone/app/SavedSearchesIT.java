package org.milena.standalone.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.CookieManager;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.milena.archive.app.ArchiveConfiguration;
import org.milena.engines.kafka.EmbeddedKafka;
import org.milena.listexpander.app.ListexpanderConfiguration;
import org.milena.testkit.file.TemporaryFolder;
import org.milena.testkit.kafka.SharedBroker;
import org.milena.testkit.search.SharedElasticsearch;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.web.server.servlet.context.ServletWebServerApplicationContext;
import org.springframework.context.annotation.Import;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Searches that accounts keep, seen from outside: archive and listexpander over one broker. */
@TestInstance(Lifecycle.PER_CLASS)
class SavedSearchesIT {
  private static final String API = "/api/v1/archive/searches";
  private static final String PAGE = "/archive/searches";
  private static final String PASSWORD = "correct horse battery";

  private final EmbeddedKafka broker = SharedBroker.fresh();
  private final Path data = TemporaryFolder.create("milena-searches");
  private final ServletWebServerApplicationContext context = start();
  private final HttpClient http = HttpClient.newHttpClient();

  /** Both services in one process, as in standalone. */
  @SpringBootConfiguration
  @EnableAutoConfiguration
  @Import({ListexpanderConfiguration.class, ArchiveConfiguration.class})
  static class Both {}

  SavedSearchesIT() {
    ok(api("admin", "POST", "/api/v1/lists", "{'address':'open@lists.example.org'}"));
    ok(
        api(
            "admin",
            "POST",
            "/api/v1/lists",
            "{'address':'inner@lists.example.org','settings':{'archiveAccess':'MEMBERS'}}"));
    member("ann@members.example");
  }

  private ServletWebServerApplicationContext start() {
    return (ServletWebServerApplicationContext)
        new SpringApplication(Both.class)
            .run(
                "--server.port=0",
                "--spring.config.location=classpath:milena-common.yml",
                "--milena.kafka=" + broker.bootstrapServers(),
                "--milena.elasticsearch=" + SharedElasticsearch.uri(),
                "--milena.domain=lists.example.org",
                "--milena.site-url=https://lists.example.org",
                "--milena.data=" + data,
                "--milena.listexpander.admin-password=" + PASSWORD,
                "--milena.archive.index-prefix=" + SharedElasticsearch.freshPrefix());
  }

  @AfterAll
  void end() {
    context.close();
    broker.close();
    TemporaryFolder.delete(data);
  }

  private void member(String address) {
    ok(
        api(
            "admin",
            "PUT",
            "/api/v1/lists/inner@lists.example.org/members/" + address,
            "{'roles':['MEMBER']}"));
  }

  /** An account of this test's own, with an address at {@code members.example}. */
  private void account(String name) {
    ok(
        api(
            "admin",
            "PUT",
            "/api/v1/accounts/" + name,
            "{'password':'%s','address':'%s@members.example'}".formatted(PASSWORD, name)));
  }

  // the API

  @Test
  void aSearchIsKeptOnceHoweverOftenItIsPut() {
    account("ann");
    String body =
        "{'name':' Käfer & co ','q':'NOT  käfer','list':'inner@lists.example.org',"
            + "'sort':'oldest','threads':true}";
    JsonNode first = ok(api("ann", "PUT", API, body));
    assertThat(first.path("name").asString()).isEqualTo("Käfer & co");
    assertThat(first.path("q").asString()).isEqualTo("NOT  käfer");
    assertThat(first.path("query").asString()).isEqualTo("-käfer");
    assertThat(first.path("place").asString()).isEqualTo("OPEN");
    assertThat(first.path("list").asString()).isEqualTo("inner@lists.example.org");
    assertThat(first.path("listId").asString()).isEqualTo("inner.lists.example.org");
    assertThat(first.path("sort").asString()).isEqualTo("oldest");
    assertThat(first.path("threads").asBoolean()).isTrue();
    assertThat(ok(api("ann", "PUT", API, body))).isEqualTo(first);
    assertThat(ok(api("ann", "GET", API, null)).path("items").valueStream()).containsExactly(first);
    String path = API + "/" + first.path("id").asString();
    assertThat(ok(api("ann", "GET", path, null))).isEqualTo(first);
    for (String kind : List.of("url", "atom", "mbox")) {
      String leads = first.path(kind).asString();
      assertThat(leads).contains("q=NOT++k%C3%A4fer", "list=inner%40lists.example.org");
      if (!kind.equals("url")) {
        assertThat(api("ann", "GET", leads, null).statusCode()).as(leads).isEqualTo(200);
      }
    }

    JsonNode other = ok(api("ann", "PUT", API, "{'name':'KÄFER & CO','q':'*'}"));
    assertThat(other.path("id")).isEqualTo(first.path("id"));
    assertThat(other.path("keptAt")).isEqualTo(first.path("keptAt"));
    assertThat(other.path("name").asString()).isEqualTo("KÄFER & CO");
    assertThat(other.path("place").asString()).isEqualTo("EVERYWHERE");
    assertThat(ok(api("ann", "GET", API, null)).path("items")).hasSize(1);

    JsonNode renamed = ok(api("ann", "PATCH", path, "{'name':'net/core: 50%'}"));
    assertThat(renamed.path("name").asString()).isEqualTo("net/core: 50%");
    assertThat(api("ann", "DELETE", path, null).statusCode()).isEqualTo(204);
    assertThat(api("ann", "DELETE", path, null).statusCode()).isEqualTo(404);
    assertThat(api("ann", "GET", path, null).statusCode()).isEqualTo(404);
    assertThat(api("ann", "PATCH", path, "{'name':'x'}").statusCode()).isEqualTo(404);
    assertThat(ok(api("ann", "GET", API, null)).path("items")).isEmpty();
  }

  @Test
  void whatCannotBeAskedCannotBeKept() {
    account("una");
    JsonNode wrong = refused(400, api("una", "PUT", API, "{'name':'x','q':'a (b OR'}"));
    JsonNode search = refused(400, api("una", "GET", "/api/v1/archive/search?q=a+%28b+OR", null));
    assertThat(wrong.path("code").asString()).isEqualTo("invalid-query");
    for (String field : List.of("code", "detail", "position", "length", "marked")) {
      assertThat(wrong.has(field)).as(field).isTrue();
      assertThat(wrong.path(field)).as("as the search says it").isEqualTo(search.path(field));
    }
    assertThat(code(400, api("una", "PUT", API, "{'name':'x','q':' '}")))
        .isEqualTo("query-missing");
    assertThat(code(400, api("una", "PUT", API, "{'name':'x'}"))).isEqualTo("query-missing");
    assertThat(code(400, api("una", "PUT", API, "{'q':'x'}"))).isEqualTo("search-name");
    assertThat(code(400, api("una", "PUT", API, "{'q':'x','name':'a\\u0000'}")))
        .isEqualTo("search-name");
    String long101 = "x".repeat(101);
    assertThat(code(400, api("una", "PUT", API, "{'q':'x','name':'%s'}".formatted(long101))))
        .isEqualTo("search-name");
    assertThat(code(400, api("una", "PUT", API, "{'q':'x','name':'x','sort':'best'}")))
        .isEqualTo("invalid-sort");
    assertThat(code(404, api("una", "PUT", API, "{'q':'x','name':'x','list':'no@e.org'}")))
        .isEqualTo("not-found");
    assertThat(
            code(
                403,
                api("una", "PUT", API, "{'q':'x','name':'x','list':'inner@lists.example.org'}")))
        .isEqualTo("forbidden");
    assertThat(ok(api("una", "GET", API, null)).path("items")).isEmpty();
  }

  @Test
  void aQueryTooLongForTheAddressOfAPageIsNotKept() {
    account("pam");
    String fits = "漢".repeat(500);
    JsonNode kept = ok(api("pam", "PUT", API, "{'name':'fits','q':'%s'}".formatted(fits)));
    Browser pam = new Browser("pam");
    assertThat(pam.get(PAGE + "/" + kept.path("id").asString()).statusCode()).isEqualTo(200);
    for (String kind : List.of("atom", "mbox")) {
      assertThat(api("pam", "GET", kept.path(kind).asString(), null).statusCode()).isEqualTo(200);
    }
    String tooLong = "漢".repeat(1_400);
    JsonNode refused =
        refused(400, api("pam", "PUT", API, "{'name':'long','q':'%s'}".formatted(tooLong)));
    assertThat(refused.path("code").asString()).isEqualTo("invalid-query");
    assertThat(refused.path("marked").asString()).isEqualTo(tooLong);
    assertThat(queries("pam")).containsExactly(fits);

    Element form =
        Jsoup.parse(pam.get("/archive/search?q=one").body())
            .expectForm("form[action=" + PAGE + "]");
    for (Map<String, String> fields :
        List.of(
            Map.of("name", "x", "q", tooLong),
            Map.of("name", "x", "q", "x".repeat(9_000)),
            Map.of("name", "x", "sort", "x".repeat(9_000)),
            Map.of("name", " ", "list", "x".repeat(9_000)))) {
      HttpResponse<String> answer = pam.submit(form, fields);
      assertThat(answer.statusCode()).isEqualTo(400);
      assertThat(answer.body()).contains("too long for the address of a page");
    }
    assertThat(queries("pam")).containsExactly(fits);
  }

  @Test
  void nobodyButTheAccountItselfSeesOrChangesOne() {
    account("eva");
    account("bob");
    JsonNode kept = ok(api("eva", "PUT", API, "{'name':'secretname','q':'secretquery'}"));
    String path = API + "/" + kept.path("id").asString();
    for (String other : List.of("bob", "admin")) {
      assertThat(api(other, "GET", path, null).statusCode()).isEqualTo(404);
      assertThat(api(other, "PATCH", path, "{'name':'x'}").statusCode()).isEqualTo(404);
      assertThat(api(other, "DELETE", path, null).statusCode()).isEqualTo(404);
      assertThat(api(other, "GET", API, null).body()).doesNotContain("secret");
    }
    for (String where : List.of(API, path)) {
      HttpResponse<String> answer = api("", "GET", where, null);
      assertThat(answer.statusCode()).isEqualTo(401);
      assertThat(answer.body()).doesNotContain("secret");
    }
    assertThat(api("", "PUT", API, "{'name':'x','q':'y'}").statusCode()).isEqualTo(401);
    assertThat(cacheControl(api("eva", "GET", API, null))).contains("no-store");
    assertThat(api("admin", "GET", "/api/v1/site/audit?limit=1000", null).body())
        .contains("eva")
        .doesNotContain("secret");
  }

  @Test
  void aTokenReadsOrChangesThemAsItsScopesSay() {
    account("tom");
    String read = token("tom", "'READ'");
    String all = token("tom", "'READ','LISTS'");
    String other = token("tom", "'MODERATE'");
    String blind = token("tom", "'LISTS'");
    assertThat(bearer(blind, "PUT", API, "{'name':'w','q':'y'}").statusCode()).isEqualTo(403);
    assertThat(queries("tom")).as("what was refused is not done").isEmpty();
    assertThat(bearer(all, "PUT", API, "{'name':'x','q':'y'}").statusCode()).isEqualTo(200);
    assertThat(bearer(read, "GET", API, null).body()).contains("\"q\":\"y\"");
    assertThat(bearer(read, "PUT", API, "{'name':'z','q':'y'}").statusCode()).isEqualTo(403);
    assertThat(bearer(other, "GET", API, null).statusCode()).isEqualTo(403);
  }

  private String token(String account, String scopes) {
    return ok(api(
            account,
            "POST",
            "/api/v1/accounts/" + account + "/tokens",
            "{'label':'t','scopes':[%s]}".formatted(scopes)))
        .path("secret")
        .asString();
  }

  @Test
  void ofManyAtOnceFiftyAreKept() throws Exception {
    account("max");
    List<Future<HttpResponse<String>>> running = new ArrayList<>();
    try (ExecutorService pool = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int i = 0; i < 55; i++) {
        String body = "{'name':'s%d','q':'x%d'}".formatted(i, i);
        running.add(pool.submit(() -> api("max", "PUT", API, body)));
      }
    }
    List<Integer> statuses = new ArrayList<>();
    Set<String> codes = new HashSet<>();
    for (Future<HttpResponse<String>> one : running) {
      statuses.add(one.get().statusCode());
      codes.add(json(one.get()).path("code").asString(""));
    }
    assertThat(statuses).filteredOn(status -> status == 200).hasSize(50);
    assertThat(statuses).filteredOn(status -> status == 409).hasSize(5);
    assertThat(codes).containsExactlyInAnyOrder("", "searches-full");
    assertThat(ok(api("max", "GET", API, null)).path("items")).hasSize(50);
  }

  @Test
  void ofTwoWhoTakeANameAtOnceOneGetsIt() throws Exception {
    account("zoe");
    List<String> ids = new ArrayList<>();
    for (int i = 0; i < 8; i++) {
      String body = "{'name':'n%d','q':'x%d'}".formatted(i, i);
      ids.add(ok(api("zoe", "PUT", API, body)).path("id").asString());
    }
    List<Future<HttpResponse<String>>> running = new ArrayList<>();
    try (ExecutorService pool = Executors.newVirtualThreadPerTaskExecutor()) {
      for (String id : ids) {
        running.add(pool.submit(() -> api("zoe", "PATCH", API + "/" + id, "{'name':'Same'}")));
      }
    }
    List<Integer> statuses = new ArrayList<>();
    for (Future<HttpResponse<String>> one : running) {
      statuses.add(one.get().statusCode());
    }
    assertThat(statuses).filteredOn(status -> status == 200).hasSize(1);
    assertThat(statuses).filteredOn(status -> status == 409).hasSize(7);
    JsonNode items = ok(api("zoe", "GET", API, null)).path("items");
    assertThat(items.valueStream().map(one -> one.path("name").asString()))
        .hasSize(8)
        .doesNotHaveDuplicates()
        .contains("Same");
  }

  @Test
  void theyGoWithTheirAccount() {
    account("guy");
    ok(api("guy", "PUT", API, "{'name':'x','q':'y'}"));
    ok(api("admin", "DELETE", "/api/v1/accounts/guy", null));
    account("guy");
    assertThat(ok(api("guy", "GET", API, null)).path("items")).isEmpty();
  }

  // pages

  @Test
  void whoIsSignedInKeepsWhatHeLookedFor() {
    account("pia");
    Browser pia = new Browser("pia");
    HttpResponse<String> found = pia.get("/archive/search?q=NOT+x&sort=oldest&threads=true");
    assertThat(cacheControl(found)).startsWith("private");
    Element form = Jsoup.parse(found.body()).expectForm("form[action=" + PAGE + "]");
    HttpResponse<String> kept = pia.submit(form, Map.of("name", "Mine <b>"));
    assertThat(kept.uri().toString()).endsWith("/archive/search?q=NOT+x&sort=oldest&threads=true");
    Document shown = Jsoup.parse(kept.body());
    assertThat(shown.text()).contains("You keep this search as “Mine <b>”.");
    assertThat(shown.select("form[action=" + PAGE + "]")).as("kept already").isEmpty();
    assertThat(cacheControl(kept)).as("it shows them").isEqualTo("private, no-store");
    Element link = shown.expectFirst("nav[aria-label=Saved searches] a");
    assertThat(link.text()).isEqualTo("Mine <b>");

    HttpResponse<String> run = pia.get(link.attr("href"));
    assertThat(run.uri().toString()).endsWith("/archive/search?q=NOT+x&sort=oldest&threads=true");
    assertThat(pia.get("/archive/search?q=-x&sort=oldest&threads=true").body())
        .as("the same, written otherwise")
        .contains("You keep this search as");
    assertThat(pia.get("/archive/search?q=NOT+x&threads=true").body())
        .as("in another order")
        .doesNotContain("You keep this search as");
  }

  @Test
  void aSearchIsKnownOnItsOtherPagesToo() {
    account("uma");
    ok(api("admin", "POST", "/api/v1/lists", "{'address':'full@lists.example.org'}"));
    posts("full@lists.example.org", 21);
    Browser uma = new Browser("uma");
    Document first =
        Jsoup.parse(
            uma.keep("/archive/search?q=pagination&list=full@lists.example.org", "P").body());
    assertThat(first.text()).contains("You keep this search as “P”.");
    HttpResponse<String> second = uma.get(first.expectFirst("a[rel=next]").attr("href"));
    Document page = Jsoup.parse(second.body());
    assertThat(page.select("ul.threads > li")).hasSize(1);
    assertThat(page.text()).contains("You keep this search as “P”.");
    assertThat(page.select("form[action=" + PAGE + "]")).isEmpty();
  }

  /** Puts so many posts of the word pagination into the archive of a list. */
  private void posts(String list, int count) {
    StringBuilder all = new StringBuilder();
    for (int i = 0; i < count; i++) {
      String post =
          "Message-ID: <%d@posts.example>\r\nFrom: Ann <ann@members.example>\r\nSubject: %d\r\n"
                  .formatted(i, i)
              + "Date: Tue, 3 Feb 2026 09:00:00 +0000\r\n\r\npagination\r\n";
      all.append("{\"size\":%d}\n%s\n".formatted(post.length(), post));
    }
    String credentials = "admin:" + PASSWORD;
    ok(
        send(
            http,
            HttpRequest.newBuilder(uri("/api/v1/archive/" + list + "/import"))
                .header("Content-Type", "application/x-milena-posts")
                .header(
                    "Authorization",
                    "Basic "
                        + Base64.getEncoder()
                            .encodeToString(credentials.getBytes(StandardCharsets.UTF_8)))
                .POST(BodyPublishers.ofString(all.toString()))
                .build()));
    String search = "/api/v1/archive/search?q=pagination&list=" + list;
    long end = System.nanoTime() + Duration.ofSeconds(60).toNanos();
    while (ok(api("admin", "GET", search, null)).path("total").asInt() < count) {
      assertThat(System.nanoTime()).as("all posts are found").isLessThan(end);
      LockSupport.parkNanos(Duration.ofMillis(20).toNanos());
    }
  }

  @Test
  void anotherOfANameIsReplacedOnlyWhenThatIsWanted() {
    account("kim");
    Browser kim = new Browser("kim");
    kim.keep("/archive/search?q=one", "Mine");
    HttpResponse<String> taken = kim.keep("/archive/search?q=two", "MINE");
    Document page = Jsoup.parse(taken.body());
    assertThat(page.select("[role=alert]").text()).contains("Another search of yours");
    Element form = page.expectForm("form[action=" + PAGE + "]");
    assertThat(form.expectFirst("[name=name]").attr("value")).isEqualTo("MINE");
    assertThat(queries("kim")).containsExactly("one");
    kim.replace(form);
    assertThat(queries("kim")).containsExactly("two");
    assertThat(kim.keep("/archive/search?q=three", " ").body())
        .contains("A name has 1 to 100 characters");
    assertThat(kim.get("/archive/search?q=three").body())
        .as("said once")
        .doesNotContain("A name has 1 to 100 characters");
  }

  @Test
  void whatIsKeptTwiceIsToldByTheNameThatWasGiven() {
    account("abe");
    Browser abe = new Browser("abe");
    Element form =
        Jsoup.parse(abe.get("/archive/search?q=one").body())
            .expectForm("form[action=" + PAGE + "]");
    abe.submit(form, Map.of("name", "A"));
    Document page = Jsoup.parse(abe.submit(form, Map.of("name", "B")).body());
    assertThat(page.select("[role=status]").text()).contains("You keep this search as “B”.");
    page = Jsoup.parse(abe.submit(form, Map.of("name", "a\u0000")).body());
    assertThat(page.select("[role=alert]").text()).contains("A name has 1 to 100 characters");
    assertThat(page.text()).contains("You keep this search as “A”.");
  }

  @Test
  void onlyTheOneThatWasAskedAboutIsReplaced() {
    account("ken");
    Browser ken = new Browser("ken");
    String mine = ok(api("ken", "PUT", API, "{'name':'Mine','q':'one'}")).path("id").asString();
    Element form = taken(ken.keep("/archive/search?q=two", "mine"));
    ok(api("ken", "PUT", API, "{'name':'Mine','q':'changed'}"));
    HttpResponse<String> again = ken.replace(form);
    assertThat(queries("ken")).as("it changed meanwhile").containsExactly("changed");
    form = taken(again);
    ok(api("ken", "PATCH", API + "/" + mine, "{'name':'Other'}"));
    ok(api("ken", "PUT", API, "{'name':'Mine','q':'another'}"));
    again = ken.replace(form);
    assertThat(queries("ken")).as("another has the name now").containsExactly("another", "changed");
    ken.replace(taken(again));
    assertThat(queries("ken")).containsExactly("two", "changed");
  }

  /** The form that asks whether the search that has the name is to be replaced. */
  private static Element taken(HttpResponse<String> answer) {
    Document page = Jsoup.parse(answer.body());
    assertThat(page.select("[role=alert]").text()).contains("Another search of yours");
    return page.expectForm("form[action=" + PAGE + "]");
  }

  private List<String> queries(String account) {
    return ok(api(account, "GET", API, null))
        .path("items")
        .valueStream()
        .map(one -> one.path("q").asString())
        .toList();
  }

  @Test
  void theyAreRenamedAndRemoved() {
    account("lea");
    Browser lea = new Browser("lea");
    lea.keep("/archive/search?q=one", "First");
    lea.keep("/archive/search?q=two", "Second");
    assertThat(lea.get(PAGE + "/").statusCode()).as("with a slash behind").isEqualTo(200);
    HttpResponse<String> all = lea.get(PAGE);
    assertThat(cacheControl(all)).isEqualTo("private, no-store");
    assertThat(all.headers().firstValue("X-Robots-Tag").orElse("")).contains("noindex");
    Document page = Jsoup.parse(all.body());
    assertThat(page.select("h2").eachText()).containsExactly("First", "Second");
    assertThat(page.select("a[href^=/archive/search/atom]").eachAttr("href"))
        .containsExactly("/archive/search/atom?q=one", "/archive/search/atom?q=two");
    assertThat(page.select("a[href^=/archive/search/mbox]")).hasSize(2);
    Element rename = page.expectForm("form[action$=/rename]");
    page = Jsoup.parse(lea.submit(rename, Map.of("name", "SECOND")).body());
    assertThat(page.select("[role=alert]").text()).contains("Another search of yours");
    Element refused = page.expectFirst("details[open] input[name=name]");
    assertThat(page.select("details[open]")).hasSize(1);
    assertThat(refused.attr("value")).as("what was typed").isEqualTo("SECOND");
    assertThat(refused.attr("aria-invalid")).isEqualTo("true");
    assertThat(page.expectFirst("#" + refused.attr("aria-describedby")).text())
        .contains("Another search of yours");
    assertThat(page.select("h2").eachText()).containsExactly("First", "Second");
    page = Jsoup.parse(lea.submit(rename, Map.of("name", "a\u0000")).body());
    assertThat(page.select("details[open] [role=alert]").text())
        .contains("A name has 1 to 100 characters");
    assertThat(Jsoup.parse(lea.get(PAGE).body()).select("details[open]")).isEmpty();
    page = Jsoup.parse(lea.submit(rename, Map.of("name", "Third")).body());
    assertThat(page.select("[role=status]").text()).contains("The search has another name.");
    assertThat(page.select("h2").eachText()).containsExactly("Second", "Third");
    Element remove = page.expectForm("form[action$=/remove]");
    page = Jsoup.parse(lea.submit(remove, Map.of()).body());
    assertThat(page.select("h2").eachText()).containsExactly("Third");
    page = Jsoup.parse(lea.submit(remove, Map.of()).body());
    assertThat(page.select("[role=alert]").text()).contains("not there any more");
    assertThat(Jsoup.parse(lea.get(PAGE + "?lang=de").body()).text())
        .contains("Gespeicherte Suchen", "Niemand außer Ihnen");
  }

  @Test
  void aListThatIsClosedOrGoneIsSaidAndTheSearchRemoved() {
    account("ida");
    Browser ida = new Browser("ida");
    ok(api("admin", "POST", "/api/v1/lists", "{'address':'old@lists.example.org'}"));
    ok(api("admin", "POST", "/api/v1/lists", "{'address':'shut@lists.example.org'}"));
    String gone = put("ida", "Old", "old@lists.example.org");
    String closed = put("ida", "Shut", "shut@lists.example.org");

    ok(
        api(
            "admin",
            "POST",
            "/api/v1/lists/old@lists.example.org/rename",
            "{'address':'new@lists.example.org'}"));
    assertThat(ida.get(PAGE + "/" + gone).uri().toString())
        .as("a renamed list keeps working")
        .endsWith("/archive/search?q=word&list=new%40lists.example.org");
    ok(api("admin", "DELETE", "/api/v1/lists/new@lists.example.org", null));
    ok(
        api(
            "admin",
            "PATCH",
            "/api/v1/lists/shut@lists.example.org",
            "{'settings':{'archiveAccess':'MEMBERS'}}"));
    ok(
        api(
            "admin",
            "POST",
            "/api/v1/lists/shut@lists.example.org/rename",
            "{'address':'hiddenname@lists.example.org'}"));

    HttpResponse<String> run = ida.get(PAGE + "/" + gone);
    assertThat(run.statusCode()).isEqualTo(404);
    assertThat(Jsoup.parse(run.body()).select("[role=alert]").text())
        .isEqualTo("“Old” looks on a list that is not there any more.");
    run = ida.get(PAGE + "/" + closed);
    assertThat(run.statusCode()).isEqualTo(403);
    assertThat(run.body()).contains("that you may not read any more").doesNotContain("hiddenname");
    assertThat(cacheControl(run)).isEqualTo("private, no-store");
    assertThat(ida.get("/archive/search").body()).contains("its list is gone");

    JsonNode items = ok(api("ida", "GET", API, null)).path("items");
    assertThat(items.toString()).doesNotContain("hiddenname");
    assertThat(items.valueStream().map(one -> one.path("place").asString()))
        .containsExactly("GONE", "CLOSED");
    assertThat(items.valueStream())
        .allMatch(one -> one.path("url").isNull() && one.path("list").isNull());
    Document page = Jsoup.parse(ida.get(PAGE).body());
    for (Element form : page.select("form[action$=/remove]")) {
      ida.submit(form, Map.of());
    }
    assertThat(queries("ida")).isEmpty();
  }

  private String put(String account, String name, String list) {
    String body = "{'name':'%s','q':'word','list':'%s'}".formatted(name, list);
    return ok(api(account, "PUT", API, body)).path("id").asString();
  }

  @Test
  void strangersAreShownNothingOfItAndSentToSignIn() {
    Browser stranger = new Browser();
    HttpResponse<String> found = stranger.get("/archive/search?q=one");
    assertThat(cacheControl(found)).startsWith("public");
    assertThat(found.body()).doesNotContain(PAGE, "Keep this search", "_csrf");
    assertThat(stranger.get(PAGE).uri().getPath()).isEqualTo("/login");
    assertThat(stranger.get(PAGE + "/x").uri().getPath()).isEqualTo("/login");
  }

  @Test
  void noFormWithoutTheTokenOfItsSessionDoesAnything() {
    account("eli");
    Browser eli = new Browser("eli");
    assertThat(eli.post(PAGE, Map.of("name", "x", "q", "y")).statusCode()).isEqualTo(403);
    String id = ok(api("eli", "PUT", API, "{'name':'x','q':'z'}")).path("id").asString();
    assertThat(eli.post(PAGE + "/" + id + "/remove", Map.of()).statusCode()).isEqualTo(403);
    assertThat(eli.post(PAGE + "/" + id + "/rename", Map.of("name", "y")).statusCode())
        .isEqualTo(403);
    assertThat(queries("eli")).containsExactly("z");
    account("ole");
    assertThat(new Browser("ole").get(PAGE + "/" + id).statusCode()).as("another's").isEqualTo(404);
  }

  @Test
  void aFormWithAQueryThatCannotBeAskedShowsWhereAndWhy() {
    account("joe");
    Browser joe = new Browser("joe");
    Element form =
        Jsoup.parse(joe.get("/archive/search?q=one").body())
            .expectForm("form[action=" + PAGE + "]");
    HttpResponse<String> wrong = joe.submit(form, Map.of("name", "x", "q", "one d:soon"));
    Document page = Jsoup.parse(wrong.body());
    assertThat(page.expectFirst("#problem mark").text()).isEqualTo("soon");
    assertThat(page.select("form[action=" + PAGE + "]")).isEmpty();
    assertThat(queries("joe")).isEmpty();
  }

  // asking

  private HttpResponse<String> api(
      String account, String method, String path, @Nullable String body) {
    String credentials = account + ":" + PASSWORD;
    return ask(
        account.isEmpty()
            ? null
            : "Basic "
                + Base64.getEncoder().encodeToString(credentials.getBytes(StandardCharsets.UTF_8)),
        method,
        path,
        body);
  }

  private HttpResponse<String> bearer(
      String token, String method, String path, @Nullable String body) {
    return ask("Bearer " + token, method, path, body);
  }

  private HttpResponse<String> ask(
      @Nullable String authorization, String method, String path, @Nullable String body) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(uri(path))
            .method(
                method,
                body == null
                    ? BodyPublishers.noBody()
                    : BodyPublishers.ofString(body.replace('\'', '"')));
    if (body != null) {
      request.header("Content-Type", "application/json");
    }
    if (authorization != null) {
      request.header("Authorization", authorization);
    }
    return send(http, request.build());
  }

  private static JsonNode ok(HttpResponse<String> answer) {
    assertThat(answer.statusCode()).as("%s: %s", answer.uri(), answer.body()).isBetween(200, 299);
    return json(answer);
  }

  private static JsonNode refused(int status, HttpResponse<String> answer) {
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
    return json(answer);
  }

  private static String code(int status, HttpResponse<String> answer) {
    return refused(status, answer).path("code").asString();
  }

  private static JsonNode json(HttpResponse<String> answer) {
    return JsonMapper.shared().readTree(answer.body());
  }

  private static String cacheControl(HttpResponse<String> answer) {
    return String.join(", ", answer.headers().allValues("Cache-Control"));
  }

  private URI uri(String path) {
    var server = context.getWebServer();
    if (server == null) {
      throw new IllegalStateException("no web server");
    }
    return URI.create("http://127.0.0.1:" + server.getPort()).resolve(path);
  }

  private static HttpResponse<String> send(HttpClient client, HttpRequest request) {
    try {
      return client.send(request, BodyHandlers.ofString());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Keeps cookies and follows where it is sent, as browsers do. */
  private final class Browser {
    private final HttpClient client =
        HttpClient.newBuilder()
            .cookieHandler(new CookieManager())
            .followRedirects(HttpClient.Redirect.NORMAL)
            .build();

    Browser() {}

    Browser(String account) {
      Element form = Jsoup.parse(get("/login").body()).expectForm("form");
      HttpResponse<String> in = submit(form, Map.of("username", account, "password", PASSWORD));
      assertThat(in.uri().getPath()).isEqualTo("/");
    }

    HttpResponse<String> get(String path) {
      return send(client, HttpRequest.newBuilder(uri(path)).header("Accept", "text/html").build());
    }

    /** What is in the form, but for these fields. */
    HttpResponse<String> submit(Element form, Map<String, String> others) {
      Map<String, String> fields = new LinkedHashMap<>();
      form.select("input").forEach(one -> fields.put(one.attr("name"), one.attr("value")));
      fields.putAll(others);
      return post(form.attr("action"), fields);
    }

    HttpResponse<String> keep(String search, String name) {
      Element form = Jsoup.parse(get(search).body()).expectForm("form[action=" + PAGE + "]");
      return submit(form, Map.of("name", name));
    }

    /** Says that the search which has the name is to be replaced. */
    HttpResponse<String> replace(Element form) {
      return submit(
          form, Map.of("replace", form.expectFirst("button[name=replace]").attr("value")));
    }

    HttpResponse<String> post(String path, Map<String, String> fields) {
      String form =
          fields.entrySet().stream()
              .map(field -> encode(field.getKey()) + "=" + encode(field.getValue()))
              .collect(Collectors.joining("&"));
      return send(
          client,
          HttpRequest.newBuilder(uri(path))
              .header("Accept", "text/html")
              .header("Content-Type", "application/x-www-form-urlencoded")
              .POST(BodyPublishers.ofString(form))
              .build());
    }
  }

  private static String encode(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }
}
