package org.milena.listexpander.sequence;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.milena.common.command.HeldChange.DecideHeld;
import org.milena.common.command.HeldChange.HeldDecision;
import org.milena.common.directory.MailingList;
import org.milena.common.directory.MemberOptions;
import org.milena.common.event.MailEvent.Kind;
import org.milena.common.event.ThreadLock;
import org.milena.common.event.Topics;
import org.milena.common.settings.ListSettings;
import org.milena.listexpander.fake.Fixtures;
import org.milena.listexpander.fake.ListWorld;
import org.milena.listexpander.fake.MemoryTransaction;
import org.milena.listexpander.incoming.ListMail;

/** Posts through the whole service: what it remembers from one to the next. */
class PostingSequenceTest {
  private final ListWorld world =
      new ListWorld().with(Fixtures.list(), Fixtures.member("ann@a.example"));

  @Test
  void aPostWithTheModeratorsPasswordIsPostedWithoutIt() {
    world.with(secret(ListSettings.DISCUSSION.with("emergency", true)));
    MemoryTransaction written = world.take(post("Approved: s3cret\n", "Text"));
    assertThat(written.story()).containsExactly(Kind.ACCEPTED, Kind.EXPANDED);
    assertThat(written.events().getFirst().text()).contains("Rules: approved.");
    MemoryTransaction line = world.take(post("", "Approved: s3cret\nText"));
    assertThat(line.story()).containsExactly(Kind.ACCEPTED, Kind.EXPANDED);
    for (MemoryTransaction each : List.of(written, line)) {
      for (String topic : List.of(Topics.POSTS, Topics.OUTGOING)) {
        assertThat(text(each, topic)).contains("Text").doesNotContain("s3cret");
      }
      assertThat(each.events()).noneMatch(event -> event.text().contains("s3cret"));
    }
  }

  @Test
  void aWrongPasswordIsHeldNotShownAndNotTriedForEver() {
    world.with(secret(ListSettings.DISCUSSION));
    for (int i = 0; i < 10; i++) {
      assertThat(world.take(post("Approved: guess" + i + "\n", "Text")).story())
          .contains(Kind.HELD);
    }
    assertThat(world.holds())
        .allSatisfy(hold ->
            assertThat(hold.reasons())
                .containsExactly("It brings a password for moderators, and a wrong one."));
    MemoryTransaction right = world.take(post("Approved: s3cret\n", "Text"));
    assertThat(right.story()).as("too many wrong ones").contains(Kind.HELD);
    assertThat(text(right, Topics.OUTGOING)).doesNotContain("s3cret");
    world.later(Duration.ofHours(1));
    assertThat(world.take(post("Approved: s3cret\n", "Later")).story()).contains(Kind.ACCEPTED);
  }

  @Test
  void aListWithoutAPasswordLeavesTheTextAlone() {
    MemoryTransaction written = world.take(post("", "Approved: yes, by all of us"));
    assertThat(written.story()).contains(Kind.ACCEPTED);
    assertThat(text(written, Topics.POSTS)).contains("Approved: yes, by all of us");
  }

  @Test
  void aNewMemberIsFreeWhenAModeratorAcceptedTheFirstPosts() {
    world.with(
        Fixtures.list(),
        Fixtures.member("ann@a.example").with(MemberOptions.DEFAULT.withProbation(2)));
    for (int left = 2; left > 0; left--) {
      assertThat(world.take(post("", "Text " + left)).story()).contains(Kind.HELD);
      String hold = world.holds().getFirst().holdId();
      assertThat(world.take(new DecideHeld(hold, HeldDecision.ACCEPT, "")).story())
          .contains(Kind.ACCEPTED)
          .doesNotContain(Kind.NOTICE);
      assertThat(world.member("ann@a.example").orElseThrow().options().probation())
          .isEqualTo(left - 1);
    }
    assertThat(world.take(post("", "Text")).story()).contains(Kind.ACCEPTED);
  }

  @Test
  void aRejectedPostDoesNotShortenIt() {
    world.with(
        Fixtures.list(),
        Fixtures.member("ann@a.example").with(MemberOptions.DEFAULT.withProbation(1)));
    world.take(post("", "Text"));
    world.take(new DecideHeld(world.holds().getFirst().holdId(), HeldDecision.REJECT, ""));
    assertThat(world.take(post("", "Other")).story()).contains(Kind.HELD);
  }

  @Test
  void tooManyPostsOfAnAuthorWithinAnHourAreHeld() {
    world.with(Fixtures.list(ListSettings.DISCUSSION.with("postsPerHour", 3)));
    for (int i = 0; i < 3; i++) {
      assertThat(world.take(post("", "Text " + i)).story()).contains(Kind.ACCEPTED);
    }
    MemoryTransaction fourth = world.take(post("", "Text 4"));
    assertThat(fourth.story()).contains(Kind.HELD);
    assertThat(fourth.events().getLast().text()).contains("Rules: sender-rate.");
    world.later(Duration.ofHours(1));
    assertThat(world.take(post("", "Text 5")).story()).contains(Kind.ACCEPTED);
  }

  @Test
  void tooManyPostsOfAThreadWithinAnHourAreHeld() {
    world.with(Fixtures.list(ListSettings.DISCUSSION.with("threadPostsPerHour", 2)));
    assertThat(world.take(post("Message-ID: <root@x>\n", "Text")).story()).contains(Kind.ACCEPTED);
    assertThat(world.take(post("In-Reply-To: <root@x>\n", "Text 1")).story())
        .contains(Kind.ACCEPTED);
    assertThat(world.take(post("References: <root@x> <b@x>\n", "Text 2")).story())
        .contains(Kind.HELD);
    assertThat(world.take(post("", "Text 3")).story()).contains(Kind.ACCEPTED);
  }

  @Test
  void aClosedThreadOpensAgainInTime() {
    MemoryTransaction closing = new MemoryTransaction();
    world
        .ledger(closing)
        .threads()
        .put(
            new ThreadLock(
                Fixtures.USERS_ID,
                "root@x",
                "Pay rise",
                true,
                "own",
                world.now(),
                world.now().plus(Duration.ofDays(1))));
    closing.finish();
    assertThat(world.take(post("References: <root@x>\n", "Text")).story()).contains(Kind.REJECTED);
    world.later(Duration.ofDays(1).plusSeconds(1));
    assertThat(world.take(post("References: <root@x>\n", "Text")).story()).contains(Kind.ACCEPTED);
  }

  private static MailingList secret(ListSettings settings) {
    MailingList list = Fixtures.list(settings);
    return new MailingList(
        list.id(),
        list.address(),
        list.displayName(),
        list.description(),
        list.settings(),
        list.createdAt(),
        1,
        List.of(),
        "hash of s3cret",
        null);
  }

  private static ListMail post(String fields, String text) {
    return Fixtures.post("ann@a.example", "From: ann@a.example\n" + fields + "\n" + text + "\n");
  }

  private static String text(MemoryTransaction written, String topic) {
    StringBuilder all = new StringBuilder();
    written
        .on(topic)
        .forEach(record ->
            all.append(new String(Objects.requireNonNull(record.value()), StandardCharsets.UTF_8)));
    return all.toString();
  }
}
