package org.milena.standalone.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Element;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Searches that accounts keep, as programs see them. */
class SavedSearchesIT extends SavedSearchesSite {

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
}
