package org.milena.archive.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.milena.archive.TestArchive.raw;

import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.milena.common.directory.MailingList;
import org.milena.common.directory.MemberRole;
import org.milena.common.event.DeliveryId;
import org.milena.common.event.DeliveryResult;
import org.milena.common.event.MailEvent;
import org.milena.common.event.RecipientOutcome;
import org.milena.common.event.RecordType;
import org.milena.common.event.Topics;
import org.milena.common.mail.MailAddress;
import org.milena.common.mail.MailId;
import org.milena.common.mail.RawMessage;
import org.milena.common.settings.ArchiveAccess;
import org.milena.common.stage.MailRecords;

/** What became of a mail, told to whoever may know how much of it. */
@TestInstance(Lifecycle.PER_CLASS)
class StoriesIT {
  private RunningArchive archive = RunningArchive.start();
  private MailingList closed =
      archive.list("closed@stories.example", "Closed", ArchiveAccess.MEMBERS);

  @BeforeAll
  void begin() {
    archive.account("op", null, true);
    archive.account("mia", "mia@members.example", false);
    archive.account("max", "max@members.example", false);
    archive.member(closed, "mia@members.example", MemberRole.MEMBER);
  }

  @AfterAll
  void end() {
    archive.close();
  }

  /** One copy arrives, another comes back. */
  private void deliver(MailId mail, int number, Instant at) {
    archive.publish(
        MailRecords.json(
            Topics.DELIVERY_RESULTS,
            "0-" + number,
            RecordType.DELIVERY_RESULT,
            new DeliveryResult(
                new DeliveryId(0, number),
                mail,
                closed.id(),
                1,
                at,
                List.of(
                    new DeliveryResult.Recipient(
                        MailAddress.of("mia@members.example"),
                        new RecipientOutcome.Relayed("mx.members.example", "250 ok")),
                    new DeliveryResult.Recipient(
                        MailAddress.of("other@members.example"),
                        new RecipientOutcome.Failed("5.1.1", "no such user"))))));
  }

  @Test
  void tellsTheStoryOfAMailByWhoeverAsks() {
    Instant now = Instant.parse("2026-11-01T12:00:00Z");
    MailId mail = MailId.next(InstantSource.fixed(now), new Random(8));
    archive.publish(
        MailRecords.event(
            new MailEvent(
                mail, now, MailEvent.Kind.RECEIVED, null, "story@mail.example", "received", 1)));
    archive.publish(
        MailRecords.event(
            new MailEvent(
                mail,
                now.plusSeconds(1),
                MailEvent.Kind.EXPANDED,
                closed.id(),
                "story@mail.example",
                "expanded",
                2)));
    deliver(mail, 1, now.plusSeconds(2));
    String path = "/api/v1/trace/" + mail;
    RunningArchive.await(
        "the story",
        () -> {
          String body = archive.getAs("op", path).body();
          return body.contains("EXPANDED") && body.contains("no such user");
        });
    assertThat(archive.getAs("op", path).body())
        .contains("RECEIVED", "\"expanded\":2,\"relayed\":1,\"deferred\":0,\"failed\":1");
    assertThat(
            archive
                .getAs(
                    "op",
                    "/api/v1/trace?id=<story@mail.example>".replace("<", "%3C").replace(">", "%3E"))
                .body())
        .contains(mail.toString());
    assertThat(archive.getAs("op", path + "?outcome=failed").body())
        .contains("other@members.example")
        .doesNotContain("mia@members.example");
    assertThat(archive.getAs("mia", path).body())
        .contains("mia@members.example", "EXPANDED")
        .doesNotContain("other@members.example", "RECEIVED");
    assertThat(archive.getAs("max", path).statusCode()).isEqualTo(404);
    assertThat(archive.get(path).statusCode()).isEqualTo(401);
  }

  @Test
  void tellsAnAuthorInNumbersWhatBecameOfHisPost() {
    Instant now = Instant.parse("2026-11-02T12:00:00Z");
    MailId mail = MailId.next(InstantSource.fixed(now), new Random(9));
    archive.publish(
        MailRecords.event(
            new MailEvent(
                mail,
                now,
                MailEvent.Kind.EXPANDED,
                closed.id(),
                "counted@mail.example",
                "expanded",
                3,
                MailAddress.of("mia@members.example"))));
    deliver(mail, 2, now.plusSeconds(2));
    String path = "/api/v1/deliveries/" + mail;
    RunningArchive.await(
        "the counts", () -> archive.getAs("op", path).body().contains("no such user"));
    String counts =
        "\"recipients\":3,\"delivered\":1,\"deferred\":0,\"failed\":1,\"waiting\":1,"
            + "\"firstAt\":\"2026-11-02T12:00:02Z\"";
    assertThat(archive.getAs("op", path).body())
        .contains(counts, "other@members.example", "\"complete\":true");
    assertThat(archive.getAs("mia", "/api/v1/deliveries?id=counted@mail.example").body())
        .contains(counts, "\"failures\":null")
        .doesNotContain("other@members.example");
    RawMessage post =
        raw(
            "From: Mia <mia@members.example>\nMessage-ID: <counted@mail.example>\nSubject: x\n\n"
                + "counted\n");
    var unused = archive.post(closed, post);
    String page = "/archive/" + closed.address() + "/counted@mail.example/";
    RunningArchive.await("its page", () -> archive.pageAs("mia", page).statusCode() == 200);
    assertThat(archive.pageAs("mia", page).body())
        .contains("3 recipients: 1 delivered, 1 on their way, 1 failed");
    assertThat(archive.pageAs("op", page).body()).contains("3 recipients: 1 delivered");
    assertThat(archive.getAs("mia", path + "?limit=-1").statusCode()).isEqualTo(400);
    assertThat(archive.getAs("max", path).statusCode()).isEqualTo(404);
    assertThat(archive.get(path).statusCode()).isEqualTo(401);
    assertThat(archive.getAs("op", "/api/v1/trace/" + mail).body())
        .as("who wrote it is for the counts alone")
        .contains("EXPANDED")
        .doesNotContain("\"author\"");
  }
}
