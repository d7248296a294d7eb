package org.milena.standalone.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Searches that accounts keep, as people see them. */
class SavedSearchPagesIT extends SavedSearchesSite {

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
}
