package org.milena.listexpander.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.milena.common.token.SignedTokens;
import org.milena.common.token.TokenPurpose;
import org.milena.engines.kafka.EmbeddedKafka;
import org.milena.testkit.kafka.SharedBroker;
import tools.jackson.databind.JsonNode;

/** Joining, leaving, options and rosters from outside. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class MembershipIT {
  private static final String PASSWORD = "another long password";

  private final EmbeddedKafka broker = SharedBroker.fresh();
  private Site site;

  @BeforeAll
  void open(@TempDir Path data) {
    site = new Site(broker.bootstrapServers(), data, Map.of());
    account("ann", "ann@a.example");
    account("eve", "eve@e.example");
  }

  @AfterAll
  void close() {
    site.close();
    broker.close();
  }

  @Test
  void oneClickTakesBothKindsOfFormAndNoPolicyStopsIt() {
    String list = list("oneclick", "'unsubscribePolicy':'MODERATE'");
    for (String type :
        new String[] {"application/x-www-form-urlencoded", "multipart/form-data; boundary=b"}) {
      site.api("POST", list + "/members", "{'address':'leaver@l.example'}");
      String link =
          "/unsubscribe/"
              + site.bean(SignedTokens.class)
                  .issue(
                      TokenPurpose.UNSUBSCRIBE,
                      "oneclick.lists.example.org|leaver@l.example",
                      null);
      for (int scanner = 0; scanner < 3; scanner++) {
        assertThat(site.page("GET", link, null).status()).isEqualTo(200);
      }
      assertThat(member(list, "leaver@l.example")).isEqualTo(200);
      String body =
          type.startsWith("multipart")
              ? "--b\r\nContent-Disposition: form-data; name=\"List-Unsubscribe\"\r\n\r\n"
                  + "One-Click\r\n--b--\r\n"
              : "List-Unsubscribe=One-Click";
      for (int time = 0; time < 2; time++) {
        Site.Answer left = site.form(link, type, body);
        assertThat(left.status()).as(type).isEqualTo(200);
        assertThat(left.header("set-cookie")).isEmpty();
        assertThat(left.header("location")).isEmpty();
        assertThat(member(list, "leaver@l.example")).isEqualTo(404);
      }
      String forged = link.substring(0, link.length() - 3) + "aaa";
      assertThat(site.form(forged, type, body).status()).isEqualTo(404);
    }
  }

  @Test
  void aMemberChangesHisOwnOptionsAndNobodyElses() {
    String list = list("options", "'rosterAccess':'MEMBERS'");
    site.api("POST", list + "/members", "{'address':'ann@a.example'}");
    site.api("POST", list + "/members", "{'address':'bob@b.example'}");
    Site.Answer changed =
        as(
            "ann",
            "PATCH",
            list + "/members/ann@a.example",
            "{'mode':'PLAIN_DIGEST','deliver':false}");
    assertThat(changed.status()).as(changed.body()).isEqualTo(200);
    assertThat(changed.json().get("mode").asString()).isEqualTo("PLAIN_DIGEST");
    assertThat(changed.json().get("stopped").asString()).isEqualTo("BY_MEMBER");
    assertThat(as("ann", "GET", list + "/members/ann@a.example", null).status()).isEqualTo(200);
    assertThat(as("ann", "PATCH", list + "/members/bob@b.example", "{'mode':'NONE'}").status())
        .isEqualTo(403);
    assertThat(as("ann", "GET", list + "/members/bob@b.example", null).status()).isEqualTo(403);
    JsonNode byOwner =
        site.api("PATCH", list + "/members/bob@b.example", "{'deliver':false}").json();
    assertThat(byOwner.get("stopped").asString()).isEqualTo("BY_MODERATOR");
    assertThat(
            as("ann", "PATCH", list + "/members/ann@a.example", "{'language':'xx'}")
                .json()
                .get("code")
                .asString())
        .isEqualTo("language");
  }

  @Test
  void showsTheRosterToWhomItMay() {
    String list = list("roster", "'rosterAccess':'MEMBERS'");
    for (int i = 0; i < 5; i++) {
      site.api(
          "POST",
          list + "/members",
          "{'address':'m%d@a.example','concealed':%b}".formatted(i, i == 2));
    }
    site.api("POST", list + "/members", "{'address':'ann@a.example'}");
    JsonNode page = as("ann", "GET", list + "/members?limit=3", null).json();
    assertThat(page.get("items").valueStream().map(item -> item.get("address").asString()))
        .containsExactly("ann@a.example", "m0@a.example", "m1@a.example");
    assertThat(page.get("items").get(0).has("mode")).isFalse();
    JsonNode next =
        as("ann", "GET", list + "/members?limit=3&after=" + page.get("next").asString(), null)
            .json();
    assertThat(next.get("items").valueStream().map(item -> item.get("address").asString()))
        .containsExactly("m3@a.example", "m4@a.example");
    assertThat(next.get("next").isNull()).isTrue();
    assertThat(site.api("GET", list + "/members").json().get("items")).hasSize(6);
    assertThat(as("eve", "GET", list + "/members", null).status()).isEqualTo(403);
    assertThat(site.as("", "GET", list + "/members", null).status()).isEqualTo(401);
    site.api("PATCH", list, "{'settings':{'rosterAccess':'PUBLIC'}}");
    assertThat(site.as("", "GET", list + "/members", null).json().get("items")).hasSize(5);
    assertThat(site.as("", "GET", list + "/members?q=M2", null).json().get("items")).isEmpty();
    assertThat(site.as("", "GET", list + "/members?q=M3+A.EX", null).json().get("items"))
        .hasSize(1);
    assertThat(site.as("", "GET", list + "/members?stopped=true", null).status()).isEqualTo(401);
    assertThat(site.api("GET", list + "/members?q=M2").json().get("items")).hasSize(1);
    assertThat(site.api("GET", list + "/members?role=OWNER").json().get("items")).isEmpty();
    assertThat(site.api("GET", list + "/members?stopped=false").json().get("items")).hasSize(6);
  }

  @Test
  void ownersInviteAndModeratorsDecide() {
    String list = list("requests", "'subscribePolicy':'MODERATE'");
    site.as("", "POST", list + "/subscriptions", "{'address':'joiner@j.example'}");
    assertThat(as("eve", "GET", list + "/requests", null).status()).isEqualTo(403);
    JsonNode request = site.api("GET", list + "/requests").json().get("items").get(0);
    assertThat(request.get("wish").asString()).isEqualTo("JOIN");
    String path = list + "/requests/" + request.get("id").asString();
    assertThat(site.api("POST", path, "{}").status()).isEqualTo(400);
    assertThat(as("eve", "POST", path, "{'decision':'ACCEPT'}").status()).isEqualTo(403);
    assertThat(site.api("POST", path, "{'decision':'ACCEPT'}").status()).isEqualTo(200);
    assertThat(member(list, "joiner@j.example")).isEqualTo(200);
    assertThat(site.api("POST", path, "{'decision':'ACCEPT'}").status()).isEqualTo(404);
    assertThat(site.api("GET", list + "/requests").json().get("items")).isEmpty();

    Site.Answer invited =
        site.api("POST", list + "/invitations", "{'addresses':['guest@g.example'],'text':'Come.'}");
    assertThat(invited.status()).as(invited.body()).isEqualTo(202);
    site.page("POST", "/confirm/" + site.confirmation("guest@g.example"), "");
    assertThat(member(list, "guest@g.example")).isEqualTo(200);
    assertThat(as("eve", "POST", list + "/invitations", "{'addresses':['x@x.example']}").status())
        .isEqualTo(403);
  }

  @Test
  void anAccountGetsAFurtherAddressByItsConfirmation() {
    assertThat(
            as("ann", "POST", "/accounts/ann/addresses", "{'address':'ann@home.example'}").status())
        .isEqualTo(202);
    assertThat(
            as("eve", "POST", "/accounts/ann/addresses", "{'address':'eve@home.example'}").status())
        .isEqualTo(403);
    String link = "/confirm/" + site.confirmation("ann@home.example");
    assertThat(site.page("GET", link, null).body())
        .contains("An address of ann?", "ann@home.example");
    assertThat(site.page("POST", link, "").status()).isEqualTo(200);
    assertThat(
            as("ann", "GET", "/accounts/ann", null).json().get("moreAddresses").get(0).asString())
        .isEqualTo("ann@home.example");
    assertThat(as("ann", "DELETE", "/accounts/ann/addresses/ann@home.example", null).status())
        .isEqualTo(204);
    assertThat(as("ann", "GET", "/accounts/ann", null).json().get("moreAddresses")).isEmpty();
  }

  @Test
  void aMemberFollowsAndMutesThreadsForHimselfOnly() {
    String list = list("threads", "'rosterAccess':'MEMBERS'");
    site.api("POST", list + "/members", "{'address':'ann@a.example'}");
    site.api("POST", list + "/members", "{'address':'bob@b.example'}");
    String own = list + "/members/ann@a.example/threads";
    String other = list + "/members/bob@b.example/threads";
    assertThat(as("ann", "PUT", own, "{'messageId':'<1@x>','wish':'MUTE'}").status())
        .isEqualTo(200);
    assertThat(
            as("ann", "PUT", own, "{'messageId':'2@x','subject':'Re: Hi','wish':'FOLLOW'}")
                .json()
                .get("text")
                .asString())
        .isEqualTo("ann@a.example gets each post of the thread of <2@x>.");
    assertThat(as("ann", "GET", own, null).json().get("items").valueStream())
        .extracting(
            item -> item.get("messageId").asString(),
            item -> item.get("subject").asString(),
            item -> item.get("wish").asString())
        .containsExactly(tuple("1@x", "", "MUTE"), tuple("2@x", "Hi", "FOLLOW"));
    assertThat(site.api("GET", own).json().get("items")).hasSize(2);

    assertThat(as("ann", "PUT", own, "{'messageId':'1@x'}").json().get("code").asString())
        .isEqualTo("wish");
    assertThat(as("ann", "PUT", own, "{'messageId':'','wish':'MUTE'}").status()).isEqualTo(400);
    for (String nobodys : new String[] {own, other}) {
      assertThat(as("eve", "GET", nobodys, null).status()).isEqualTo(403);
      assertThat(as("eve", "PUT", nobodys, "{'messageId':'1@x','wish':'MUTE'}").status())
          .isEqualTo(403);
      assertThat(as("eve", "DELETE", nobodys + "?messageId=1@x", null).status()).isEqualTo(403);
    }
    assertThat(as("ann", "GET", other, null).status()).isEqualTo(403);
    assertThat(site.as("", "GET", own, null).status()).isEqualTo(401);
    assertThat(as("eve", "GET", list + "/members/eve@e.example/threads", null).status())
        .isEqualTo(404);

    String followed = own + "?messageId=2@x";
    assertThat(as("ann", "DELETE", followed + "&wish=MUTE", null).status()).isEqualTo(404);
    assertThat(as("ann", "DELETE", followed + "&wish=no", null).json().get("code").asString())
        .isEqualTo("wish");
    assertThat(as("ann", "DELETE", followed + "&wish=FOLLOW", null).status()).isEqualTo(200);
    assertThat(as("ann", "DELETE", own + "?messageId=2@x", null).status()).isEqualTo(404);
  }

  @Test
  void whoIsSignedInEndsHisWishesOnAPage() {
    String list = list("threadpage", "'rosterAccess':'MEMBERS'");
    site.api("POST", list + "/members", "{'address':'ann@a.example'}");
    site.api("POST", list + "/members", "{'address':'bob@b.example'}");
    String wish = "{'messageId':'1@x','subject':'<b>Hi','wish':'MUTE'}";
    site.api("PUT", list + "/members/ann@a.example/threads", wish);
    site.api("PUT", list + "/members/bob@b.example/threads", wish);
    String page = "/manage/threads/threadpage@lists.example.org";
    assertThat(site.page("GET", page, null).status()).isNotEqualTo(200);
    Site.Browser browser = site.signIn("ann", PASSWORD);
    assertThat(browser.get("/lists/threadpage@lists.example.org").body()).contains(page);
    String shown = browser.get(page).body();
    assertThat(shown)
        .contains("&lt;b&gt;Hi", "ann@a.example", "muted it")
        .doesNotContain("bob@b.example");
    String csrf = Site.csrf(shown);
    Map<String, String> bobs = Map.of("address", "bob@b.example", "messageId", "1@x");
    assertThat(browser.post(page + "/end", bobs, csrf).status()).isEqualTo(403);
    Map<String, String> own = Map.of("address", "ann@a.example", "messageId", "1@x");
    assertThat(browser.post(page + "/end", own, "none").status()).isEqualTo(403);
    assertThat(browser.post(page + "/end", own, csrf).status()).isEqualTo(302);
    assertThat(browser.get(page).body()).contains("as all others", "no thread of this list");
    assertThat(site.api("GET", list + "/members/bob@b.example/threads").json().get("items"))
        .hasSize(1);
  }

  @Test
  void ownersOfANewListAreToldWhereThatIsAskedFor() {
    for (String notify : new String[] {"false", "true"}) {
      Site.Answer made =
          site.api(
              "POST",
              "/lists",
              "{'address':'new-%s@lists.example.org','owners':['ann@a.example'],'notifyOwners':%s}"
                  .formatted(notify, notify));
      assertThat(made.status()).as(made.body()).isEqualTo(201);
    }
    assertThat(site.sent("Subject: Your new mailing list"))
        .singleElement()
        .asString()
        .contains("new-true@lists.example.org");
  }

  private String list(String name, String setting) {
    Site.Answer made =
        site.api(
            "POST",
            "/lists",
            "{'address':'%s@lists.example.org','settings':{%s}}".formatted(name, setting));
    assertThat(made.status()).as(made.body()).isEqualTo(201);
    return "/lists/" + name + "@lists.example.org";
  }

  private void account(String name, String address) {
    Site.Answer made =
        site.api(
            "PUT",
            "/accounts/" + name,
            "{'address':'%s','password':'%s'}".formatted(address, PASSWORD));
    assertThat(made.status()).as(made.body()).isEqualTo(200);
  }

  private int member(String list, String address) {
    return site.api("GET", list + "/members/" + address).status();
  }

  private Site.Answer as(
      String name, String method, String path, @org.jspecify.annotations.Nullable String json) {
    return site.as(Site.basic(name, PASSWORD), method, path, json);
  }
}
