package org.milena.listexpander.moderation;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.milena.common.command.CommandOutcome;
import org.milena.common.command.CommandOutcome.Done;
import org.milena.common.command.CommandOutcome.Refused;
import org.milena.common.command.CommandRecord;
import org.milena.common.command.HeldChange;
import org.milena.common.command.HeldChange.HeldDecision;
import org.milena.common.command.ListChange;
import org.milena.common.command.ListCommand;
import org.milena.common.command.OutcomeRecord;
import org.milena.common.directory.Account;
import org.milena.common.directory.Member;
import org.milena.common.directory.MemberOptions;
import org.milena.common.directory.MemberRole;
import org.milena.common.event.AuthenticationReport;
import org.milena.common.event.Hold;
import org.milena.common.event.MailEvent.Kind;
import org.milena.common.event.Route;
import org.milena.common.event.Topics;
import org.milena.common.mail.MailAddress;
import org.milena.common.settings.ListSettings;
import org.milena.common.settings.PostAction;
import org.milena.listexpander.fake.Fixtures;
import org.milena.listexpander.fake.ListWorld;
import org.milena.listexpander.fake.MemoryTransaction;
import org.milena.listexpander.incoming.ListMail;

class HeldDecisionsTest {
  private static final String POST = "From: eve@e.example\nSubject: hi\nMessage-ID: <1@e>\n\nx\n";

  private final ListWorld world = new ListWorld();

  @BeforeEach
  void aList() {
    world.with(
        Fixtures.list(),
        Fixtures.member("ann@a.example"),
        Fixtures.member("own@o.example", null, MemberRole.OWNER));
  }

  private Hold hold(ListMail mail) {
    world.take(mail);
    return world.holds().getLast();
  }

  private Hold hold() {
    return hold(Fixtures.post("eve@e.example", POST));
  }

  private ListMail proven() {
    world
        .tables
        .directory()
        .accounts()
        .put(
            "eve",
            new Account(
                "eve",
                MailAddress.of("eve@e.example"),
                null,
                List.of(),
                List.of(),
                false,
                Fixtures.NOW));
    return Fixtures.mail(
        "eve@e.example",
        POST,
        new Route.ListPost(Fixtures.USERS_ID),
        AuthenticationReport.NOT_CHECKED,
        "eve");
  }

  private CommandOutcome decide(Hold hold, HeldDecision decision) {
    return world.command(new HeldChange.DecideHeld(hold.holdId(), decision, ""));
  }

  private CommandOutcome trust(Hold hold, boolean force) {
    return world.command(
        new HeldChange.DecideHeld(hold.holdId(), HeldDecision.ACCEPT_AND_TRUST, "", force));
  }

  private CommandOutcome undo(Hold hold) {
    return world.command(new HeldChange.UndoHeld(hold.holdId()));
  }

  private CommandOutcome as(String actor, ListCommand command) {
    return world
        .take(new CommandRecord("c", Fixtures.USERS_ID, actor, "192.0.2.7", world.now(), command))
        .on(Topics.OUTCOMES, OutcomeRecord.class)
        .getFirst()
        .outcome();
  }

  private static String code(CommandOutcome outcome) {
    return outcome instanceof Refused(var code, _, _) ? code : "not refused: " + outcome;
  }

  private static String text(CommandOutcome outcome) {
    return switch (outcome) {
      case Done(var text, _, _, _) -> text;
      case Refused(_, var text, _) -> text;
      case CommandOutcome.NotFound(var text, _) -> text;
    };
  }

  @Test
  void aSecondDecisionIsRefusedWithWhoDecidedAndWhen() {
    for (HeldDecision decision :
        List.of(HeldDecision.ACCEPT, HeldDecision.REJECT, HeldDecision.DISCARD)) {
      Hold hold =
          hold(Fixtures.post("eve@e.example", POST.replace("<1@e>", "<" + decision + "@e>")));
      assertThat(decide(hold, decision)).isInstanceOf(Done.class);
      CommandOutcome second =
          as("bob", new HeldChange.DecideHeld(hold.holdId(), HeldDecision.DISCARD, ""));
      assertThat(code(second)).isEqualTo("decided");
      assertThat(text(second)).contains("by ann at 2026-03-01 10:00 UTC");
      assertThat(code(as("bob", new HeldChange.ClaimHeld(hold.holdId(), false))))
          .isEqualTo("decided");
    }
  }

  @Test
  void aDiscardIsUndoneAndCanBeDecidedAnew() {
    Hold hold = hold();
    decide(hold, HeldDecision.DISCARD);
    assertThat(world.holds()).isEmpty();
    MemoryTransaction undone = world.take(new HeldChange.UndoHeld(hold.holdId()));
    assertThat(undone.story()).containsExactly(Kind.HELD);
    assertThat(undone.events().getFirst().text()).contains("discarded by ann at");
    assertThat(world.holds()).extracting(Hold::holdId).containsExactly(hold.holdId());
    assertThat(world.take(Fixtures.post("eve@e.example", POST)).story())
        .containsExactly(Kind.DUPLICATE);
    assertThat(code(undo(hold))).isEqualTo("not-decided");
    MemoryTransaction accepted =
        world.take(new HeldChange.DecideHeld(hold.holdId(), HeldDecision.ACCEPT, ""));
    assertThat(accepted.story()).containsExactly(Kind.ACCEPTED, Kind.EXPANDED);
  }

  @Test
  void whatIsSentAgainAfterADiscardAsksAgainAndAnUndoLeavesBothWaiting() {
    Hold hold = hold();
    decide(hold, HeldDecision.DISCARD);
    ListMail again = Fixtures.post("eve@e.example", POST);
    assertThat(world.take(again).story()).contains(Kind.HELD);
    assertThat(undo(hold)).isInstanceOf(Done.class);
    assertThat(world.holds()).hasSize(2);
    MemoryTransaction third = world.take(Fixtures.post("eve@e.example", POST));
    assertThat(third.story()).containsExactly(Kind.DUPLICATE);
    assertThat(third.events().getFirst().text()).contains(again.id().toString());
  }

  @Test
  void aRejectionIsUndoneButItsNoticeIsNot() {
    Hold hold = hold(proven());
    assertThat(Objects.requireNonNull(hold.writer()).proven()).isTrue();
    decide(hold, HeldDecision.REJECT);
    assertThat(text(undo(hold))).contains("cannot be called back");
    assertThat(world.holds()).hasSize(1);
  }

  @Test
  void whatWasAcceptedCannotBeUndoneAndNothingCanAfterADay() {
    Hold accepted = hold();
    decide(accepted, HeldDecision.ACCEPT);
    assertThat(code(undo(accepted))).isEqualTo("not-undoable");
    assertThat(text(undo(accepted))).contains("accepted by ann").contains("cannot be undone");
    Hold late = hold(Fixtures.post("eve@e.example", POST + "other\n"));
    decide(late, HeldDecision.DISCARD);
    world.later(Duration.ofHours(24));
    assertThat(code(undo(late))).isEqualTo("not-undoable");
  }

  @Test
  void trustsANonMemberWhoIsProven() {
    Hold hold = hold(proven());
    assertThat(text(trust(hold, false))).contains("not moderated from now on");
    Member eve = world.member("eve@e.example").orElseThrow();
    assertThat(eve.roles()).containsExactly(MemberRole.NONMEMBER);
    assertThat(eve.action()).isEqualTo(PostAction.DEFER);
    String next = POST.replace("Message-ID: <", "Message-ID: <next-");
    assertThat(world.take(Fixtures.post("eve@e.example", next)).story()).contains(Kind.ACCEPTED);
  }

  @Test
  void saysThatAnAddressIsOnlyClaimedAndTrustsItWhenForced() {
    Hold hold = hold();
    CommandOutcome refused = trust(hold, false);
    assertThat(code(refused)).isEqualTo("author-unproven");
    assertThat(text(refused)).contains("eve@e.example is only claimed", "force");
    assertThat(world.member("eve@e.example")).isEmpty();
    assertThat(world.holds()).hasSize(1);
    assertThat(trust(hold, true)).isInstanceOf(Done.class);
    assertThat(world.member("eve@e.example")).isPresent();
  }

  @Test
  void trustingAMemberEndsModerationAndProbation() {
    Member bob =
        Fixtures.member("bob@b.example", PostAction.HOLD, MemberRole.MEMBER)
            .with(MemberOptions.DEFAULT.withProbation(3));
    world.with(Fixtures.list(), bob);
    ListMail post = Fixtures.post("bob@b.example", POST.replace("eve@e", "bob@b"));
    assertThat(trust(hold(post), true)).isInstanceOf(Done.class);
    Member trusted = world.member("bob@b.example").orElseThrow();
    assertThat(trusted.action()).isEqualTo(PostAction.DEFER);
    assertThat(trusted.options().probation()).isZero();
    assertThat(trusted.roles()).containsExactly(MemberRole.MEMBER);
  }

  @Test
  void anAcceptedPostIsOneLessOfTheProbation() {
    Member bob =
        Fixtures.member("bob@b.example", PostAction.HOLD, MemberRole.MEMBER)
            .with(MemberOptions.DEFAULT.withProbation(2));
    world.with(Fixtures.list(), bob);
    for (int left : new int[] {1, 0, 0}) {
      String text = POST.replace("eve@e", "bob@b").replace("<1@e>", "<" + left + "@b>");
      Hold hold = hold(Fixtures.post("bob@b.example", text + world.rows().size()));
      decide(hold, HeldDecision.ACCEPT);
      assertThat(world.member("bob@b.example").orElseThrow().options().probation()).isEqualTo(left);
    }
  }

  @Test
  void trustsNobodyWhoIsNotNamed() {
    Hold hold =
        hold(
            Fixtures.post(
                "eve@e.example", "From: eve@e.example, bob@b.example\nSubject: hi\n\nx\n"));
    assertThat(code(trust(hold, true))).isEqualTo("no-author");
  }

  @Test
  void aClaimIsRenewedTakenOverReleasedAndEnds() {
    Hold hold = hold();
    ListCommand claim = new HeldChange.ClaimHeld(hold.holdId(), false);
    ListCommand release = new HeldChange.ClaimHeld(hold.holdId(), true);
    assertThat(text(as("bob", release))).contains("Nobody has claimed");
    assertThat(text(as("ann", claim))).isEqualTo("This post is yours until 2026-03-01 10:15 UTC.");
    world.later(Duration.ofMinutes(10));
    assertThat(text(as("ann", claim))).contains("10:25");
    assertThat(code(as("bob", release))).isEqualTo("claimed");
    assertThat(text(as("bob", claim)))
        .contains("taken it over", "ann had claimed it until 2026-03-01 10:25 UTC");
    assertThat(claim(world.holds().getFirst())).isEqualTo("bob");
    assertThat(text(as("bob", release))).contains("any more");
    assertThat(claim(world.holds().getFirst())).isNull();
    as("bob", claim);
    world.later(Duration.ofMinutes(15));
    assertThat(text(as("ann", claim))).doesNotContain("bob");
    assertThat(text(as("bob", new HeldChange.DecideHeld(hold.holdId(), HeldDecision.DISCARD, ""))))
        .contains("discarded", "ann had claimed it");
  }

  private static @Nullable String claim(Hold hold) {
    Hold.Claim claim = hold.claim();
    return claim == null ? null : claim.by();
  }

  @Test
  void whatWasDecidedIsForgottenAfterADay() {
    decide(hold(), HeldDecision.DISCARD);
    Hold other = hold(Fixtures.post("eve@e.example", POST + "waits\n"));
    assertThat(isDue()).isFalse();
    world.later(Duration.ofHours(24));
    assertThat(isDue()).isTrue();
    world.command(new ListChange.DoChores());
    assertThat(world.rows()).extracting(Hold::holdId).containsExactly(other.holdId());
    assertThat(isDue()).isFalse();
  }

  @Test
  void aListThatGoesTakesWhatWasDecidedWithIt() {
    decide(hold(), HeldDecision.DISCARD);
    assertThat(world.command(new ListChange.DeleteList())).isInstanceOf(Done.class);
    assertThat(world.rows()).isEmpty();
  }

  @Test
  void whatNobodyDecidedExpiresAsTheListWants() {
    world.with(Fixtures.list(expiring("DISCARD")));
    Hold hold = hold();
    world.later(Duration.ofDays(3).minusSeconds(1));
    assertThat(isDue()).isFalse();
    world.later(Duration.ofSeconds(1));
    assertThat(isDue()).isTrue();
    MemoryTransaction done = world.take(new ListChange.DoChores());
    assertThat(done.story()).containsExactly(Kind.DISCARDED);
    assertThat(done.events().getFirst().text())
        .isEqualTo("Discarded by system: nobody decided within 3 days.");
    // undone, it waits for three days again
    assertThat(undo(hold)).isInstanceOf(Done.class);
    assertThat(isDue()).isFalse();
  }

  @Test
  void anExpiredPostIsGivenBackToAProvenAuthor() {
    world.with(Fixtures.list(expiring("REJECT")));
    hold(proven());
    world.later(Duration.ofDays(3));
    MemoryTransaction done = world.take(new ListChange.DoChores());
    assertThat(done.story()).containsExactly(Kind.NOTICE, Kind.REJECTED);
    String notice =
        new String(
            Objects.requireNonNull(done.on(Topics.OUTGOING).getFirst().value()),
            StandardCharsets.UTF_8);
    assertThat(notice).contains("Nobody has looked at it in time.", "To: eve@e.example");
  }

  @Test
  void anExpiredPostIsPostedWhereTheListWantsThat() {
    world.with(Fixtures.list(expiring("ACCEPT")));
    hold();
    world.later(Duration.ofDays(3));
    assertThat(world.take(new ListChange.DoChores()).story())
        .containsExactly(Kind.ACCEPTED, Kind.EXPANDED);
    assertThat(world.take(new ListChange.DoChores()).story()).isEmpty();
  }

  private static ListSettings expiring(String action) {
    return ListSettings.DISCUSSION.with("holdDays", 3).with("expiredHoldAction", action);
  }

  private boolean isDue() {
    return world.chores.stream()
        .filter(HeldTimes.class::isInstance)
        .anyMatch(chore ->
            chore.isDue(
                world.tables,
                world.tables.directory().lists().get(Fixtures.USERS_ID.value()).orElseThrow(),
                world.now()));
  }
}
