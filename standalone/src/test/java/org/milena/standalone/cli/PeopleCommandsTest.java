package org.milena.standalone.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Commands about accounts, members and threads. */
class PeopleCommandsTest {
  private final FakeServer server = new FakeServer();
  private final StringWriter out = new StringWriter();

  @AfterEach
  void stop() {
    server.close();
  }

  private int run(String... arguments) {
    List<String> all = new ArrayList<>(List.of(arguments));
    all.addAll(List.of("--url", server.url(), "--token", "secret"));
    return Milena.commandLine(new PrintWriter(out, true), new PrintWriter(new StringWriter(), true))
        .execute(all.toArray(String[]::new));
  }

  @Test
  void membersGoOutAsATableThatComesInAgain() {
    server.answer(
        200,
        "application/json",
        """
        {"items":[
          {"address":"ann@a.example","displayName":"Ann, the first","roles":["MEMBER","OWNER"],
           "mode":"MIME_DIGEST","stopped":"BY_MEMBER","language":"de"},
          {"address":"bob@b.example","displayName":"","roles":["MEMBER"],"mode":"EVERY_POST",
           "stopped":null,"language":null,"via":"staff@lists.example.org"}],
         "next":null}
        """);
    assertThat(run("members", "export", "users@lists.example.org")).isZero();
    assertThat(out.toString())
        .isEqualTo(
            """
            address,name,roles,mode,delivery,language,via
            ann@a.example,"Ann, the first",member owner,mime_digest,off,de,
            bob@b.example,,member,every_post,on,,staff@lists.example.org
            """);
  }

  @Test
  void aThreadIsNamedByItsFirstPost() {
    String done = "{\"text\":\"The thread of <1/2@x> is open again.\",\"changed\":1}";
    server.answer(200, "application/json", done).answer(200, "application/json", done);
    assertThat(run("threads", "close", "u@e.org", "<1/2@x>", "--reject", "--days", "7")).isZero();
    assertThat(run("threads", "open", "u@e.org", "<1/2@x>")).isZero();
    assertThat(server.asked.stream().map(FakeServer.Asked::line))
        .containsExactly(
            "POST /api/v1/lists/u%40e.org/closed-threads",
            "DELETE /api/v1/lists/u%40e.org/closed-threads?messageId=%3C1%2F2%40x%3E");
    assertThat(server.asked.getFirst().body())
        .isEqualTo("{\"messageId\":\"<1/2@x>\",\"action\":\"REJECT\",\"days\":7}");
    assertThat(out.toString()).contains("The thread of <1/2@x> is open again.");
  }

  @Test
  void aThreadIsMutedByOneOfItsPostsOrByItsPlaceInTheArchive() {
    String done = "{\"text\":\"ann@a.example gets no more posts.\",\"changed\":1}";
    server
        .answer(200, "application/json", done)
        .answer(
            200,
            "application/json",
            """
            {"messageId":"3@x","references":["1@x","2@x"],"inReplyTo":["2@x"],"subject":"Re: Hi"}
            """)
        .answer(200, "application/json", done)
        .answer(200, "application/json", done)
        .answer(200, "application/json", done)
        .answer(
            200,
            "application/json",
            """
            {"items":[{"messageId":"1@x","subject":"Hi","wish":"MUTE","since":"s","lastPostAt":"l"}]}
            """);
    assertThat(run("members", "mute", "u@e.org", "ann@a.example", "<1@x>")).isZero();
    assertThat(run("members", "follow", "u@e.org", "ann@a.example", "abc")).isZero();
    assertThat(run("members", "unfollow", "u@e.org", "ann@a.example", "1@x")).isZero();
    assertThat(run("members", "unmute", "u@e.org", "ann@a.example", "1@x")).isZero();
    assertThat(run("members", "threads", "u@e.org", "ann@a.example")).isZero();
    String path = "/api/v1/lists/u%40e.org/members/ann%40a.example/threads";
    assertThat(server.asked.stream().map(asked -> asked.line() + " " + asked.body()))
        .containsExactly(
            "PUT " + path + " {\"messageId\":\"<1@x>\",\"wish\":\"MUTE\"}",
            "GET /api/v1/archive/u%40e.org/messages/abc ",
            "PUT " + path + " {\"messageId\":\"1@x\",\"subject\":\"Re: Hi\",\"wish\":\"FOLLOW\"}",
            "DELETE " + path + "?messageId=1%40x&wish=FOLLOW ",
            "DELETE " + path + "?messageId=1%40x&wish=MUTE ",
            "GET " + path + " ");
    assertThat(out.toString()).contains("ann@a.example gets no more posts.", "1@x", "mute");
  }

  @Test
  void whatBecameOfAPostIsShownWithWhoWasNotReached() {
    server.answer(
        200,
        "application/json",
        """
        {"items":[{"mailId":"m1","list":"users.e.org","expandedAt":"x","recipients":3,
          "delivered":2,"deferred":0,"failed":1,"waiting":0,"firstAt":"f","medianAt":"h",
          "lastAt":"l","failures":[
            {"address":"ann@a.example","status":"5.1.1","reason":"no such user","at":"w"}]}]}
        """);
    assertThat(run("delivery", "<1@x>")).isZero();
    assertThat(server.asked.getFirst().line()).isEqualTo("GET /api/v1/deliveries?id=%3C1%40x%3E");
    assertThat(out.toString())
        .contains("recipients  3", "delivered   2", "ann@a.example", "no such user");
  }

  @Test
  void ownersOfANewListAreWrittenToOnlyWhereThatIsAskedFor() {
    String made = "{\"address\":\"u@e.org\"}";
    server.answer(201, "application/json", made).answer(201, "application/json", made);
    assertThat(run("lists", "create", "u@e.org", "--owner", "ann@a.example")).isZero();
    assertThat(run("lists", "create", "u@e.org", "--owner", "ann@a.example", "--notify")).isZero();
    assertThat(server.asked.getFirst().body()).doesNotContain("notifyOwners");
    assertThat(server.asked.getLast().body()).contains("\"notifyOwners\":true");
  }

  @Test
  void accountsAreMadeAndLookedAt() {
    server
        .answer(200, "application/json", "{}")
        .answer(201, "application/json", "{\"id\":\"t1\",\"label\":\"bot\",\"secret\":\"mln_x\"}")
        .answer(
            200,
            "application/json",
            """
            {"name":"ann","address":"ann@a.example","operator":true,"hasPassword":false,
             "appPasswords":[{"id":"p1","label":"phone"}],
             "tokens":[{"id":"t1","label":"bot","scopes":["MODERATE","READ"]}],
             "moreAddresses":["ann@home.example"]}
            """);
    assertThat(run("accounts", "set", "ann", "--address", "ann@a.example", "--no-operator"))
        .isZero();
    assertThat(run("accounts", "token", "ann", "--label", "bot", "--scope", "read,moderate"))
        .isZero();
    assertThat(run("accounts", "show", "ann")).isZero();
    assertThat(server.asked.stream().map(asked -> asked.line() + " " + asked.body()))
        .containsExactly(
            "PUT /api/v1/accounts/ann {\"address\":\"ann@a.example\",\"operator\":false}",
            "POST /api/v1/accounts/ann/tokens"
                + " {\"label\":\"bot\",\"scopes\":[\"READ\",\"MODERATE\"]}",
            "GET /api/v1/accounts/ann ");
    assertThat(out.toString())
        .isEqualTo(
            """
            The account ann is set.
            mln_x
            ann: ann@a.example, ann@home.example, an operator, without a password
            WHAT          ID  LABEL  SCOPES
            mail program  p1  phone
            token         t1  bot    MODERATE, READ
            """);
  }

  @Test
  void whatIsRevokedIsFoundByItsId() {
    String ann = "{\"appPasswords\":[{\"id\":\"p1\"}],\"tokens\":[{\"id\":\"t1\",\"scopes\":[]}]}";
    server
        .answer(200, "application/json", ann)
        .answer(200, "application/json", "{}")
        .answer(200, "application/json", ann)
        .answer(200, "application/json", "{}");
    assertThat(run("accounts", "revoke", "ann", "t1")).isZero();
    assertThat(run("accounts", "revoke", "ann", "p1")).isZero();
    assertThat(server.asked.stream().map(FakeServer.Asked::line))
        .contains(
            "DELETE /api/v1/accounts/ann/tokens/t1",
            "DELETE /api/v1/accounts/ann/app-passwords/p1");
    assertThat(run("accounts", "set", "ann")).isEqualTo(1);
  }
}
