package org.milena.archive.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.milena.archive.identity.LinkKeys;
import tools.jackson.databind.JsonNode;

/** The archive as programs ask it that know HyperKitty. */
@TestInstance(Lifecycle.PER_CLASS)
class HyperKittyIT {
  private static final String SITE = "https://shims.example";
  private static final String DEV = "/api/list/dev@shims.example/";
  private static final String CLOSED = "/api/list/closed@shims.example/";
  private static final String ROOT = LinkKeys.messageIdHash("root@shims.example");
  private static final String ANSWER = LinkKeys.messageIdHash("answer@shims.example");
  private static final String THIRD = LinkKeys.messageIdHash("third@shims.example");
  private static final String OTHER = LinkKeys.messageIdHash("other@shims.example");

  private final ShimSite site = new ShimSite();

  @AfterAll
  void end() {
    site.close();
  }

  @Test
  void answersInTheShapesOfHyperKitty() {
    Shape.assertLike(site.json("/api/lists/?limit=100"), "hyperkitty-lists");
    Shape.assertLike(site.json(DEV + "threads/?limit=1"), "hyperkitty-threads");
    Shape.assertLike(site.json(DEV + "emails/?limit=3"), "hyperkitty-emails");
    Shape.assertLike(site.json(DEV + "thread/" + ROOT + "/emails/?limit=2"), "hyperkitty-emails");
    Shape.assertLike(site.json(DEV + "email/" + ROOT + "/"), "hyperkitty-email");
    assertThat(items(site.json("/api/lists/?limit=100"))).contains(site.json(DEV));
    JsonNode thread = site.json(DEV + "thread/" + ROOT + "/");
    assertThat(items(site.json(DEV + "threads/"))).contains(thread);
  }

  private static List<JsonNode> items(JsonNode page) {
    List<JsonNode> items = new ArrayList<>();
    page.path("results").forEach(items::add);
    return items;
  }

  private static List<String> values(JsonNode page, String field) {
    return items(page).stream().map(item -> item.path(field).asString()).toList();
  }

  /** Of this site: other tests make lists in the same directory. */
  private List<String> names(@Nullable String account, String ordering) {
    return values(site.jsonAs(account, "/api/lists/?limit=100" + ordering), "name").stream()
        .filter(name -> name.endsWith("@shims.example"))
        .toList();
  }

  @Test
  void describesLists() {
    JsonNode list = site.json(DEV);
    assertThat(list.path("url").asString()).isEqualTo(SITE + DEV);
    assertThat(list.path("archive_policy").asString()).isEqualTo("public");
    assertThat(list.path("threads").asString()).isEqualTo(SITE + DEV + "threads/");
    assertThat(names("mia", "")).containsExactly("closed@shims.example", "dev@shims.example");
    assertThat(names("mia", "&ordering=-name"))
        .containsExactly("dev@shims.example", "closed@shims.example");
    assertThat(site.jsonAs("mia", CLOSED).path("archive_policy").asString()).isEqualTo("private");
    assertThat(site.json("/api/list/hidden@shims.example/").path("name").asString())
        .isEqualTo("hidden@shims.example");
  }

  @Test
  void listsThreadsByTheirLatestEmail() {
    JsonNode threads = site.json(DEV + "threads/");
    assertThat(threads.path("count").asInt()).isEqualTo(2);
    assertThat(values(threads, "thread_id")).containsExactly(ROOT, OTHER);
    JsonNode first = threads.at("/results/0");
    assertThat(first.path("date_active").asString()).isEqualTo("2026-02-02T10:00:00Z");
    assertThat(first.path("replies_count").asInt()).isEqualTo(2);
    assertThat(first.path("starting_email").asString())
        .isEqualTo(SITE + DEV + "email/" + ROOT + "/");
    JsonNode page = site.json(DEV + "threads/?limit=1");
    assertThat(values(page, "thread_id")).containsExactly(ROOT);
    assertThat(values(follow(page), "thread_id")).containsExactly(OTHER);
    assertThat(follow(page).path("next").isNull()).isTrue();
    assertThat(site.json(DEV + "thread/" + THIRD + "/").path("thread_id").asString())
        .as("any email of it")
        .isEqualTo(ROOT);
  }

  private JsonNode follow(JsonNode page) {
    String next = page.path("next").asString();
    assertThat(next).startsWith(SITE + "/api/");
    return site.json(next.substring(SITE.length()));
  }

  @ParameterizedTest
  @CsvSource({
    "date, root answer other third",
    "-date, third other answer root",
    "subject, third other answer root",
  })
  void leadsThroughAllEmails(String ordering, String names) {
    List<String> found = new ArrayList<>();
    JsonNode page = site.json(DEV + "emails/?limit=1&ordering=" + ordering);
    found.addAll(values(page, "message_id"));
    while (!page.path("next").isNull()) {
      assertThat(page.path("count").asInt()).isEqualTo(4);
      page = follow(page);
      found.addAll(values(page, "message_id"));
    }
    List<String> expected =
        List.of(names.split(" ", -1)).stream().map(name -> name + "@shims.example").toList();
    if (ordering.equals("subject")) {
      // the usual order is that in which they came
      assertThat(found).containsExactlyInAnyOrderElementsOf(expected);
    } else {
      assertThat(found).isEqualTo(expected);
    }
    assertThat(page.path("previous").asString())
        .startsWith(SITE + DEV + "emails/?limit=1&offset=2");
  }

  @Test
  void countsWhereNobodyFollows() {
    JsonNode page = site.json(DEV + "emails/?limit=2&offset=1&ordering=date");
    assertThat(values(page, "message_id"))
        .containsExactly("answer@shims.example", "other@shims.example");
    assertThat(page.path("previous").asString())
        .isEqualTo(SITE + DEV + "emails/?limit=2&ordering=date");
    assertThat(items(site.json(DEV + "emails/?offset=100"))).isEmpty();
    HttpResponse<String> deep = site.answer(null, DEV + "emails/?offset=8001");
    assertThat(deep.statusCode()).isEqualTo(400);
    assertThat(deep.body()).contains("offset-too-large");
  }

  @Test
  void saysWhoAnswersWhom() {
    for (JsonNode email :
        List.of(
            site.json(DEV + "email/" + ANSWER + "/"),
            site.json(DEV + "thread/" + ROOT + "/emails/").at("/results/1"),
            site.json(DEV + "emails/?ordering=date").at("/results/1"))) {
      assertThat(email.path("message_id").asString()).isEqualTo("answer@shims.example");
      assertThat(email.path("message_id_hash").asString()).isEqualTo(ANSWER);
      assertThat(email.path("thread").asString()).isEqualTo(SITE + DEV + "thread/" + ROOT + "/");
      assertThat(email.path("parent").asString()).isEqualTo(SITE + DEV + "email/" + ROOT + "/");
      assertThat(email.path("children"))
          .hasToString("[\"" + SITE + DEV + "email/" + THIRD + "/\"]");
    }
    assertThat(values(site.json(DEV + "thread/" + THIRD + "/emails/"), "message_id"))
        .containsExactly("root@shims.example", "answer@shims.example", "third@shims.example");
  }

  @Test
  void givesEmailsWithTheirText() {
    JsonNode email = site.json(DEV + "email/" + ROOT + "/");
    assertThat(email.path("content").asString())
        .isEqualTo("Apples, says c…@hidden.example, are red fruit.");
    assertThat(email.at("/sender/address").asString()).isEqualTo("a… (a) author.example");
    assertThat(email.path("sender_name").asString()).isEqualTo("Author, Anna");
    assertThat(email.at("/attachments/0/name").asString()).isEqualTo("notes.txt");
    String download = email.at("/attachments/0/download").asString();
    assertThat(download).startsWith(SITE + "/archive/dev@shims.example/message/");
    assertThat(site.answer(null, download.substring(SITE.length())).body())
        .contains("ask d...@hidden.example");
    JsonNode whole = site.jsonAs("max", DEV + "email/" + ROOT.toLowerCase(Locale.ROOT));
    assertThat(whole.path("content").asString()).contains("carla@hidden.example");
    assertThat(whole.at("/sender/address").asString()).isEqualTo("anna (a) author.example");
    for (String path :
        List.of(
            "/api/lists/",
            DEV + "threads/",
            DEV + "emails/",
            DEV + "thread/" + ROOT + "/emails/")) {
      assertThat(site.answer(null, path).body()).as(path).doesNotContain("anna", "ben@", "carla");
    }
  }

  /** Nobody finds out that there is a list that is not for them. */
  @ParameterizedTest
  @ValueSource(
      strings = {"", "threads/", "emails/", "thread/HASH/", "thread/HASH/emails/", "email/HASH/"})
  void hidesListsThatMayNotBeRead(String path) {
    String below = path.replace("HASH", LinkKeys.messageIdHash("secret@shims.example"));
    for (String account : new String[] {null, "max"}) {
      HttpResponse<String> closed = site.answer(account, CLOSED + below);
      HttpResponse<String> none = site.answer(account, "/api/list/nosuch@shims.example/" + below);
      assertThat(closed.statusCode()).isEqualTo(404);
      assertThat(none.statusCode()).isEqualTo(404);
      assertThat(closed.body().replace("closed", "nosuch")).isEqualTo(none.body());
    }
    assertThat(site.answer("mia", CLOSED + below).statusCode()).isEqualTo(200);
    assertThat(names(null, "")).containsExactly("dev@shims.example");
  }

  @Test
  void findsNoEmailOfAnotherList() {
    String secret = LinkKeys.messageIdHash("secret@shims.example");
    assertThat(site.answer("mia", DEV + "email/" + secret + "/").statusCode()).isEqualTo(404);
    assertThat(site.answer("mia", DEV + "email/nonsense/").statusCode()).isEqualTo(404);
    assertThat(site.answer(null, "/api/list/nonsense/").statusCode()).isEqualTo(404);
  }

  @ParameterizedTest
  @ValueSource(strings = {"/archives", "/hyperkitty", "/mailman3/hyperkitty"})
  void leadsFromWhereHyperKittyHadIt(String base) {
    HttpResponse<String> response = site.answer(null, base + DEV + "emails/?limit=1&offset=1");
    assertThat(response.statusCode()).isEqualTo(301);
    assertThat(response.headers().firstValue("Location").orElse(""))
        .endsWith(DEV + "emails/?limit=1&offset=1");
    assertThat(site.answer(null, base + "/api").statusCode()).isEqualTo(404);
  }
}
