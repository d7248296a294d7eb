package org.milena.listexpander.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.milena.engines.kafka.EmbeddedKafka;
import org.milena.listexpander.template.TemplateName;
import org.milena.testkit.kafka.SharedBroker;
import tools.jackson.databind.JsonNode;

/** Texts over REST, with everything real behind them. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class TemplatesIT {
  private static final String LIST = "/lists/users@lists.example.org/templates";
  private static final String DOMAIN = "/domains/lists.example.org/templates";
  private static final String SITE = "/site/templates";
  private static final String WELCOME = "/list:user:notice:welcome";
  private static final String OLGA = Site.basic("olga", "long enough 1");
  private static final String OTTO = Site.basic("otto", "long enough 2");

  private final EmbeddedKafka broker = SharedBroker.fresh();
  private Site site;

  @BeforeAll
  void open(@TempDir Path data) {
    site = new Site(broker.bootstrapServers(), data, Map.of());
    String list =
        "{'address':'users@lists.example.org','displayName':'Users of X',"
            + "'owners':['olga@o.example']}";
    assertThat(site.api("POST", "/lists", list).status()).isEqualTo(201);
    account("olga", "1");
    account("otto", "2");
  }

  private void account(String name, String number) {
    String body = "{'address':'%s@o.example','password':'long enough %s'}".formatted(name, number);
    assertThat(site.api("PUT", "/accounts/" + name, body).status()).isEqualTo(200);
  }

  @AfterAll
  void close() {
    site.close();
    broker.close();
  }

  @Test
  void findsTheTextOfTheNearestScope() {
    String hold = "/list:user:notice:hold";
    assertThat(givenBy(LIST, hold, "de")).isEqualTo("MILENA");
    ok(site.api("PUT", SITE + hold + "?language=de", "{'text':'Von der Site'}"));
    assertThat(givenBy(LIST, hold, "de")).isEqualTo("SITE");
    assertThat(givenBy(LIST, hold, "en")).isEqualTo("MILENA");
    ok(site.api("PUT", DOMAIN + hold + "?language=de", "{'text':'Von der Domain'}"));
    assertThat(givenBy(LIST, hold, "de")).isEqualTo("DOMAIN");
    JsonNode own = ok(site.as(OLGA, "PUT", LIST + hold + "?language=de", "{'text':'Von uns'}"));
    assertThat(own.path("givenBy").asString()).isEqualTo("LIST");
    assertThat(own.path("text").asString()).isEqualTo("Von uns");
    assertThat(givenBy(DOMAIN, hold, "de")).isEqualTo("DOMAIN");
    JsonNode all = ok(site.as(OLGA, "GET", LIST + "?language=de", null));
    assertThat(all.size())
        .as("all but the one that no list writes")
        .isEqualTo(TemplateName.values().length - 1);
    assertThat(all.valueStream().filter(one -> one.path("givenBy").asString().equals("LIST")))
        .extracting(one -> one.path("name").asString())
        .contains("list:user:notice:hold");
    ok(site.as(OLGA, "DELETE", LIST + hold + "?language=de", null));
    assertThat(givenBy(LIST, hold, "de")).isEqualTo("DOMAIN");
    ok(site.api("DELETE", DOMAIN + hold + "?language=de"));
    ok(site.api("DELETE", SITE + hold + "?language=de"));
    assertThat(givenBy(LIST, hold, "de")).isEqualTo("MILENA");
    problem(site.api("DELETE", SITE + hold + "?language=de"), 404, "not-found");
  }

  @Test
  void aListLikeAnotherHasItsTexts() {
    String footer = "/list:member:regular:footer";
    ok(site.api("PUT", LIST + footer + "?language=de", "{'text':'${listname}'}"));
    String like =
        "{'address':'alike@lists.example.org','like':'%s'}".formatted("users@lists.example.org");
    assertThat(site.api("POST", "/lists", like).status()).isEqualTo(201);
    assertThat(givenBy("/lists/alike@lists.example.org/templates", footer, "de")).isEqualTo("LIST");
    assertThat(givenBy("/lists/alike@lists.example.org/templates", footer, "en"))
        .isEqualTo("MILENA");
  }

  @Test
  void saysWhatATextMayHold() {
    JsonNode welcome = ok(site.as(OLGA, "GET", LIST + WELCOME, null));
    assertThat(welcome.path("language").asString()).isEqualTo("en");
    assertThat(welcome.path("hasSubject").asBoolean()).isTrue();
    assertThat(welcome.path("mayBeEmpty").asBoolean()).isFalse();
    assertThat(welcome.path("text").asString()).startsWith("Subject: Welcome to ${listname}\n\n");
    assertThat(welcome.path("placeholders").valueStream())
        .extracting(one -> one.path("name").asString())
        .contains("user_email", "listname", "owner_email");
  }

  @Test
  void showsATextWithoutKeepingIt() {
    JsonNode ours = ok(site.as(OLGA, "POST", LIST + WELCOME + "/preview?language=de", "{}"));
    assertThat(ours.path("subject").asString()).isEqualTo("Willkommen auf users@lists.example.org");
    assertThat(ours.path("text").asString())
        .contains("https://lists.example.org/lists/users@lists.example.org");
    JsonNode own =
        ok(
            site.as(
                OLGA,
                "POST",
                LIST + WELCOME + "/preview",
                "{'text':'Subject: Hi ${user_email}\\n\\n${display_name} $$5'}"));
    assertThat(own.path("subject").asString()).isEqualTo("Hi ana@example.org");
    assertThat(own.path("text").asString()).isEqualTo("Users of X $5\n");
    JsonNode footer =
        ok(
            site.api(
                "POST", SITE + "/list:member:regular:footer/preview", "{'text':'${listname}'}"));
    assertThat(footer.path("subject").isNull()).isTrue();
    assertThat(footer.path("text").asString()).isEqualTo("users@lists.example.org\n");
    assertThat(givenBy(LIST, WELCOME, "en")).isEqualTo("MILENA");
  }

  @Test
  void takesNoBrokenText() {
    Site.Answer broken = site.as(OLGA, "PUT", LIST + WELCOME, "{'text':'a\\n ${nobody}'}");
    problem(broken, 409, "template");
    assertThat(broken.json().get("detail").asString())
        .startsWith("Line 2, column 2: there is no placeholder ${nobody}; known here are: user_");
    problem(site.as(OLGA, "POST", LIST + WELCOME + "/preview", "{'text':'${'}"), 400, "template");
    problem(site.as(OLGA, "PUT", LIST + WELCOME, "{}"), 400, "text-missing");
    problem(site.as(OLGA, "PUT", LIST + WELCOME + "?language=fr", "{'text':'x'}"), 400, "language");
    problem(site.as(OLGA, "PUT", LIST + "/list:user:nothing", "{'text':'x'}"), 404, "not-found");
    String longest = "{'text':'" + "x".repeat(20_000) + "'}";
    ok(site.as(OLGA, "POST", LIST + WELCOME + "/preview", longest));
    assertThat(givenBy(LIST, WELCOME, "en")).isEqualTo("MILENA");
  }

  @Test
  void isForThoseWhoRunIt() {
    for (String place : new String[] {LIST, DOMAIN, SITE}) {
      assertThat(site.as("", "GET", place, null).status()).isEqualTo(401);
      problem(site.as(OTTO, "GET", place, null), 403, "forbidden");
      problem(site.as(OTTO, "GET", place + WELCOME, null), 403, "forbidden");
      problem(site.as(OTTO, "PUT", place + WELCOME, "{'text':'x'}"), 403, "forbidden");
      problem(site.as(OTTO, "DELETE", place + WELCOME, null), 403, "forbidden");
      problem(site.as(OTTO, "POST", place + WELCOME + "/preview", "{}"), 403, "forbidden");
    }
    problem(site.as(OLGA, "PUT", DOMAIN + WELCOME, "{'text':'x'}"), 403, "forbidden");
    problem(site.as(OLGA, "PUT", SITE + WELCOME, "{'text':'x'}"), 403, "forbidden");
    site.api("PUT", "/domains/lists.example.org", "{'owners':['olga']}");
    ok(site.as(OLGA, "PUT", DOMAIN + WELCOME, "{'text':'From the owner of the domain'}"));
    ok(site.as(OLGA, "DELETE", DOMAIN + WELCOME, null));
    problem(site.as(OLGA, "GET", SITE, null), 403, "forbidden");
    problem(site.as(OTTO, "GET", DOMAIN, null), 403, "forbidden");
    problem(site.api("GET", "/domains/elsewhere.example/templates"), 404, "not-found");
    problem(site.api("GET", "/domains/*/templates"), 404, "not-found");
  }

  private String givenBy(String place, String name, String language) {
    return ok(site.api("GET", place + name + "?language=" + language)).path("givenBy").asString();
  }

  private static JsonNode ok(Site.Answer answer) {
    assertThat(answer.status()).as(answer.body()).isEqualTo(200);
    return answer.json();
  }

  private static void problem(Site.Answer answer, int status, String code) {
    assertThat(answer.status()).as(answer.body()).isEqualTo(status);
    assertThat(answer.json().get("code").asString()).as(answer.body()).isEqualTo(code);
  }
}
