package org.milena.listexpander.membership;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.milena.common.command.CommandOutcome.Done;
import org.milena.common.command.CommandOutcome.Refused;
import org.milena.common.command.ListChange;
import org.milena.common.command.MemberChange;
import org.milena.common.directory.Member;
import org.milena.common.directory.MemberOptions;
import org.milena.common.directory.MemberOptions.Stop;
import org.milena.common.directory.OptionsPatch;
import org.milena.common.event.AuditEntry;
import org.milena.common.event.Topics;
import org.milena.common.mail.MailAddress;
import org.milena.common.settings.ListSettings;
import org.milena.listexpander.fake.Fixtures;
import org.milena.listexpander.fake.ListWorld;
import org.milena.listexpander.fake.MemoryTransaction;

/** It is the first of March 2026, ten o'clock in UTC, when these begin. */
class ResumptionsTest {
  private static final LocalDate THIRD = LocalDate.of(2026, 3, 3);

  private final ListWorld world = new ListWorld();

  @BeforeEach
  void aList() {
    world.with(Fixtures.list(), stopped("ann@a.example", THIRD), stopped("bob@b.example", null));
  }

  private static Member stopped(String address, @Nullable LocalDate until) {
    return Fixtures.member(address).with(MemberOptions.DEFAULT.stopped(Stop.BY_MEMBER, until));
  }

  @Test
  void deliveryGoesOnWhenTheDayBegins() {
    world.later(Duration.ofHours(37).plusMinutes(59));
    assertThat(isDue()).isFalse();
    world.later(Duration.ofMinutes(1));
    assertThat(isDue()).isTrue();
    MemoryTransaction done = world.take(new ListChange.DoChores());
    assertThat(options("ann@a.example")).isEqualTo(MemberOptions.DEFAULT);
    assertThat(options("bob@b.example").stopped()).isEqualTo(Stop.BY_MEMBER);
    assertThat(isDue()).isFalse();
    assertThat(done.on(Topics.OUTGOING)).hasSize(1);
    assertThat(new String(done.on(Topics.OUTGOING).getFirst().value(), StandardCharsets.UTF_8))
        .contains(
            "To: ann@a.example", "Subject: Delivery of users@lists.example.org to you goes on");
    assertThat(done.on(Topics.AUDIT, AuditEntry.class))
        .extracting(AuditEntry::actor, AuditEntry::what)
        .containsExactly(tuple("system", "resume-delivery"));
    assertThat(world.take(new ListChange.DoChores()).story()).isEmpty();
  }

  @Test
  void theDayBeginsWhereTheListIs() {
    world.with(Fixtures.list(ListSettings.DISCUSSION.with("timeZone", "Asia/Tokyo")));
    world.later(Duration.ofHours(29)); // midnight there
    assertThat(isDue()).isTrue();
  }

  @Test
  void whoChangesHisMindIsLeftAlone() {
    world.command(
        new MemberChange.ChangeOptions(
            MailAddress.of("ann@a.example"), OptionsPatch.delivery(false), null));
    world.later(Duration.ofDays(3));
    assertThat(isDue()).isFalse();
    world.take(new ListChange.DoChores());
    assertThat(options("ann@a.example").stopped()).isEqualTo(Stop.BY_MEMBER);
  }

  @Test
  void nobodyStopsDeliveryUntilADayThatHasBegun() {
    assertThat(until(LocalDate.of(2026, 3, 1))).isInstanceOf(Refused.class);
    assertThat(until(LocalDate.of(2026, 3, 2))).isInstanceOf(Done.class);
  }

  @Test
  void whoIsGoneIsNotResumed() {
    world.command(new MemberChange.RemoveMembers(List.of(MailAddress.of("ann@a.example"))));
    world.later(Duration.ofDays(3));
    assertThat(isDue()).isFalse();
  }

  private Object until(LocalDate day) {
    return world.command(
        new MemberChange.ChangeOptions(
            MailAddress.of("bob@b.example"),
            new OptionsPatch(null, false, day, null, null, null, null, null, null),
            null));
  }

  private MemberOptions options(String address) {
    return world.member(address).orElseThrow().options();
  }

  private boolean isDue() {
    return world.chores.stream()
        .filter(Resumptions.class::isInstance)
        .anyMatch(chore ->
            chore.isDue(
                world.tables,
                world.tables.directory().lists().get(Fixtures.USERS_ID.value()).orElseThrow(),
                world.now()));
  }
}
