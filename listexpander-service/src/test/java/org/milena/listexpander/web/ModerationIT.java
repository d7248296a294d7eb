package org.milena.listexpander.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
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

/** Moderation over all lists, by API, pages and links, from outside. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ModerationIT {
  private static final String PASSWORD = "long enough 1";

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

  /** A list with one moderator, and posts that wait there. */
  private List<String> list(String name, String moderator, int posts) {
    site.api("POST", "/lists", "{'address':'" + name + "@lists.example.org'}");
    site.api(
        "POST",
        "/lists/" + name + "@lists.example.org/members",
        "{'address':'" + moderator + "','roles':['MODERATOR']}");
    for (int i = 0; i < posts; i++) {
      publish(
          ListId.of(name + ".lists.example.org"),
          "From: \"<script>\" <eve@e.example>\nSubject: %s %d\n\nText of %s\n"
              .formatted(name, i, name));
    }
    String held = "/lists/" + name + "@lists.example.org/held";
    Instance.await(() -> site.api("GET", held).json().get("items").size() == posts);
    return ids(site.api("GET", held).json());
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

  private static List<String> ids(JsonNode page) {
    List<String> ids = new ArrayList<>();
    page.get("items").forEach(item -> ids.add(item.get("id").asString()));
    return ids;
  }

  private String account(String name) {
    Site.Answer made =
        site.api(
            "PUT",
            "/accounts/" + name,
            "{'address':'%s@m.example','password':'%s','operator':false}"
                .formatted(name, PASSWORD));
    assertThat(made.status()).as(made.body()).isEqualTo(200);
    return Site.basic(name, PASSWORD);
  }

  private static String json(List<String> ids) {
    return "['" + String.join("','", ids) + "']";
  }

  private static void problem(Site.Answer answer, int status, String code) {
    assertThat(answer.status()).as(answer.body()).isEqualTo(status);
    assertThat(answer.json().get("code").asString()).as(answer.body()).isEqualTo(code);
  }

  @Test
  void oneQueueShowsWhatTheCallerModerates() {
    List<String> one = list("queue-one", "quinn@m.example", 2);
    List<String> two = list("queue-two", "quinn@m.example", 1);
    List<String> other = list("queue-other", "zoe@m.example", 1);
    String quinn = account("quinn");
    JsonNode mine = site.as(quinn, "GET", "/held", null).json();
    assertThat(ids(mine)).containsExactly(one.get(0), one.get(1), two.get(0));
    JsonNode first = mine.get("items").get(0);
    assertThat(first.get("writer").get("address").asString()).isEqualTo("eve@e.example");
    assertThat(first.get("writer").get("proven").asBoolean()).isFalse();
    assertThat(first.get("claim").isNull()).isTrue();
    assertThat(ids(site.api("GET", "/held?limit=1000").json()))
        .contains(one.get(0), two.get(0), other.get(0));

    JsonNode page = site.as(quinn, "GET", "/held?limit=2", null).json();
    String next = page.get("next").asString();
    assertThat(ids(site.as(quinn, "GET", "/held?limit=2&after=" + next, null).json()))
        .containsExactly(two.get(0));
    assertThat(ids(site.as(quinn, "GET", "/held?q=QUEUE-TWO", null).json()))
        .containsExactly(two.get(0));
    assertThat(
            ids(
                site.as(
                        quinn,
                        "GET",
                        "/held?list=queue-two@lists.example.org&author=Eve@e.example",
                        null)
                    .json()))
        .containsExactly(two.get(0));
    assertThat(ids(site.as(quinn, "GET", "/held?author=ann@a.example", null).json())).isEmpty();
    String wanda = account("wanda");
    assertThat(ids(site.as(wanda, "GET", "/held", null).json())).isEmpty();
    site.api("PUT", "/domains/lists.example.org", "{'owners':['wanda']}");
    assertThat(ids(site.as(wanda, "GET", "/held?limit=1000", null).json()))
        .as("an owner of the domain")
        .contains(one.get(0), two.get(0), other.get(0));
    problem(
        site.as(quinn, "GET", "/held?list=queue-other@lists.example.org", null), 403, "forbidden");
    problem(site.as(quinn, "GET", "/held?author=nobody", null), 400, "invalid-address");
    problem(site.as(quinn, "POST", "/held/" + other.get(0) + "/discard", "{}"), 403, "forbidden");
    problem(site.as("", "GET", "/held", null), 401, "sign-in-needed");
  }

  @Test
  void severalAreDecidedEachForItself() {
    List<String> mine = list("bulk", "bill@m.example", 3);
    List<String> foreign = list("bulk-other", "zoe@m.example", 1);
    String bill = account("bill");
    site.api("POST", "/held/" + mine.get(1) + "/accept", "{}");
    List<String> asked = List.of(mine.get(0), mine.get(1), "none", foreign.get(0), mine.get(2));
    JsonNode outcomes =
        site.as(bill, "POST", "/held/decisions", "{'ids':" + json(asked) + ",'decision':'DISCARD'}")
            .json()
            .get("outcomes");
    List<String> codes = new ArrayList<>();
    outcomes.forEach(one -> codes.add(one.get("code").asString("done")));
    assertThat(codes).containsExactly("done", "decided", "not-found", "forbidden", "done");
    assertThat(outcomes.get(1).get("text").asString()).contains("accepted by admin");
    assertThat(ids(site.as(bill, "GET", "/held", null).json())).isEmpty();
    assertThat(ids(site.as(bill, "GET", "/held?decided=true", null).json()))
        .containsExactlyInAnyOrderElementsOf(mine);

    assertThat(site.as(bill, "POST", "/held/" + mine.get(0) + "/undo", null).status())
        .isEqualTo(200);
    problem(site.as(bill, "POST", "/held/" + mine.get(1) + "/undo", null), 409, "not-undoable");
    assertThat(ids(site.as(bill, "GET", "/held", null).json())).containsExactly(mine.get(0));
    problem(
        site.as(bill, "POST", "/held/decisions", "{'ids':[],'decision':'DISCARD'}"),
        400,
        "invalid-ids");
    problem(site.as(bill, "POST", "/held/decisions", "{}"), 400, "ids-missing");
  }

  @Test
  void aPostIsClaimedAndItsAuthorTrusted() {
    List<String> held = list("claims", "carl@m.example", 1);
    String carl = account("carl");
    String post = "/held/" + held.getFirst();
    assertThat(site.as(carl, "POST", post + "/claim", null).status()).isEqualTo(200);
    assertThat(site.api("GET", post).json().get("claim").get("by").asString()).isEqualTo("carl");
    problem(site.api("POST", post + "/release"), 409, "claimed");
    assertThat(site.api("POST", post + "/claim").body()).contains("taken it over", "carl");
    assertThat(site.api("POST", post + "/release").status()).isEqualTo(200);
    problem(site.as(carl, "POST", post + "/accept-and-trust", null), 409, "author-unproven");
    assertThat(site.as(carl, "POST", post + "/accept-and-trust", "{'force':true}").status())
        .isEqualTo(200);
    assertThat(
            site.api("GET", "/lists/claims@lists.example.org/members/eve@e.example")
                .json()
                .get("action")
                .asString())
        .isEqualTo("DEFER");
  }

  @Test
  void aLinkDecidesOnceAndWithoutASignIn() {
    List<String> held = list("links", "lin@m.example", 1);
    SignedTokens signed = site.bean(SignedTokens.class);
    String token = signed.issue(TokenPurpose.MODERATE, held.getFirst() + " lin@m.example", null);
    Site.Answer page = site.page("GET", "/moderate/" + token, null);
    assertThat(page.status()).isEqualTo(200);
    assertThat(page.body())
        .contains("Text of links", "lin@m.example", "&lt;script&gt;")
        .doesNotContain("<script");
    assertThat(page.header("set-cookie")).isEmpty();
    assertThat(page.header("content-security-policy")).isNotEmpty();
    assertThat(site.api("GET", "/held/" + held.getFirst()).json().get("decision").isNull())
        .isTrue();

    String forged = (token.charAt(5) == 'a' ? 'b' : 'a') + token.substring(6);
    for (String wrong :
        List.of(
            token.substring(0, 5) + forged,
            signed.issue(TokenPurpose.CONFIRM, held.getFirst() + " lin@m.example", null),
            signed.issue(TokenPurpose.MODERATE, "none lin@m.example", null),
            signed.issue(TokenPurpose.MODERATE, held.getFirst(), null),
            signed.issue(
                TokenPurpose.MODERATE,
                held.getFirst() + " lin@m.example",
                Fixtures.NOW.minusSeconds(1)))) {
      assertThat(site.page("POST", "/moderate/" + wrong, "decision=DISCARD").status())
          .isEqualTo(404);
    }
    String stranger = signed.issue(TokenPurpose.MODERATE, held.getFirst() + " eve@e.example", null);
    assertThat(site.page("POST", "/moderate/" + stranger, "decision=ACCEPT").status())
        .isEqualTo(403);

    Site.Answer done = site.page("POST", "/moderate/" + token, "decision=DISCARD");
    assertThat(done.status()).isEqualTo(200);
    assertThat(done.body()).contains("The post is discarded.");
    assertThat(done.header("set-cookie")).isEmpty();
    assertThat(site.page("POST", "/moderate/" + token, "decision=ACCEPT").body())
        .contains("discarded by lin@m.example");
    assertThat(site.page("GET", "/moderate/" + token, null).body())
        .contains("discarded by lin@m.example already")
        .doesNotContain("<button name=\"decision\"");
  }

  @Test
  void thePagesShowTheQueueAndDecideAboutTheChosen() {
    List<String> held = list("pages", "pat@m.example", 3);
    account("pat");
    Site.Browser browser = site.signIn("pat", PASSWORD);
    String queue = browser.get("/manage/held").body();
    assertThat(queue).contains("pages 0", "pages 2", "type=\"checkbox\"").doesNotContain("<script");
    String csrf = Site.csrf(queue);
    browser.post("/manage/held/" + held.get(2), Map.of("decision", "CLAIM"), csrf);
    assertThat(browser.get("/manage/held").body()).contains("claimed by pat");
    browser.post(
        "/manage/held/decisions",
        Map.of("ids", held.get(0) + "," + held.get(1), "decision", "DISCARD"),
        csrf);
    assertThat(browser.get("/manage/held").body())
        .contains("2 held posts are decided.", "pages 2")
        .doesNotContain("pages 1");
    browser.post("/manage/held/decisions", Map.of("ids", held.get(1), "decision", "ACCEPT"), csrf);
    assertThat(browser.get("/manage/held").body())
        .contains("1 posts are not decided.", "discarded by pat");
    assertThat(browser.get("/manage/held?decided=true").body()).contains("pages 1", "pages 0");
    assertThat(browser.get("/manage/held/" + held.get(1)).body()).contains("Undo");
    browser.post("/manage/held/" + held.get(1), Map.of("decision", "UNDO"), csrf);
    assertThat(browser.get("/manage/held").body()).contains("pages 1");
    assertThat(
            browser
                .post(
                    "/manage/held/decisions",
                    Map.of("ids", held.get(2), "decision", "ACCEPT"),
                    "forged")
                .status())
        .isEqualTo(403);
  }
}
