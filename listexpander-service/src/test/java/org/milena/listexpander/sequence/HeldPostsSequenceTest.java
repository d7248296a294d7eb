package org.milena.listexpander.sequence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.milena.listexpander.sequence.SequenceSamples.POST;
import static org.milena.listexpander.sequence.SequenceSamples.PROVEN;
import static org.milena.listexpander.sequence.SequenceSamples.addresses;
import static org.milena.listexpander.sequence.SequenceSamples.decide;
import static org.milena.listexpander.sequence.SequenceSamples.meta;
import static org.milena.listexpander.sequence.SequenceSamples.text;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.milena.common.command.CommandOutcome;
import org.milena.common.command.HeldChange.HeldDecision;
import org.milena.common.command.ListCommand;
import org.milena.common.event.AuthenticationReport;
import org.milena.common.event.Delivery;
import org.milena.common.event.Hold;
import org.milena.common.event.MailEvent.Kind;
import org.milena.common.event.MailMeta;
import org.milena.common.event.Route;
import org.milena.common.event.ScanReport;
import org.milena.common.event.Topics;
import org.milena.common.stage.OutRecord;
import org.milena.listexpander.fake.Fixtures;
import org.milena.listexpander.fake.ListWorld;
import org.milena.listexpander.fake.MemoryTransaction;
import org.milena.listexpander.incoming.ListMail;

/** Posts that wait for a moderator, and what he decides. */
class HeldPostsSequenceTest {
  private final ListWorld world = SequenceSamples.world();

  @Test
  void aHeldPostWaitsWithEveryReasonAndItsOwnersAreTold() {
    ListMail mail = Fixtures.post("eve@e.example", POST.replace("ann@a", "eve@e"));
    MemoryTransaction written = world.take(mail);
    Hold hold = world.holds().getFirst();
    assertThat(hold.subject()).isEqualTo("hi");
    assertThat(hold.author()).contains("eve@e.example");
    assertThat(hold.reasons()).singleElement().asString().contains("not a member");
    assertThat(hold.content().mailId()).isEqualTo(mail.id());
    OutRecord held = written.on(Topics.HELD).getFirst();
    assertThat(held.key()).contains(hold.holdId());
    assertThat(meta(held, MailMeta.class)).isEqualTo(mail.meta());
    assertThat(text(held)).isEqualTo(text(mail.message()));
    assertThat(written.story()).containsExactly(Kind.NOTICE, Kind.HELD);
    assertThat(addresses(written.on(Topics.DELIVERIES, Delivery.class)))
        .containsExactly("own@o.example");
    assertThat(text(written.on(Topics.OUTGOING).getFirst())).contains("Auto-Submitted:");
    assertThat(written.on(Topics.POSTS)).isEmpty();
  }

  @Test
  void theAuthorOfAHeldPostIsToldOnlyWhenProven() {
    MemoryTransaction written =
        world.take(
            Fixtures.mail(
                "eve@e.example",
                POST.replace("ann@a", "eve@e"),
                new Route.ListPost(Fixtures.USERS_ID),
                PROVEN,
                null));
    assertThat(addresses(written.on(Topics.DELIVERIES, Delivery.class)))
        .containsExactlyInAnyOrder("own@o.example", "eve@e.example");
  }

  @Test
  void whatTheScannerWantsSeenIsHeldWithItsReasonAndTheProof() {
    ListMail mail = Fixtures.post("ann@a.example", POST);
    ScanReport scan =
        new ScanReport(
            ScanReport.Verdict.POLICY,
            List.of(
                new ScanReport.EngineReport(
                    "builtin",
                    "1",
                    ScanReport.Verdict.POLICY,
                    "secret\u202E.zip is\r\nencrypted",
                    ScanReport.Objection.ENCRYPTED)),
            AuthenticationReport.NOT_CHECKED,
            Fixtures.NOW,
            null,
            null,
            ScanReport.Passage.HOLD);
    MemoryTransaction written = world.take(ListMail.of(mail.meta().withScan(scan), mail.message()));
    assertThat(world.holds().getFirst().reasons())
        .containsExactly(
            "The scanner wants a moderator to see it: builtin says secret .zip is encrypted.");
    assertThat(written.on(Topics.POSTS)).isEmpty();
    assertThat(written.events().getLast().text())
        .contains("secret .zip is encrypted", "The author is not proven: not checked.");

    // an operator has looked at it
    ListMail other = Fixtures.post("ann@a.example", POST.replace("<1@", "<2@"));
    ListMail released =
        ListMail.of(other.meta().withScan(scan.releasedBy("admin")), other.message());
    assertThat(world.take(released).story()).contains(Kind.ACCEPTED);
  }

  @Test
  void theStoryOfAnAcceptedPostSaysWhatProvesItsAuthor() {
    MemoryTransaction written =
        world.take(
            Fixtures.mail(
                "ann@a.example", POST, new Route.ListPost(Fixtures.USERS_ID), PROVEN, null));
    assertThat(written.events().getFirst().text())
        .isEqualTo(
            "Accepted for users@lists.example.org."
                + " ann@a.example is proven to be the author by DMARC.");
  }

  @Test
  void aFloodOfHeldPostsIsNotAFloodOfNotices() {
    int notices = 0;
    for (int i = 0; i < 50; i++) {
      notices +=
          (int)
              world
                  .take(Fixtures.post("eve@e.example", "From: eve@e.example\n\n" + i + "\n"))
                  .story()
                  .stream()
                  .filter(kind -> kind == Kind.NOTICE)
                  .count();
    }
    assertThat(notices).isEqualTo(12);
    world.later(Duration.ofHours(1));
    assertThat(world.take(Fixtures.post("eve@e.example", "From: eve@e.example\n\nx\n")).story())
        .contains(Kind.NOTICE);
    assertThat(world.holds()).hasSize(51);
  }

  @Test
  void anAcceptedHeldPostIsPostedAsItCame() {
    ListMail mail = Fixtures.post("eve@e.example", POST.replace("ann@a", "eve@e"));
    world.take(mail);
    MemoryTransaction written = world.take(decide(world, HeldDecision.ACCEPT));
    assertThat(written.story()).containsExactly(Kind.ACCEPTED, Kind.EXPANDED);
    assertThat(text(written.on(Topics.POSTS).getFirst())).endsWith(text(mail.message()));
    assertThat(world.holds()).isEmpty();
    assertThat(world.take(Fixtures.post("eve@e.example", POST.replace("ann@a", "eve@e"))).story())
        .containsExactly(Kind.DUPLICATE);
  }

  @Test
  void aHoldIsDecidedOnce() {
    world.take(Fixtures.post("eve@e.example", POST.replace("ann@a", "eve@e")));
    ListCommand twice = decide(world, HeldDecision.ACCEPT);
    assertThat(world.command(twice)).isInstanceOf(CommandOutcome.Done.class);
    assertThat(world.command(twice))
        .isInstanceOfSatisfying(
            CommandOutcome.Refused.class,
            refused -> assertThat(refused.code()).isEqualTo("decided"));
  }
}
