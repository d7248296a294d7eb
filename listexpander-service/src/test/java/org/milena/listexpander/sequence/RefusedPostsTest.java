package org.milena.listexpander.sequence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.milena.listexpander.sequence.SequenceSamples.POST;
import static org.milena.listexpander.sequence.SequenceSamples.addresses;
import static org.milena.listexpander.sequence.SequenceSamples.decide;
import static org.milena.listexpander.sequence.SequenceSamples.proven;
import static org.milena.listexpander.sequence.SequenceSamples.text;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.milena.common.command.HeldChange.HeldDecision;
import org.milena.common.directory.Account;
import org.milena.common.event.AuthenticationReport;
import org.milena.common.event.Delivery;
import org.milena.common.event.MailEvent.Kind;
import org.milena.common.event.Route;
import org.milena.common.event.Topics;
import org.milena.common.mail.MailAddress;
import org.milena.common.settings.PostAction;
import org.milena.listexpander.fake.Fixtures;
import org.milena.listexpander.fake.ListWorld;
import org.milena.listexpander.fake.MemoryTransaction;
import org.milena.listexpander.incoming.ListMail;

/** Posts that are rejected or come twice, and who is told. */
class RefusedPostsTest {
  private final ListWorld world = SequenceSamples.world();
  private static final String STRANGER = POST.replace("ann@a", "eve@e");

  @Test
  void whoJoinsAfterARejectionSendsTheSameMailAgain() {
    for (PostAction refusal : List.of(PostAction.REJECT, PostAction.DISCARD)) {
      ListWorld strict =
          new ListWorld().with(Fixtures.list(Fixtures.actions(PostAction.ACCEPT, refusal)));
      assertThat(strict.take(Fixtures.post("eve@e.example", STRANGER)).story())
          .doesNotContain(Kind.ACCEPTED);
      strict.with(
          Fixtures.list(Fixtures.actions(PostAction.ACCEPT, refusal)),
          Fixtures.member("eve@e.example"));
      assertThat(strict.take(Fixtures.post("eve@e.example", STRANGER)).story())
          .contains(Kind.ACCEPTED);
      assertThat(strict.take(Fixtures.post("eve@e.example", STRANGER)).story())
          .containsExactly(Kind.DUPLICATE);
    }
  }

  @Test
  void aRejectionIsToldOnceHoweverOftenTheMailComes() {
    ListWorld strict =
        new ListWorld().with(Fixtures.list(Fixtures.actions(PostAction.ACCEPT, PostAction.REJECT)));
    // not proven: nobody is told, so a proven one behind it still is
    assertThat(strict.take(Fixtures.post("eve@e.example", STRANGER)).story())
        .containsExactly(Kind.REJECTED);
    assertThat(strict.take(proven(STRANGER)).story()).containsExactly(Kind.NOTICE, Kind.REJECTED);
    for (int i = 0; i < 20; i++) {
      MemoryTransaction again = strict.take(proven(STRANGER));
      assertThat(again.story()).containsExactly(Kind.REJECTED);
      assertThat(again.on(Topics.OUTGOING)).isEmpty();
      assertThat(again.events().getFirst().text()).contains("was told");
    }
    assertThat(strict.take(proven(STRANGER + "another text\n")).story()).contains(Kind.NOTICE);
  }

  @Test
  void theSameMessageIdOnAnotherTextIsHeldAndNotLost() {
    ListMail first = Fixtures.post("ann@a.example", POST);
    world.take(first);
    MemoryTransaction written = world.take(Fixtures.post("ann@a.example", POST + "and more\n"));
    assertThat(written.story()).contains(Kind.HELD);
    assertThat(world.holds().getFirst().reasons())
        .containsExactly("Another post has the same Message-ID: " + first.id() + ".");
  }

  @Test
  void forgetsAfterSevenDaysAndSweepsTheNotesAway() {
    world.take(Fixtures.post("ann@a.example", POST));
    world.later(Duration.ofDays(7).plusSeconds(1));
    assertThat(world.take(Fixtures.post("ann@a.example", POST)).story()).contains(Kind.ACCEPTED);
    for (int i = 0; i < 20; i++) {
      world.take(Fixtures.post("ann@a.example", POST.replace("<1@", "<a" + i + "@")));
    }
    world.later(Duration.ofDays(8));
    for (int i = 0; i < 20; i++) {
      world.take(Fixtures.post("ann@a.example", POST.replace("<1@", "<b" + i + "@")));
    }
    assertThat(world.tables.seen().size()).isLessThanOrEqualTo(44);
  }

  @Test
  void aRejectedAuthorIsToldOnlyWhenProven() {
    world.take(Fixtures.post("eve@e.example", POST.replace("ann@a", "eve@e")));
    MemoryTransaction silent = world.take(decide(world, HeldDecision.REJECT));
    assertThat(silent.on(Topics.OUTGOING)).isEmpty();
    assertThat(silent.story()).containsExactly(Kind.REJECTED);
    assertThat(silent.events().getFirst().text()).contains("not proven");

    // refused, so it may be sent again, and this time by the account that owns the address
    world.tables.directory().accounts().put("eve", account("eve", "eve@e.example"));
    world.take(
        Fixtures.mail(
            "eve@e.example",
            POST.replace("ann@a", "eve@e"),
            new Route.ListPost(Fixtures.USERS_ID),
            AuthenticationReport.NOT_CHECKED,
            "eve"));
    MemoryTransaction told = world.take(decide(world, HeldDecision.REJECT));
    assertThat(told.story()).containsExactly(Kind.NOTICE, Kind.REJECTED);
    assertThat(addresses(told.on(Topics.DELIVERIES, Delivery.class)))
        .containsExactly("eve@e.example");
    assertThat(text(told.on(Topics.OUTGOING).getFirst())).contains("no thanks");
  }

  @Test
  void aDiscardedPostLeavesOnlyATrace() {
    world.take(Fixtures.post("eve@e.example", POST.replace("ann@a", "eve@e")));
    MemoryTransaction written = world.take(decide(world, HeldDecision.DISCARD));
    assertThat(written.story()).containsExactly(Kind.DISCARDED);
    assertThat(written.on(Topics.OUTGOING)).isEmpty();
    assertThat(world.holds()).isEmpty();
  }

  private static Account account(String name, String address) {
    return new Account(
        name, MailAddress.of(address), null, List.of(), List.of(), false, Fixtures.NOW);
  }
}
