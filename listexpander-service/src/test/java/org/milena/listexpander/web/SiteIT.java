package org.milena.listexpander.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.milena.common.directory.Account;
import org.milena.common.directory.Directory;
import org.milena.common.directory.ScramSha256;
import org.milena.common.event.RecordPosition;
import org.milena.common.event.RecordType;
import org.milena.common.event.Route;
import org.milena.common.event.Topics;
import org.milena.common.kafka.KafkaAccess;
import org.milena.common.mail.ListId;
import org.milena.common.stage.MailRecords;
import org.milena.common.token.SignedTokens;
import org.milena.common.token.TokenPurpose;
import org.milena.engines.kafka.EmbeddedKafka;
import org.milena.listexpander.fake.Fixtures;
import org.milena.listexpander.fake.Instance;
import org.milena.listexpander.incoming.ListMail;
import org.milena.testkit.kafka.SharedBroker;
import tools.jackson.databind.JsonNode;

/** The API and the pages, from outside, with everything real behind them. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SiteIT {
  private static final String USERS = "/lists/users@lists.example.org";

  private final EmbeddedKafka broker = SharedBroker.fresh();
  private Site site;

  @BeforeAll
  void open(@TempDir Path data) {
    site = new Site(broker.bootstrapServers(), data, Map.of());
  }

  @AfterAll
  void close() {
    site.close();
    broker.close();
  }

  @BeforeEach
  void aList() {
    if (site.api("GET", USERS).status() == 404) {
      Site.Answer made =
          site.api(
              "POST",
              "/lists",
              "{'address':'users@lists.example.org','displayName':'Users of X',"
                  + "'owners':['own@o.example']}");
      assertThat(made.status()).as(made.body()).isEqualTo(201);
    }
  }

  @Test
  void needsASignIn() {
    Site.Answer answer = site.as("", "GET", "/lists", null);
    assertThat(answer.status()).isEqualTo(401);
    assertThat(answer.header("content-type")).isEqualTo("application/problem+json");
    assertThat(site.as(Site.basic("admin", "wrong"), "GET", "/lists", null).status())
        .isEqualTo(401);
  }

  @Test
  void describesItsApiToAnybody() {
    Site.Answer answer = site.as("", "GET", "/openapi.yaml", null);
    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.header("content-type")).startsWith("application/yaml");
    assertThat(answer.body()).contains("openapi: 3.1.0", "/api/v1/lists/{list}:");
  }

  @Test
  void showsAndChangesAList() {
    JsonNode list = site.api("GET", USERS).json();
    assertThat(list.get("id").asString()).isEqualTo("users.lists.example.org");
    assertThat(list.get("settings").get("nonMemberAction").asString()).isEqualTo("HOLD");
    JsonNode changed =
        site.api("PATCH", USERS, "{'description':'About X','settings':{'maxSize':1000000}}").json();
    assertThat(changed.get("description").asString()).isEqualTo("About X");
    assertThat(changed.get("displayName").asString()).isEqualTo("Users of X");
    assertThat(changed.get("settings").get("maxSize").asInt()).isEqualTo(1_000_000);
    assertThat(changed.get("settings").get("memberAction").asString()).isEqualTo("DEFER");
    assertThat(changed.get("version").asLong()).isEqualTo(list.get("version").asLong() + 1);
    Site.Answer stale = site.api("PATCH", USERS, "{'displayName':'x','ifVersion':1}");
    assertThat(stale.status()).isEqualTo(409);
    assertThat(stale.json().get("code").asString()).isEqualTo("version");
  }

  @Test
  void saysWhatIsWrong() {
    problem(site.api("GET", "/lists/none@lists.example.org"), 404, "not-found");
    problem(site.api("GET", "/lists/nonsense"), 400, "invalid-address");
    problem(
        site.api("POST", "/lists", "{'address':'users@lists.example.org'}"), 409, "list-exists");
    problem(site.api("POST", "/lists", "{'address':'x@elsewhere.example'}"), 409, "list-name");
    for (String name : List.of("postmaster", "ABUSE", "mailer-daemon", "users-request")) {
      problem(
          site.api("POST", "/lists", "{'address':'" + name + "@lists.example.org'}"),
          409,
          "list-name");
    }
    problem(site.api("POST", "/lists", "{}"), 400, "address-missing");
    problem(site.api("POST", "/lists", "{'address':"), 400, "unreadable-body");
    problem(site.api("POST", "/lists", "{'address':'no address'}"), 400, "unreadable-body");
    problem(site.api("PATCH", USERS, "{'settings':{'maxSize':-1}}"), 409, "max-size");
    problem(site.api("PATCH", USERS, "{'settings':{'nonMemberAction':'EAT'}}"), 400, "settings");
    problem(site.api("PATCH", USERS, "{'settings':{'noSuchThing':1}}"), 400, "settings");
    problem(site.api("GET", USERS + "/members?limit=0"), 400, "invalid-limit");
    problem(site.api("GET", USERS + "/members/nobody@a.example"), 404, "not-found");
    problem(
        site.api("POST", USERS + "/members", "{'address':'users-owner@lists.example.org'}"),
        409,
        "loop");
    problem(site.api("POST", "/held/none/accept"), 404, "not-found");
    problem(site.api("DELETE", "/accounts/admin"), 409, "last-operator");
  }

  @Test
  void managesMembers() {
    Site.Answer added =
        site.api(
            "POST",
            USERS + "/members",
            "{'address':'Mia@m.example','displayName':'Mia','roles':['MEMBER']}");
    assertThat(added.status()).isEqualTo(201);
    site.api("POST", USERS + "/members", "{'address':'mia@m.example','roles':['MODERATOR']}");
    JsonNode mia = site.api("GET", USERS + "/members/mia@m.example").json();
    assertThat(mia.get("displayName").asString()).isEqualTo("Mia");
    assertThat(mia.get("roles").toString()).isEqualTo("[\"MEMBER\",\"MODERATOR\"]");
    JsonNode set =
        site.api(
                "PUT",
                USERS + "/members/mia@m.example",
                "{'roles':['MEMBER'],'action':'HOLD','deliver':false}")
            .json();
    assertThat(set.get("roles").toString()).isEqualTo("[\"MEMBER\"]");
    assertThat(set.get("action").asString()).isEqualTo("HOLD");
    assertThat(set.get("stopped").asString()).isEqualTo("BY_MODERATOR");
    JsonNode reset =
        site.api("PUT", USERS + "/members/mia@m.example", "{'action':'DEFAULT'}").json();
    assertThat(reset.get("action").isNull()).isTrue();
    assertThat(reset.get("stopped").asString()).isEqualTo("BY_MODERATOR");
    JsonNode resumed =
        site.api(
                "PUT",
                USERS + "/members/mia@m.example",
                "{'deliver':true,'mode':'mime_digest','language':'de'}")
            .json();
    assertThat(resumed.get("stopped").isNull()).isTrue();
    assertThat(resumed.get("mode").asString()).isEqualTo("MIME_DIGEST");
    assertThat(resumed.get("language").asString()).isEqualTo("de");
    assertThat(site.api("DELETE", USERS + "/members/mia@m.example").status()).isEqualTo(204);
    assertThat(site.api("DELETE", USERS + "/members/mia@m.example").status()).isEqualTo(404);
  }

  @Test
  void importsAFileAndPagesThroughIt() {
    list("import");
    StringBuilder file = new StringBuilder("address,name\n");
    for (int i = 0; i < 2_300; i++) {
      file.append("m%04d@d.example,\"Member, %d\"\n".formatted(i, i));
    }
    file.append("not an address\nAnn Example <ann@a.example>\nimport-owner@lists.example.org\n");
    JsonNode report =
        site.text("/lists/import@lists.example.org/members/import", "text/csv", file.toString())
            .json();
    assertThat(report.get("lines").asInt()).isEqualTo(2_304);
    assertThat(report.get("members").asInt()).isEqualTo(2_301);
    assertThat(report.get("changed").asInt()).isEqualTo(2_301);
    assertThat(report.get("badLines").asInt()).isEqualTo(2);
    assertThat(report.get("bad").get(0).get("line").asInt()).isEqualTo(2_302);
    assertThat(report.get("bad").get(1).get("line").asInt()).isEqualTo(2_304);
    assertThat(
            site.text(
                    "/lists/import@lists.example.org/members/import", "text/plain", "ann@a.example")
                .json()
                .get("changed")
                .asInt())
        .isZero();

    int seen = 0;
    String after = "";
    while (true) {
      JsonNode page =
          site.api("GET", "/lists/import@lists.example.org/members?limit=500&after=" + after)
              .json();
      seen += page.get("items").size();
      if (page.get("next").isNull()) {
        break;
      }
      after = page.get("next").asString();
    }
    assertThat(seen).isEqualTo(2_301);
    assertThat(
            site.api("GET", "/lists/import@lists.example.org/members/m0007@d.example")
                .json()
                .get("displayName")
                .asString())
        .isEqualTo("Member, 7");
  }

  @Test
  void moderatesHeldPosts() {
    list("held");
    ListId id = ListId.of("held.lists.example.org");
    for (String subject : new String[] {"first", "second", "third"}) {
      publish(
          id, "From: eve@e.example\nSubject: " + subject + "\n\nBuy <b>now</b> " + subject + "\n");
    }
    String held = "/lists/held@lists.example.org/held";
    Instance.await(() -> site.api("GET", held).json().get("items").size() == 3);
    JsonNode page = site.api("GET", held + "?limit=2").json();
    assertThat(page.get("items").size()).isEqualTo(2);
    JsonNode rest = site.api("GET", held + "?limit=2&after=" + page.get("next").asString()).json();
    assertThat(rest.get("items").size()).isEqualTo(1);
    JsonNode first = page.get("items").get(0);
    assertThat(first.get("subject").asString()).isEqualTo("first");
    assertThat(first.get("reasons").get(0).asString()).contains("not a member");
    String holdId = first.get("id").asString();
    JsonNode whole = site.api("GET", "/held/" + holdId).json();
    assertThat(whole.get("header").asString()).contains("Subject: first");
    assertThat(whole.get("text").asString()).isEqualTo("Buy <b>now</b> first\r\n");

    assertThat(site.api("POST", "/held/" + holdId + "/accept").status()).isEqualTo(200);
    problem(site.api("POST", "/held/" + holdId + "/accept"), 409, "decided");
    assertThat(
            site.api(
                    "POST",
                    "/held/" + page.get("items").get(1).get("id").asString() + "/reject",
                    "{'comment':'not here'}")
                .status())
        .isEqualTo(200);
    assertThat(
            site.api("POST", "/held/" + rest.get("items").get(0).get("id").asString() + "/discard")
                .status())
        .isEqualTo(200);
    assertThat(site.api("GET", held).json().get("items").size()).isZero();
  }

  @Test
  void accountsSignInAsFarAsTheyMay() {
    list("owned");
    site.api(
        "POST",
        "/lists/owned@lists.example.org/members",
        "{'address':'olga@o.example','roles':['OWNER']}");
    Site.Answer made =
        site.api(
            "PUT",
            "/accounts/olga",
            "{'address':'olga@o.example','password':'long enough 1','operator':false}");
    assertThat(made.status()).as(made.body()).isEqualTo(200);
    assertThat(made.body()).doesNotContain("argon2").doesNotContain("long enough");
    String olga = Site.basic("olga", "long enough 1");
    assertThat(site.as(olga, "GET", "/lists/owned@lists.example.org/members", null).status())
        .isEqualTo(200);
    problem(site.as(olga, "GET", USERS + "/members", null), 403, "forbidden");
    problem(site.as(olga, "POST", "/lists", "{'address':'x@lists.example.org'}"), 403, "forbidden");
    problem(site.as(olga, "GET", "/accounts", null), 403, "forbidden");
    problem(site.as(olga, "PUT", "/accounts/olga", "{'operator':true}"), 403, "forbidden");

    JsonNode token =
        site.as(olga, "POST", "/accounts/olga/tokens", "{'label':'script','scopes':['READ']}")
            .json();
    String bearer = Site.bearer(token.get("secret").asString());
    assertThat(site.as(bearer, "GET", "/lists/owned@lists.example.org", null).status())
        .isEqualTo(200);
    problem(
        site.as(
            bearer, "POST", "/lists/owned@lists.example.org/members", "{'address':'x@x.example'}"),
        403,
        "forbidden");
    problem(
        site.as(bearer, "POST", "/accounts/olga/tokens", "{'label':'more','scopes':['LISTS']}"),
        403,
        "forbidden");

    JsonNode appPassword =
        site.as(olga, "POST", "/accounts/olga/app-passwords", "{'label':'phone'}").json();
    Account account = site.bean(Directory.class).account("olga").orElseThrow();
    assertThat(
            ScramSha256.matches(
                account.appPasswords().getFirst(), appPassword.get("secret").asString()))
        .isTrue();
    assertThat(
            site.as(olga, "DELETE", "/accounts/olga/tokens/" + token.get("id").asString(), null)
                .status())
        .isEqualTo(204);
    assertThat(site.as(bearer, "GET", "/lists", null).status()).isEqualTo(401);
    assertThat(site.api("DELETE", "/accounts/olga").status()).isEqualTo(200);
    assertThat(site.as(olga, "GET", "/lists", null).status()).isEqualTo(401);
  }

  @Test
  void joiningTellsStrangersNothing() {
    site.api("POST", USERS + "/members", "{'address':'known@k.example'}");
    Site.Answer known =
        site.as("", "POST", USERS + "/subscriptions", "{'address':'known@k.example'}");
    Site.Answer unknown =
        site.as("", "POST", USERS + "/subscriptions", "{'address':'unknown@k.example'}");
    assertThat(known.status()).isEqualTo(202);
    assertThat(known.body()).isEqualTo(unknown.body());
    problem(site.as("", "POST", USERS + "/subscriptions", "{}"), 400, "address-missing");
  }

  @Test
  void oneClickLeavesWithoutCookieOrRedirectAndTwiceIsFine() {
    site.api("POST", USERS + "/members", "{'address':'leaver@l.example'}");
    String token =
        site.bean(SignedTokens.class)
            .issue(TokenPurpose.UNSUBSCRIBE, "users.lists.example.org|leaver@l.example", null);
    Site.Answer page = site.page("GET", "/unsubscribe/" + token, null);
    assertThat(page.status()).isEqualTo(200);
    assertThat(page.body()).contains("leaver@l.example").contains("<button");
    assertThat(page.header("set-cookie")).isEmpty();
    assertThat(site.api("GET", USERS + "/members/leaver@l.example").status()).isEqualTo(200);

    Site.Answer left = site.page("POST", "/unsubscribe/" + token, "List-Unsubscribe=One-Click");
    assertThat(left.status()).isEqualTo(200);
    assertThat(left.header("set-cookie")).isEmpty();
    assertThat(site.api("GET", USERS + "/members/leaver@l.example").status()).isEqualTo(404);
    assertThat(site.page("POST", "/unsubscribe/" + token, "List-Unsubscribe=One-Click").status())
        .isEqualTo(200);

    String forged = token.substring(0, token.length() - 2) + "aa";
    assertThat(site.page("POST", "/unsubscribe/" + forged, "List-Unsubscribe=One-Click").status())
        .isEqualTo(404);
    assertThat(site.page("GET", "/unsubscribe/" + forged, null).status()).isEqualTo(404);
    String forOther = site.bean(SignedTokens.class).issue(TokenPurpose.CONFIRM, "x", null);
    assertThat(site.page("POST", "/unsubscribe/" + forOther, "").status()).isEqualTo(404);
  }

  @Test
  void aRequestIsConfirmedByItsLink() {
    site.as("", "POST", USERS + "/subscriptions", "{'address':'joiner@j.example'}");
    String token = confirmation("joiner@j.example");
    Site.Answer page = site.page("GET", "/confirm/" + token, null);
    assertThat(page.body()).contains("joiner@j.example").contains("Join users@lists.example.org?");
    assertThat(site.api("GET", USERS + "/members/joiner@j.example").status()).isEqualTo(404);
    assertThat(site.page("POST", "/confirm/" + token, "").status()).isEqualTo(200);
    assertThat(site.api("GET", USERS + "/members/joiner@j.example").status()).isEqualTo(200);
    assertThat(site.page("POST", "/confirm/" + token, "").status()).isEqualTo(404);
    assertThat(site.page("GET", "/confirm/nonsense", null).status()).isEqualTo(404);
  }

  @Test
  void everybodySeesTheListsAndTheFormToJoin() {
    list("secret");
    site.api(
        "PATCH",
        "/lists/secret@lists.example.org",
        "{'settings':{'subscribePolicy':'CLOSED','archiveAccess':'MEMBERS'}}");
    Site.Answer all = site.page("GET", "/", null);
    assertThat(all.status()).isEqualTo(200);
    assertThat(all.body()).contains("Users of X").doesNotContain("secret@");
    assertThat(all.header("content-security-policy")).contains("default-src 'none'");
    assertThat(site.page("GET", "/lists/secret@lists.example.org", null).status()).isEqualTo(404);
    Site.Answer one = site.page("GET", USERS, null);
    assertThat(one.body())
        .contains("<h2>Join</h2>")
        .contains("users-unsubscribe@lists.example.org");
    assertThat(one.header("set-cookie")).isEmpty();
    assertThat(site.page("POST", USERS, "address=web%40w.example&name=Web").body())
        .contains("If this address can join");
    assertThat(site.page("POST", USERS, "address=rubbish").body())
        .contains("rubbish is no address");
    assertThat(site.page("GET", "/assets/milena.css", null).status()).isEqualTo(200);
  }

  @Test
  void onlyAnOperatorChangesWhatTheScannerMakesOfAList() {
    list("scanned");
    String path = "/lists/scanned@lists.example.org";
    site.api("POST", path + "/members", "{'address':'oda@o.example','roles':['OWNER']}");
    site.api("PUT", "/accounts/oda", "{'address':'oda@o.example','password':'long enough 2'}");
    String oda = Site.basic("oda", "long enough 2");

    String policy = "{'settings':{'scanPolicy':{'encrypted':'PASS'}}}";
    Site.Answer refused = site.as(oda, "PATCH", path, policy);
    problem(refused, 403, "forbidden");
    assertThat(refused.json().get("detail").asString()).contains("operator", "scanPolicy");
    JsonNode free =
        site.as(
                oda,
                "PATCH",
                path,
                "{'settings':{'unprovenAction':'HOLD','suspectAction':'DISCARD'}}")
            .json()
            .get("settings");
    assertThat(free.get("unprovenAction").asString()).isEqualTo("HOLD");
    assertThat(free.get("disownedAction").asString()).isEqualTo("HOLD");
    assertThat(free.get("suspectAction").asString()).isEqualTo("DISCARD");
    assertThat(free.get("scanPolicy").isNull()).isTrue();

    JsonNode set =
        site.api(
                "PATCH",
                path,
                "{'settings':{'scanPolicy':{'quorum':2,'patience':'PT2H','encrypted':'KEEP'}}}")
            .json()
            .get("settings")
            .get("scanPolicy");
    assertThat(set.get("quorum").asInt()).isEqualTo(2);
    assertThat(set.get("patience").asString()).isEqualTo("PT2H");
    assertThat(set.get("encrypted").asString()).isEqualTo("KEEP");
    assertThat(set.get("macros").asString()).isEqualTo("HOLD");

    // whoever sends back what was read changes nothing of it
    assertThat(
            site.as(
                    oda,
                    "PATCH",
                    path,
                    "{'settings':{'maxSize':5,'scanPolicy':" + quoted(set) + "}}")
                .status())
        .isEqualTo(200);
    problem(site.as(oda, "PATCH", path, "{'settings':{'scanPolicy':null}}"), 403, "forbidden");
    JsonNode open = site.api("PATCH", path, policy).json().get("settings").get("scanPolicy");
    assertThat(open.get("encrypted").asString()).isEqualTo("PASS");
    assertThat(open.get("quorum").asInt()).as("what is not named stays").isEqualTo(2);
    assertThat(open.get("patience").asString()).isEqualTo("PT2H");
    assertThat(site.api("PATCH", path, "{'settings':{'scanPolicy':" + quoted(set) + "}}").status())
        .isEqualTo(200);
    problem(
        site.api("PATCH", path, "{'settings':{'scanPolicy':{'quorum':99}}}"), 409, "scan-policy");
    problem(site.api("PATCH", path, "{'settings':{'scanPolicy':{'quorum':-1}}}"), 400, "settings");
    problem(site.api("PATCH", path, "{'settings':{'disownedAction':'ACCEPT'}}"), 409, "action");
    Site.Browser browser = site.signIn("oda", "long enough 2");
    String page = "/manage" + path;
    String csrf = Site.csrf(browser.get(page).body());
    browser.post(
        page + "/settings",
        Map.of(
            "displayName",
            "Scanned",
            "description",
            "",
            "scanPolicy.quorum",
            "0",
            "scanPolicy.encrypted",
            "PASS"),
        csrf);
    assertThat(browser.get(page).body()).contains("Only an operator of the site may change");
    assertThat(site.api("GET", path).json().get("settings").get("scanPolicy")).isEqualTo(set);
    assertThat(
            site.api("PATCH", path, "{'settings':{'scanPolicy':null}}")
                .json()
                .get("settings")
                .get("scanPolicy")
                .isNull())
        .isTrue();
  }

  @Test
  void ownersManageWithoutJavaScript() {
    list("pages");
    String path = "/manage/lists/pages@lists.example.org";
    assertThat(site.page("GET", path, null).status()).isEqualTo(302);
    Site.Browser browser = site.signIn("admin", Site.PASSWORD);
    assertThat(browser.get("/manage/").body()).contains("pages@lists.example.org");
    String csrf = Site.csrf(browser.get(path).body());
    assertThat(
            browser
                .post(path + "/members", Map.of("address", "p@p.example", "name", "<P>"), csrf)
                .status())
        .isEqualTo(302);
    assertThat(browser.get(path).body()).contains("p@p.example").contains("&lt;P&gt;");
    browser.post(path + "/members", Map.of("address", "rubbish"), csrf);
    assertThat(browser.get(path).body()).contains("rubbish is no address");
    browser.post(
        path + "/settings",
        Map.of("displayName", "Pages", "description", "All", "nonMemberAction", "DISCARD"),
        csrf);
    JsonNode list = site.api("GET", "/lists/pages@lists.example.org").json();
    assertThat(list.get("settings").get("nonMemberAction").asString()).isEqualTo("DISCARD");
    assertThat(list.get("settings").get("memberAction").asString()).isEqualTo("DEFER");
    assertThat(list.get("displayName").asString()).isEqualTo("Pages");
    browser.post(
        path + "/settings",
        Map.of("displayName", "Pages", "description", "", "nonMemberAction", "HOLD"),
        csrf);

    publish(
        ListId.of("pages.lists.example.org"),
        "From: \"<script>alert(1)</script>\" <eve@e.example>\nSubject: <script>x\n\n<script>y\n");
    Instance.await(() -> browser.get(path).body().contains("/manage/held/"));
    assertThat(browser.get(path).body()).doesNotContain("<script");
    Matcher link = Pattern.compile("/manage/held/[0-9a-f]+").matcher(browser.get(path).body());
    assertThat(link.find()).isTrue();
    assertThat(browser.get(link.group()).body())
        .contains("&lt;script&gt;y")
        .doesNotContain("<script");
    assertThat(browser.post(link.group(), Map.of("decision", "DISCARD"), csrf).status())
        .isEqualTo(302);
    assertThat(browser.get(path).body()).contains("Nothing waits for you").contains("discarded");
    assertThat(
            browser.post(path + "/members/remove", Map.of("address", "p@p.example"), csrf).status())
        .isEqualTo(302);
    assertThat(site.api("GET", "/lists/pages@lists.example.org/members").json().get("items").size())
        .isZero();
    assertThat(browser.post(path + "/members", Map.of("address", "q@q.example"), "forged").status())
        .isEqualTo(403);
  }

  @Test
  void countsWhatItDoes() {
    Site.Answer metrics = site.page("GET", "/actuator/prometheus", null);
    assertThat(metrics.status()).isEqualTo(200);
    assertThat(metrics.body())
        .contains("milena_listexpander_commands_total{")
        .contains("milena_listexpander_held");
    assertThat(site.page("GET", "/actuator/health", null).body()).contains("UP");
  }

  @Test
  void makesAPasswordForItsFirstAdminThatOnlyTheOwnerOfTheFileReads(@TempDir Path other)
      throws Exception {
    try (EmbeddedKafka ownBroker = SharedBroker.fresh();
        Site first =
            new Site(
                ownBroker.bootstrapServers(),
                other,
                Map.of("milena.listexpander.admin-password", ""))) {
      Path file = other.resolve("admin-password");
      assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
          .isEqualTo("rw-------");
      String password = Files.readString(file).strip();
      assertThat(password).hasSize(20);
      assertThat(first.as(Site.basic("admin", password), "GET", "/accounts", null).status())
          .isEqualTo(200);
    }
  }

  private void list(String name) {
    Site.Answer made = site.api("POST", "/lists", "{'address':'" + name + "@lists.example.org'}");
    assertThat(made.status()).as(made.body()).isIn(201, 409);
  }

  private void publish(ListId list, String text) {
    ListMail mail = Fixtures.mail("eve@e.example", text, new Route.ListPost(list));
    RecordPosition position =
        site.bean(KafkaAccess.class)
            .publisher()
            .publish(
                MailRecords.mail(
                    Topics.LISTS,
                    list.value(),
                    RecordType.LIST_MAIL,
                    mail.meta(),
                    mail.id(),
                    mail.message()))
            .join();
    assertThat(position.topic()).isEqualTo(Topics.LISTS);
  }

  /** The token in the mail that went to an address. */
  private String confirmation(String address) {
    return site.confirmation(address);
  }

  private static String quoted(JsonNode json) {
    return json.toString().replace('"', '\'');
  }

  private static void problem(Site.Answer answer, int status, String code) {
    assertThat(answer.status()).as(answer.body()).isEqualTo(status);
    assertThat(answer.header("content-type")).isEqualTo("application/problem+json");
    assertThat(answer.json().get("code").asString()).as(answer.body()).isEqualTo(code);
    assertThat(answer.json().get("detail").asString()).isNotBlank();
  }
}
