package org.milena.listexpander.digest;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.milena.common.event.DigestPost;
import org.milena.common.settings.DeliveryMode;
import org.milena.common.settings.ListSettings;
import org.milena.listexpander.digest.DigestWorld.Sent;

class SummaryChoreTest {
  private final DigestWorld world =
      new DigestWorld(
          ListSettings.DISCUSSION
              .with("digestHour", -1)
              .with("digestPosts", 3)
              .with("digestSizeKb", 0));

  @BeforeEach
  void somebodyReadsSummaries() {
    world.member("sum@a.example", DeliveryMode.SUMMARY);
  }

  @Test
  void tellsOnceADayWhoWroteAboutWhat() {
    world.post("From: Ann <ann@a.example>\nSubject: Tea\nMessage-ID: <1@a>\n\nText\n");
    world.post(
        "From: Bob <bob@b.example>\nSubject: Re: Tea\nMessage-ID: <2@b>\nReferences: <1@a>\n\nx\n");
    world.post("From: Cid <cid@c.example>\nSubject: Coffee\nMessage-ID: <3@c>\n\nText\n");
    world.post("From: Ann <ann@a.example>\nSubject: What else\nIn-Reply-To: <3@c>\n\nText\n");
    world.post("From: Ann <ann@a.example>\nSubject: RE: tea\n\nText\n");
    assertThat(world.chores()).isFalse();
    world.later(Duration.ofDays(1));
    assertThat(world.chores()).isTrue();
    assertThat(world.chores()).isFalse();
    Sent summary = world.sent().getFirst();
    assertThat(world.sent()).hasSize(1);
    assertThat(summary.subject()).isEqualTo("Users of X Summary, 2026-03-02");
    assertThat(summary.recipients()).containsExactly("sum@a.example");
    assertThat(summary.field("From")).isEqualTo("Users of X <users-request@lists.example.org>");
    assertThat(DigestParser.text(summary.text()))
        .contains("\n5 posts in 2 threads:\n\n* Tea\n  3 posts by Ann, Bob\n  https://")
        .contains("\n* Coffee\n  2 posts by Cid, Ann\n  https://lists.example.org/archive/")
        .contains("\nThe archive: https://lists.example.org/archive/users@lists.example.org\n");
    assertThat(world.waiting()).isEmpty();
  }

  @Test
  void aPostWaitsUntilBothAreOut() {
    world.member("mime@a.example", DeliveryMode.MIME_DIGEST);
    world.post("From: ann@a.example\n\n1\n");
    world.at(Instant.parse("2026-03-02T04:00:00Z"));
    world.chores();
    assertThat(world.waiting()).singleElement().matches(row -> row.summarised() && !row.digested());
    world.post("From: ann@a.example\n\n2\n");
    world.post("From: ann@a.example\n\n3\n");
    world.chores();
    assertThat(world.waiting()).hasSize(2).allMatch(row -> !row.summarised() && row.digested());
    world.later(Duration.ofDays(1));
    world.chores();
    assertThat(world.waiting()).isEmpty();
    assertThat(world.sent())
        .extracting(Sent::subject)
        .containsExactly(
            "Users of X Summary, 2026-03-02",
            "Users of X Digest, Vol 1, Issue 1",
            "Users of X Summary, 2026-03-03");
  }

  @Test
  void aPostThatNobodyWantsInDigestsWaitsForNone() {
    world.post("From: ann@a.example\n\n1\n");
    assertThat(world.waiting()).singleElement().matches(DigestPost::digested);
  }

  @Test
  void aMessageThatIsGoneIsToldByItsRow() {
    world.post("From: Ann <ann@a.example>\nSubject: Tea\n\nText\n");
    world.loseContents();
    world.later(Duration.ofDays(1));
    world.chores();
    assertThat(DigestParser.text(world.sent().getFirst().text()))
        .contains("* Tea\n  1 post by Ann");
    assertThat(world.events().stream().map(event -> event.text()).collect(Collectors.joining()))
        .contains("Its message is gone: nothing lies at");
  }

  @Test
  void ofAListWithoutAnArchiveItHasNoLinks() {
    world.settings(world.list().settings().with("archived", false));
    world.post("From: Ann <ann@a.example>\nSubject: Tea\n\nText\n");
    world.later(Duration.ofDays(1));
    world.chores();
    assertThat(Set.copyOf(DigestParser.text(world.sent().getFirst().text()).lines().toList()))
        .contains("* Tea")
        .noneMatch(line -> line.contains("/archive/"));
  }
}
