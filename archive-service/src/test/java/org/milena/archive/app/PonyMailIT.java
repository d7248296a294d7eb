package org.milena.archive.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.milena.common.event.MailJson;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** The archive as programs ask it that know Pony Mail. */
@TestInstance(Lifecycle.PER_CLASS)
class PonyMailIT {
  private static final String DEV = "list=dev&domain=shims.example";
  private static final String CLOSED = "list=closed&domain=shims.example";

  private final ShimSite site = new ShimSite();

  @AfterAll
  void end() {
    site.close();
  }

  private JsonNode stats(@Nullable String account, String parameters) {
    return site.jsonAs(account, "/api/stats.lua?" + parameters);
  }

  /** Of this site's lists: other tests make some in the same directory. */
  private JsonNode preferences(@Nullable String account) {
    JsonNode preferences = site.jsonAs(account, "/api/preferences.lua");
    var unused = ((ObjectNode) preferences.path("lists")).retain("shims.example");
    return preferences;
  }

  private static List<String> messageIds(JsonNode stats) {
    List<String> ids = new ArrayList<>();
    stats.path("emails").forEach(mail -> ids.add(mail.path("message-id").asString()));
    return ids;
  }

  @Test
  void answersInTheShapesOfPonyMail() {
    Shape.assertLike(stats(null, DEV + "&d=2026-1"), "ponymail-stats");
    Shape.assertLike(site.json("/api/email.lua?id=" + site.root), "ponymail-email");
    Shape.assertLike(site.json("/api/thread.lua?id=" + site.root), "ponymail-thread");
    Shape.assertLike(preferences("mia"), "ponymail-preferences");
  }

  @Test
  void countsAndListsAMonth() {
    JsonNode stats = stats(null, DEV + "&d=2026-1");
    assertThat(messageIds(stats))
        .containsExactly("<root@shims.example>", "<answer@shims.example>", "<other@shims.example>");
    assertThat(stats.path("hits").asInt()).isEqualTo(3);
    assertThat(stats.path("numparts").asInt()).isEqualTo(2);
    assertThat(stats.path("no_threads").asInt()).isEqualTo(2);
    assertThat(stats.path("active_months")).hasToString("{\"2026-01\":3,\"2026-02\":1}");
    assertThat(stats.path("firstMonth").asInt()).isEqualTo(1);
    assertThat(stats.path("lastMonth").asInt()).isEqualTo(2);
    JsonNode thread = stats.path("thread_struct").path(0);
    assertThat(thread.path("tid").asString()).isEqualTo(site.root.value());
    assertThat(thread.path("tsubject").asString()).isEqualTo("About apples_<dev.shims.example>");
    assertThat(thread.at("/children/0/tid").asString()).isEqualTo(site.answer.value());
    assertThat(thread.at("/children/0/nest").asInt()).isEqualTo(2);
    assertThat(stats.at("/participants/0/count").asInt()).isEqualTo(2);
    assertThat(stats.at("/emails/0/date").asString()).isEqualTo("2026/01/05 10:00:00");
    assertThat(stats.at("/emails/1/in-reply-to").asString()).isEqualTo("<root@shims.example>");
  }

  @ParameterizedTest
  @CsvSource({
    "'d=2026-1', 3",
    "'d=2026-02', 1",
    "'d=dfr=2026-1-6%7Cdto=2026-1-7', 2",
    "'s=2026-1&e=2026-2', 4",
    "'date=2026-2', 1",
    "'', 0",
    "'d=gte=1d', 4",
    "'s=2026-1&e=2026-2&q=red', 4",
    "'s=2026-1&e=2026-2&q=red%20-plums', 3",
    "'s=2026-1&e=2026-2&q=%22red%20fruit%22', 3",
    "'s=2026-1&e=2026-2&q=%22fruit%20red%22', 0",
    "'s=2026-1&e=2026-2&q=ben', 2",
    "'s=2026-1&e=2026-2&header_from=ben', 2",
    "'s=2026-1&e=2026-2&header_subject=weather', 1",
    "'s=2026-1&e=2026-2&header_body=rain', 1",
    "'s=2026-1&e=2026-2&header_to=dev', 1",
    "'s=2026-1&e=2026-2&header_messageid=%3Cthird@shims.example%3E', 1",
    "'s=2026-1&e=2026-2&q=list:closed', 0",
  })
  void findsWhatIsAskedFor(String parameters, int hits) {
    JsonNode stats = stats(null, DEV + "&" + parameters);
    assertThat(stats.path("hits").asInt()).isEqualTo(hits);
    assertThat(stats.path("emails").size()).isEqualTo(hits);
  }

  @Test
  void takesTheLastThirtyDaysWhereNothingIsSaid() {
    assertThat(stats(null, "list=hidden&domain=shims.example").path("hits").asInt()).isEqualTo(1);
  }

  @Test
  void saysLessWhereLessIsAskedFor() {
    JsonNode quick = stats(null, DEV + "&d=2026-1&quick");
    assertThat(quick.path("hits").asInt()).isEqualTo(3);
    assertThat(quick.path("emails").path(0)).hasToString("{\"epoch\":1767607200}");
    assertThat(quick.has("thread_struct")).isFalse();
    JsonNode emails = stats(null, DEV + "&d=2026-1&emailsOnly=true");
    assertThat(emails.at("/emails/0/subject").asString()).isEqualTo("About apples");
    assertThat(emails.has("thread_struct")).isFalse();
    assertThat(emails.has("participants")).isFalse();
  }

  @Test
  void saysWhetherSomethingCame() {
    assertThat(stats(null, DEV + "&d=2026-1&since=1767800000")).hasToString("{\"changed\":false}");
    assertThat(stats(null, DEV + "&d=2026-1&since=")).hasToString("{\"changed\":false}");
    assertThat(stats(null, DEV + "&d=2026-1&since=1767607200").path("hits").asInt()).isEqualTo(3);
  }

  @Test
  void masksAddressesForStrangers() {
    String[] paths = {
      "/api/stats.lua?" + DEV + "&s=2026-1&e=2026-2",
      "/api/email.lua?id=" + site.root,
      "/api/thread.lua?id=" + site.root,
      "/api/source.lua?id=" + site.root,
      "/api/mbox.lua?" + DEV + "&s=2026-1&e=2026-2",
      "/api/email.lua?id=" + site.root + "&attachment=true&file=" + attachment()
    };
    for (String path : paths) {
      String stranger = ShimSite.utf8(site.answer(null, path));
      assertThat(stranger).as(path).doesNotContain("anna@", "ben@", "carla@", "dora@");
      assertThat(stranger).as(path).containsAnyOf("a…@author", "a...@author", "d...@hidden");
      assertThat(site.answer("max", path).body()).as(path).containsAnyOf("anna@", "dora@");
    }
    JsonNode stats = stats(null, DEV + "&d=2026-1");
    assertThat(stats.at("/emails/0/from").asString())
        .isEqualTo("\"Author, Anna\" <a…@author.example>");
    // the digest of a whole address gives it away
    assertThat(gravatar(stats, "b…@author.example"))
        .isNotEqualTo(gravatar(stats("max", DEV + "&d=2026-1"), "ben@author.example"));
  }

  private static String gravatar(JsonNode stats, String email) {
    for (JsonNode somebody : stats.path("participants")) {
      if (somebody.path("email").asString().equals(email)) {
        return somebody.path("gravatar").asString();
      }
    }
    throw new AssertionError("no " + email + " in " + stats.path("participants"));
  }

  private String attachment() {
    return site.json("/api/email.lua?id=" + site.root).at("/attachments/0/hash").asString();
  }

  @Test
  void givesFilesToBeSaved() {
    HttpResponse<String> file =
        site.answer(
            "max", "/api/email.lua?id=" + site.root + "&attachment=true&file=" + attachment());
    assertThat(file.statusCode()).isEqualTo(200);
    assertThat(file.body()).contains("ask dora@hidden.example");
    assertThat(file.headers().firstValue("Content-Type")).contains("application/octet-stream");
    HttpResponse<String> source = site.answer("max", "/api/source.lua?id=" + site.root);
    assertThat(source.body()).startsWith("Message-ID: <root@shims.example>\r\n");
    for (HttpResponse<String> response : List.of(file, source)) {
      assertThat(response.headers().firstValue("Content-Disposition").orElse(""))
          .startsWith("attachment;");
      assertThat(response.headers().firstValue("X-Content-Type-Options")).contains("nosniff");
    }
    assertThat(
            site.answer(null, "/api/email.lua?id=" + site.root + "&attachment=true&file=x")
                .statusCode())
        .isEqualTo(404);
  }

  @Test
  void findsMailsByEveryName() {
    JsonNode mail = site.json("/api/email.lua?id=" + site.root);
    List<String> names = new ArrayList<>();
    mail.path("permalinks").forEach(link -> names.add(link.asString()));
    assertThat(names).as("its own, and those of Pony Mail").hasSizeGreaterThan(2);
    names.add(names.getLast() + "@%3Cdev.shims.example%3E");
    names.add("%3Croot@shims.example%3E");
    names.add("root@shims.example");
    for (String name : names) {
      for (String where :
          List.of("", "&listid=%3Cdev.shims.example%3E", "&listid=dev@shims.example")) {
        assertThat(site.json("/api/email.lua?id=" + name + where).path("mid").asString())
            .as(name + where)
            .isEqualTo(site.root.value());
      }
      assertThat(
              site.answer(null, "/api/email.lua?id=" + name + "&listid=hidden@shims.example")
                  .statusCode())
          .isEqualTo(404);
    }
    assertThat(site.answer(null, "/api/email.lua?id=imported@shims.example").statusCode())
        .as("a Message-ID does not tell on which hidden list its mail is")
        .isEqualTo(404);
    for (String name : List.of("0a1b2c3d4e5f@%3Cold.shims.example%3E", "0a1b2c3d4e5f")) {
      assertThat(site.json("/api/email.lua?id=" + name).path("mid").asString())
          .as("the name that only the import knew")
          .isEqualTo(site.imported.value());
      assertThat(site.answer(null, "/thread/" + name).headers().firstValue("Location").orElse(""))
          .endsWith("/archive/hidden@shims.example/imported@shims.example/thread/");
    }
    assertThat(mail.path("dbid").asString()).matches("[0-9a-f]{64}");
    assertThat(mail.path("body").asString()).startsWith("Apples, says c…@hidden.example");
  }

  @Test
  void givesThreadsFromAnyOfTheirMails() {
    JsonNode below = site.json("/api/thread.lua?id=" + site.answer);
    assertThat(below.at("/thread/mid").asString()).isEqualTo(site.answer.value());
    assertThat(below.at("/thread/children/0/mid").asString()).isEqualTo(site.third.value());
    assertThat(below.path("emails").size()).isEqualTo(2);
    JsonNode whole = site.json("/api/thread.lua?id=" + site.third + "&find_parent=true");
    assertThat(whole.at("/thread/mid").asString()).isEqualTo(site.root.value());
    assertThat(whole.at("/thread/children/0/children/0/mid").asString())
        .isEqualTo(site.third.value());
    assertThat(whole.at("/thread/children/0/irt").asString()).isEqualTo("<root@shims.example>");
    assertThat(whole.path("emails").size()).isEqualTo(3);
  }

  @Test
  void streamsMboxes() {
    String mbox = site.answer("max", "/api/mbox.lua?" + DEV + "&s=2026-1&e=2026-2&q=red").body();
    assertThat(mbox)
        .startsWith("From anna@author.example Mon Jan  5 10:00:00 2026\r\n")
        .contains("Rain on red roofs.", "Plums.");
    assertThat(mbox.split("(?m)^From ", -1)).hasSize(1 + 4);
    assertThat(site.answer(null, "/api/mbox.lua?" + DEV).body()).isEmpty();
  }

  /** Nobody finds out that there is a list that is not for them. */
  @Test
  void hidesListsThatMayNotBeRead() {
    for (String account : new String[] {null, "max"}) {
      JsonNode closed = stats(account, CLOSED + "&d=2026-1");
      JsonNode none = stats(account, "list=nosuch&domain=shims.example&d=2026-1");
      assertThat(closed.path("hits").asInt()).isZero();
      assertThat(closed.path("active_months")).isEmpty();
      assertThat(neutral(closed, "closed")).isEqualTo(neutral(none, "nosuch"));
      assertSame(account, "/api/mbox.lua?domain=shims.example&list=LIST", "closed", "nosuch");
      assertSame(account, "/api/email.lua?id=LIST", site.secret.value(), "x".repeat(27));
      assertSame(account, "/api/thread.lua?id=LIST", "secret@shims.example", "none@shims.example");
      assertSame(account, "/api/source.lua?listid=LIST&id=x@y", "closed.shims.example", "no.such");
      assertThat(stats(account, "list=*&domain=*&d=2026-1&q=red").path("hits").asInt())
          .isEqualTo(3);
      assertThat(preferences(account).path("lists")).hasToString("{\"shims.example\":{\"dev\":4}}");
    }
    assertThat(stats("mia", CLOSED + "&d=2026-1").at("/emails/0/private").asBoolean()).isTrue();
    assertThat(stats("mia", "list=*&domain=shims.example&d=2026-1&q=red").path("hits").asInt())
        .isEqualTo(4);
    assertThat(stats("mia", "list=*&domain=elsewhere.example&d=2026-1").path("hits").asInt())
        .isZero();
  }

  private void assertSame(@Nullable String account, String path, String one, String other) {
    HttpResponse<String> first = site.answer(account, path.replace("LIST", one));
    HttpResponse<String> second = site.answer(account, path.replace("LIST", other));
    assertThat(first.statusCode()).as(path).isEqualTo(404);
    assertThat(second.statusCode()).as(path).isEqualTo(404);
    assertThat(first.body().replace(one, "…"))
        .as(path)
        .isEqualTo(second.body().replace(other, "…"));
  }

  private static String neutral(JsonNode stats, String name) {
    return stats.toString().replace(name, "…").replaceFirst("\"unixtime\":\\d+", "");
  }

  @Test
  void speaksFoalsSpelling() {
    assertThat(site.json("/api/stats.json?" + DEV + "&d=2026-1").path("hits").asInt()).isEqualTo(3);
    assertThat(
            post(
                    "/api/stats.json",
                    "{\"list\":\"dev\",\"domain\":\"shims.example\",\"d\":\"2026-1\",\"header_from\":\"ben\",\"quick\":true}")
                .path("hits")
                .asInt())
        .isEqualTo(2);
    assertThat(post("/api/email.json", "{\"id\":\"" + site.root + "\"}").path("mid").asString())
        .isEqualTo(site.root.value());
    assertThat(
            post("/api/thread.json", "{\"id\":\"" + site.third + "\",\"find_parent\":\"true\"}")
                .at("/thread/mid")
                .asString())
        .isEqualTo(site.root.value());
  }

  private JsonNode post(String path, String body) {
    HttpResponse<String> response =
        site.archive.postAs(null, path, "application/json", body.getBytes(StandardCharsets.UTF_8));
    assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
    return MailJson.mapper().readTree(response.body());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/api/stats.lua",
        "/api/stats.lua?list=dev",
        "/api/stats.lua?list=dev&domain=shims.example&d=soon",
        "/api/stats.lua?list=dev&domain=shims.example&since=x",
        "/api/mbox.lua?list=dev&domain=shims.example&d=2026-13",
        "/api/email.lua",
        "/api/thread.lua?id=",
      })
  void refusesWhatMakesNoSense(String path) {
    HttpResponse<String> response = site.answer(null, path);
    assertThat(response.statusCode()).isEqualTo(400);
    assertThat(response.headers().firstValue("Content-Type")).contains("application/problem+json");
  }
}
