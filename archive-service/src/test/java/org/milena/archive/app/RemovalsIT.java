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

  @Test
  void theReasonStandsWhereAPostWas() {
    ArchiveId gone = id("gone@removals.example");
    RunningArchive.await(
        "the post", () -> archive.get(path("/messages/" + gone)).statusCode() == 200);
    Removal removal =
        new Removal(
            list.id(),
            gone,
            "gone@removals.example",
            TestArchive.NOW,
            "a wish",
            "olga",
            TestArchive.NOW,
            null);
    archive
        .bean(KafkaAccess.class)
        .table(Topics.REMOVALS, Removal.class)
        .put(removal.key(), removal);
    archive.publish(
        OutRecord.tombstone(Topics.POSTS, gone.value()).inPartitionOf(list.id().value()));
    RunningArchive.await(
        "its end", () -> archive.get(path("/messages/" + gone)).statusCode() == 410);
    // searches see it a moment later
    RunningArchive.await(
        "its end in searches",
        () -> archive.get(path("/mid/gone@removals.example")).statusCode() == 410);
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
  }
}
