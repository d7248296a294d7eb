package org.milena.listexpander.web;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.milena.engines.kafka.EmbeddedKafka;
import org.milena.listexpander.fake.HttpsHost;
import org.milena.listexpander.fake.Instance;
import org.milena.testkit.kafka.SharedBroker;
import tools.jackson.databind.JsonNode;

/** Members that come from a web server, from the outside. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class UrlSourcesIT {
  private static final String PASSWORD = "another long password";

  private final EmbeddedKafka broker = SharedBroker.fresh();
  private final Map<String, String> texts = new ConcurrentHashMap<>();
  private HttpsHost host;
  private SSLContext usual;
  private Site site;

  @BeforeAll
  void open(@TempDir Path data, @TempDir Path keys) throws Exception {
    host = new HttpsHost(keys, "dns:localhost", this::answer);
    usual = SSLContext.getDefault();
    SSLContext.setDefault(host.trusting());
    site =
        new Site(
            broker.bootstrapServers(),
            data,
            Map.of("milena.listexpander.sources.internal-hosts", "localhost"));
    for (String name : List.of("olga", "mona")) {
      assertThat(
              site.api(
                      "PUT",
                      "/accounts/" + name,
                      "{'address':'%s@o.example','password':'%s'}".formatted(name, PASSWORD))
                  .status())
          .isEqualTo(200);
    }
  }

  @AfterAll
  void close() {
    site.close();
    SSLContext.setDefault(usual);
    host.close();
    broker.close();
  }

  private void answer(HttpExchange exchange) throws IOException {
    String text = texts.get(exchange.getRequestURI().getPath());
    byte[] body = text == null ? new byte[0] : text.getBytes(StandardCharsets.UTF_8);
    exchange.sendResponseHeaders(text == null ? 404 : 200, body.length == 0 ? -1 : body.length);
    exchange.getResponseBody().write(body);
    exchange.close();
  }

  @Test
  void whoStandsThereIsAMemberUntilHeLeavesOrStandsThereNoMore() {
    String list = list("w-all");
    String url = source(list, "/w.txt");
    texts.put("/w.txt", "# ours\nAnn <ann@a.example>\nbob@b.example\n");
    assertThat(refresh(list, url, false)).contains("2 addresses");
    assertThat(members(list)).containsExactly("ann@a.example", "bob@b.example");
    JsonNode ann = site.api("GET", list + "/members/ann@a.example").json();
    assertThat(ann.path("via").asString("")).isEqualTo("https://localhost");
    assertThat(ann.path("displayName").asString("")).isEqualTo("Ann");
    assertThat(site.api("GET", list).json().path("members").asInt()).isEqualTo(2);

    assertThat(site.api("DELETE", list + "/members/bob@b.example").status()).isEqualTo(204);
    texts.put("/w.txt", "bob@b.example\neve@e.example\n");
    assertThat(refresh(list, url, false)).contains("2 addresses");
    assertThat(site.api("GET", list + "/members/bob@b.example").json().path("roles").toString())
        .contains("NONMEMBER");
    assertThat(site.api("GET", list + "/members/ann@a.example").status()).isEqualTo(404);

    texts.remove("/w.txt");
    assertThat(refresh(list, url, false)).contains("404");
    JsonNode shown = site.api("GET", list).json().path("sources").path(0);
    assertThat(shown.path("fault").asString("")).contains("404");
    assertThat(shown.path("faultSince").isNull()).isFalse();
    assertThat(shown.path("addresses").asInt()).isEqualTo(2);
    assertThat(site.api("GET", list + "/members/eve@e.example").status()).isEqualTo(200);

    site.api("PATCH", list, "{'settings':{'memberSources':[]}}");
    assertThat(site.api("GET", list + "/members/eve@e.example").status()).isEqualTo(404);
  }

  @Test
  void itIsFetchedWithoutBeingAskedFor() {
    String list = list("c-all");
    texts.put("/c.txt", "ann@a.example\n");
    source(list, "/c.txt");
    Instance.await(() -> members(list).equals(List.of("ann@a.example")));
  }

  @Test
  void farFewerWaitForTheOwnersWord() {
    String list = list("f-all");
    String url = source(list, "/f.txt");
    texts.put(
        "/f.txt",
        IntStream.range(0, 30)
            .mapToObj(i -> "u%d@a.example\n".formatted(i))
            .collect(Collectors.joining()));
    assertThat(refresh(list, url, false)).contains("30 addresses");
    texts.put("/f.txt", "u1@a.example\n");
    assertThat(refresh(list, url, false)).contains("waits");
    JsonNode shown = site.api("GET", list).json();
    assertThat(shown.path("members").asInt()).isEqualTo(30);
    assertThat(shown.path("sources").path(0).path("smaller").asInt()).isOne();
    assertThat(refresh(list, url, true)).contains("1 addresses");
    assertThat(members(list)).containsExactly("u1@a.example");
  }

  @Test
  void onlyOwnersHaveItFetchedAndSeeTheWholeAddress() {
    String list = list("o-all");
    String url = source(list, "/o.txt");
    texts.put("/o.txt", "ann@a.example\n");
    assertThat(as("olga", "POST", path(list, url, false), null).status()).isIn(403, 404);
    site.api("POST", list + "/members", "{'address':'mona@o.example','roles':['MODERATOR']}");
    assertThat(as("mona", "POST", path(list, url, false), null).status()).isEqualTo(403);
    JsonNode seen = as("mona", "GET", list, null).json();
    assertThat(seen.toString()).contains("https://localhost").doesNotContain("/o.txt");
    site.api("POST", list + "/members", "{'address':'olga@o.example','roles':['OWNER']}");
    assertThat(as("olga", "POST", path(list, url, false), null).status()).isEqualTo(200);
    assertThat(as("olga", "GET", list, null).json().toString()).contains("/o.txt");
    assertThat(as("olga", "POST", path(list, "https://other.example/", false), null).status())
        .isEqualTo(404);
  }

  @Test
  void nobodyLooksIntoTheSitesOwnNet() {
    String list = list("p-all");
    String url = "https://127.0.0.1:%d/p.txt".formatted(host.port());
    name(list, url);
    texts.put("/p.txt", "ann@a.example\n");
    assertThat(refresh(list, url, false)).contains("public net");
    assertThat(members(list)).isEmpty();
  }

  private String source(String list, String file) {
    String url = "https://localhost:%d%s".formatted(host.port(), file);
    name(list, url);
    return url;
  }

  private void name(String list, String url) {
    Site.Answer named =
        site.api("PATCH", list, "{'settings':{'memberSources':['%s']}}".formatted(url));
    assertThat(named.status()).as(named.body()).isEqualTo(200);
  }

  private static String path(String list, String url, boolean accept) {
    return "%s/sources/refresh?url=%s&accept=%s"
        .formatted(list, URLEncoder.encode(url, StandardCharsets.UTF_8), accept);
  }

  private String refresh(String list, String url, boolean accept) {
    Site.Answer answer = site.api("POST", path(list, url, accept));
    assertThat(answer.status()).as(answer.body()).isEqualTo(200);
    return answer.json().path("text").asString("");
  }

  private List<String> members(String list) {
    List<String> members = new ArrayList<>();
    site.api("GET", list + "/members")
        .json()
        .path("items")
        .forEach(member -> members.add(member.path("address").asString("")));
    return members;
  }

  private String list(String name) {
    Site.Answer made =
        site.api("POST", "/lists", "{'address':'%s@lists.example.org'}".formatted(name));
    assertThat(made.status()).as(made.body()).isEqualTo(201);
    return "/lists/" + name + "@lists.example.org";
  }

  private Site.Answer as(String name, String method, String path, @Nullable String json) {
    return site.as(Site.basic(name, PASSWORD), method, path, json);
  }
}
