package org.milena.listexpander.membership;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.milena.common.command.AccountChange;
import org.milena.common.command.CommandOutcome;
import org.milena.common.command.CommandOutcome.Done;
import org.milena.common.command.CommandOutcome.NotFound;
import org.milena.common.command.CommandOutcome.Refused;
import org.milena.common.command.CommandRecord;
import org.milena.common.command.ListCommand;
import org.milena.common.command.OutcomeRecord;
import org.milena.common.directory.Account;
import org.milena.common.event.Delivery;
import org.milena.common.event.Topics;
import org.milena.common.mail.MailAddress;
import org.milena.listexpander.fake.Fixtures;
import org.milena.listexpander.fake.ListWorld;
import org.milena.listexpander.fake.MemoryTransaction;

class AccountAddressesTest {
  private static final MailAddress HOME = MailAddress.of("ann@home.example");
  private final ListWorld world = new ListWorld();

  AccountAddressesTest() {
    account("ann", "ann@work.example");
    account("bob", "bob@work.example");
  }

  @Test
  void anAddressBecomesAnAccountsWhenItHasConfirmedThat() {
    MemoryTransaction asked = take(new AccountChange.AskForAddress("ann", HOME));
    assertThat(asked.on(Topics.DELIVERIES, Delivery.class).getFirst().recipients())
        .containsExactly(HOME);
    assertThat(
            new String(
                Objects.requireNonNull(asked.on(Topics.OUTGOING).getFirst().value()),
                StandardCharsets.UTF_8))
        .contains("From: postmaster@lists.example.org", "/confirm/", "account ann");
    assertThat(ann().moreAddresses()).isEmpty();
    assertThat(outcome(take(new AccountChange.ConfirmAddress(waiting())))).isInstanceOf(Done.class);
    assertThat(ann().moreAddresses()).containsExactly(HOME);
    assertThat(ann().owns(MailAddress.of("Ann@HOME.example"))).isTrue();
    assertThat(world.tables.pending().size()).isZero();
    take(new AccountChange.DropAddress("ann", HOME));
    assertThat(ann().moreAddresses()).isEmpty();
    assertThat(outcome(take(new AccountChange.DropAddress("ann", HOME))))
        .isInstanceOf(NotFound.class);
  }

  @Test
  void asksAnAddressOnceADayAndNotForEver() {
    take(new AccountChange.AskForAddress("ann", HOME));
    assertThat(take(new AccountChange.AskForAddress("bob", HOME)).on(Topics.OUTGOING)).isEmpty();
    world.later(Duration.ofDays(3).plusSeconds(1));
    assertThat(outcome(take(new AccountChange.ConfirmAddress(waiting()))))
        .isInstanceOf(NotFound.class);
  }

  @Test
  void nobodyTakesTheAddressOfAnother() {
    MailAddress bobs = MailAddress.of("bob@work.example");
    assertThat(outcome(take(new AccountChange.AskForAddress("ann", bobs))))
        .isInstanceOf(Done.class);
    assertThat(outcome(take(new AccountChange.ConfirmAddress(waiting()))))
        .extracting(refused -> ((Refused) refused).code())
        .isEqualTo("address-taken");
    assertThat(outcome(take(new AccountChange.AskForAddress("eve", HOME))))
        .isInstanceOf(NotFound.class);
  }

  private String waiting() {
    return world.tables.pending().scan("", "", 1).getFirst().getValue().requestId();
  }

  private Account ann() {
    return world.tables.directory().accounts().get("ann").orElseThrow();
  }

  private void account(String name, String address) {
    world
        .tables
        .directory()
        .accounts()
        .put(
            name,
            new Account(
                name, MailAddress.of(address), null, List.of(), List.of(), false, Fixtures.NOW));
  }

  private MemoryTransaction take(ListCommand command) {
    return world.take(
        new CommandRecord(
            UUID.randomUUID().toString(), null, "ann", "192.0.2.7", world.now(), command));
  }

  private static CommandOutcome outcome(MemoryTransaction written) {
    return written.on(Topics.OUTCOMES, OutcomeRecord.class).getFirst().outcome();
  }
}
