package org.milena.archive.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.milena.archive.TestArchive;
import org.milena.common.directory.MailingList;
import org.milena.common.directory.MemberRole;
import org.milena.common.event.ArchiveId;
import org.milena.common.event.Removal;
import org.milena.common.event.Topics;
import org.milena.common.kafka.KafkaAccess;
import org.milena.common.settings.ArchiveAccess;
import org.milena.common.stage.OutRecord;

/** Who may take posts out, and what is left where one was. */
@TestInstance(Lifecycle.PER_CLASS)
class RemovalsIT {
  private static final String JSON = "application/json";

  private RunningArchive archive = RunningArchive.start();
  private MailingList list = archive.list("gone@removals.example", "Gone", ArchiveAccess.PUBLIC);
  private ArchiveId post = id("stays@removals.example");

  private ArchiveId id(String messageId) {
    return archive.post(
        list,
        TestArchive.raw("Message-ID: <%s>\nSubject: here\n\nremovalword\n".formatted(messageId)));
  }

  @BeforeAll
  void begin() {
    archive.member(list, "olga@removals.example", MemberRole.OWNER);
    archive.member(list, "moritz@removals.example", MemberRole.MODERATOR);
    archive.member(list, "mia@removals.example", MemberRole.MEMBER);
    archive.account("olga", "olga@removals.example", false);
    archive.account("moritz", "moritz@removals.example", false);
    archive.account("mia", "mia@removals.example", false);
    RunningArchive.await(
        "the post", () -> archive.get(path("/messages/" + post)).statusCode() == 200);
  }

  @AfterAll
  void end() {
    archive.close();
  }

  private String path(String rest) {
    return "/api/v1/archive/" + list.address() + rest;
  }

  private HttpResponse<String> remove(@Nullable String account, String body) {
    return archive.postAs(account, path("/removals"), JSON, body.getBytes(StandardCharsets.UTF_8));
  }

  @Test
  void onlyOwnersTakePostsOutOrSeeWhatWasTaken() {
    String body = "{\"posts\":[\"%s\"],\"reason\":\"a wish\"}".formatted(post);
    assertThat(remove(null, body).statusCode()).isIn(401, 403);
    assertThat(remove("mia", body).statusCode()).isEqualTo(403);
    assertThat(remove("moritz", body).statusCode()).isEqualTo(403);
    assertThat(archive.get(path("/removals")).statusCode()).isEqualTo(401);
    assertThat(archive.getAs("mia", path("/removals")).statusCode()).isEqualTo(403);
    assertThat(archive.getAs("olga", path("/removals")).statusCode()).isEqualTo(200);
  }

  @Test
  void aWishThatCannotBeIsRefusedBeforeItIsOne() {
    assertThat(remove("olga", "{\"posts\":[\"%s\"]}".formatted(post)).body())
        .contains("invalid-reason");
    assertThat(remove("olga", "{\"reason\":\"a wish\"}").body()).contains("invalid-posts");
    String nothing = "A".repeat(27);
    assertThat(
            remove("olga", "{\"posts\":[\"%s\"],\"reason\":\"x\"}".formatted(nothing)).statusCode())
        .isEqualTo(404);
    String long501 = "x".repeat(501);
    assertThat(
            remove("olga", "{\"posts\":[\"%s\"],\"reason\":\"%s\"}".formatted(post, long501))
                .body())
        .contains("invalid-reason");
    assertThat(archive.get(path("/messages/" + post)).statusCode()).isEqualTo(200);
  }

  private HttpResponse<String> redact(@Nullable String account, String body) {
    return archive.postAs(
        account,
        path("/messages/" + post + "/redaction"),
        JSON,
        body.getBytes(StandardCharsets.UTF_8));
  }

  @Test
  void onlyOwnersTakeSomethingOutOfAPost() {
    String body = "{\"passages\":[\"removalword\"],\"reason\":\"a wish\"}";
    assertThat(redact(null, body).statusCode()).isIn(401, 403);
    assertThat(redact("moritz", body).statusCode()).isEqualTo(403);
    String page = "/archive/" + list.address() + "/message/" + post + "/remove";
    assertThat(archive.get(page).statusCode()).isIn(401, 302);
    assertThat(archive.pageAs("mia", page).statusCode()).isEqualTo(403);
    assertThat(archive.pageAs("olga", page).body())
        .contains("name=\"_csrf\"", "name=\"passages\"", "The whole message")
        .doesNotContain("whole thread");
    String shown = "/archive/" + list.address() + "/stays@removals.example/";
    assertThat(archive.pageAs("olga", shown).body()).contains(page, "More like this");
    assertThat(archive.pageAs("mia", shown).body()).doesNotContain(page);
  }

  @Test
  void whatCannotBeTakenOutIsSaid() {
    assertThat(redact("olga", "{\"passages\":[\"elsewhere\"],\"reason\":\"x\"}").body())
        .contains("not-found", "passage 1");
    assertThat(redact("olga", "{\"attachments\":[\"2\"],\"reason\":\"x\"}").body())
        .contains("not-found", "no attachment 2");
    assertThat(redact("olga", "{\"passages\":[\"xy\"],\"reason\":\"x\"}").body())
        .contains("invalid-redaction");
    assertThat(redact("olga", "{\"reason\":\"x\"}").body()).contains("invalid-redaction");
    assertThat(redact("olga", "{\"passages\":[\"removalword\"]}").body())
        .contains("invalid-reason");
  }

  @Test
  void whoeverReadsAPostIsToldThatSomethingIsMissing() {
    ArchiveId id = id("redacted@removals.example");
    Removal redaction =
        new Removal(
            list.id(),
            id,
            "redacted@removals.example",
            TestArchive.NOW,
            "a wish <b>",
            "olga",
            TestArchive.NOW,
            "1 passage",
            "00");
    archive
        .bean(KafkaAccess.class)
        .table(Topics.REMOVALS, Removal.class)
        .put(redaction.key(), redaction);
    String page = "/archive/" + list.address() + "/redacted@removals.example/";
    RunningArchive.await("the post", () -> archive.get(page).statusCode() == 200);
    RunningArchive.await(
        "its row", () -> archive.get(path("/messages/" + id)).body().contains("1 passage"));
    assertThat(archive.get(page).body())
        .contains("Something was taken out of this message", "a wish &lt;b&gt;");
  }

  @Test
  void theReasonStandsWhereAPostWas() {
    ArchiveId gone = id("gone@removals.example");
    RunningArchive.await(
        "the post", () -> archive.get(path("/messages/" + gone)).statusCode() == 200);
    Removal removal =
        Removal.gone(
            list.id(),
            gone,
            "gone@removals.example",
            TestArchive.NOW,
            "a wish",
            "olga",
            TestArchive.NOW);
    archive
        .bean(KafkaAccess.class)
        .table(Topics.REMOVALS, Removal.class)
        .put(removal.key(), removal);
    archive.publish(
        OutRecord.tombstone(Topics.POSTS, gone.value()).inPartitionOf(list.id().value()));
    RunningArchive.await(
        "its end, for searches too",
        () ->
            archive.get(path("/messages/" + gone)).statusCode() == 410
                && archive.get(path("/mid/gone@removals.example")).statusCode() == 410);
    for (String rest : new String[] {"", "/raw", "/thread"}) {
      HttpResponse<String> answer = archive.get(path("/messages/" + gone + rest));
      assertThat(answer.statusCode()).as(rest).isEqualTo(410);
      assertThat(answer.body()).contains("a wish").doesNotContain("removalword");
    }
    String page = "/archive/" + list.address() + "/gone@removals.example/";
    assertThat(archive.get(page).statusCode()).isEqualTo(410);
    assertThat(archive.get(page).body()).contains("a wish");
    assertThat(archive.getAs("olga", path("/removals")).body())
        .contains(gone.value(), "a wish", "olga");
    assertThat(archive.get("/archive/" + list.address() + "/mbox").body())
        .contains("stays@removals.example")
        .doesNotContain("gone@removals.example");
  }

  @Test
  void namesNoListThatHidesItself() {
    MailingList hidden =
        archive.list(
            "hidden@removals.example",
            "Hidden one",
            ArchiveAccess.PUBLIC,
            settings -> settings.with("advertised", false));
    archive.member(hidden, "mia@removals.example", MemberRole.MEMBER);
    RunningArchive.await(
        "the list", () -> archive.get("/archive/" + hidden.address()).statusCode() == 200);
    assertThat(archive.get("/archive").body()).contains("Gone").doesNotContain("Hidden one");
    assertThat(archive.pageAs("mia", "/archive").body()).contains("Hidden one");

    archive.post(hidden, TestArchive.raw("Message-ID: <h@removals.example>\n\nhiddenword\n"));
    String search = "/archive/search?q=hiddenword";
    String here = search + "&list=" + hidden.address();
    RunningArchive.await("its post", () -> archive.get(here).body().contains("1 message"));
    assertThat(archive.get(search).body()).doesNotContain("Hidden one").contains("Nothing found");
    assertThat(archive.get("/api" + search.replace("/archive", "/v1/archive")).body())
        .contains("\"total\":0");
    assertThat(archive.pageAs("mia", search).body()).contains("1 message");
  }
}
