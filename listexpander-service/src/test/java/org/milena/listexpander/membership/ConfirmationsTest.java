package org.milena.listexpander.membership;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.milena.common.command.CommandRecord;
import org.milena.common.command.RequestChange;
import org.milena.common.directory.MailingList;
import org.milena.common.directory.PendingRequest;
import org.milena.common.event.Delivery;
import org.milena.common.event.Topics;
import org.milena.common.mail.ListId;
import org.milena.common.mail.MailAddress;
import org.milena.common.settings.ListSettings;
import org.milena.listexpander.fake.Fixtures;
import org.milena.listexpander.fake.ListWorld;
import org.milena.listexpander.fake.MemoryTransaction;

/** Subscription bombing: who is asked for on many lists gets one mail, and few others any. */
class ConfirmationsTest {
  private final ListWorld world = new ListWorld();

  ConfirmationsTest() {
    for (int i = 0; i < 30; i++) {
      MailAddress address = MailAddress.of("l" + i + "@lists.example.org");
      world.with(
          new MailingList(
              ListId.forAddress(address),
              address,
              "L" + i,
              "",
              ListSettings.DISCUSSION,
              Fixtures.NOW,
              1),
          new org.milena.common.directory.Member(
              ListId.forAddress(address),
              MailAddress.of("member" + i + "@m.example"),
              "",
              java.util.Set.of(org.milena.common.directory.MemberRole.MEMBER),
              null,
              Fixtures.NOW));
    }
  }

  @Test
  void anAddressGetsOneConfirmationADayFromTheWholeSite() {
    List<String> mails =
        Stream.iterate(0, i -> i < 3_000, i -> i + 1)
            .flatMap(i -> ask(i % 30, "victim@v.example", "198.51." + i / 250 + ".7"))
            .toList();
    assertThat(mails).containsExactly("victim@v.example");
    world.later(Duration.ofHours(23));
    assertThat(ask(5, "victim@v.example", "203.0.113.1")).isEmpty();
    world.later(Duration.ofHours(1).plusSeconds(1));
    assertThat(ask(6, "victim@v.example", "203.0.113.1")).containsExactly("victim@v.example");
  }

  @Test
  void toSayThatOneIsAMemberCountsAsWell() {
    assertThat(ask(3, "member3@m.example", "198.51.100.1")).hasSize(1);
    assertThat(ask(3, "member3@m.example", "198.51.100.1")).isEmpty();
    assertThat(ask(4, "member3@m.example", "198.51.100.1")).isEmpty();
  }

  @Test
  void aNetworkAsksForSoManyAddressesAnHour() {
    int sent = 0;
    for (int i = 0; i < 200; i++) {
      sent += ask(i % 30, "a" + i + "@d" + i + ".example", "198.51.100." + i).toList().size();
    }
    assertThat(sent).isEqualTo(ConfirmationLimits.DEFAULT.perNetwork());
    assertThat(ask(0, "other@o.example", "198.51.101.1")).as("another network").hasSize(1);
    assertThat(ask(0, "a199@d199.example", "198.51.101.1")).as("refused before").hasSize(1);
    world.later(Duration.ofHours(1));
    assertThat(ask(0, "b@b.example", "198.51.100.1")).hasSize(1);
  }

  @Test
  void aDomainGetsSoManyAnHourFromHoweverManyNetworks() {
    int sent = 0;
    for (int i = 0; i < 1_000; i++) {
      sent +=
          ask(i % 30, "a" + i + "@big.example", "10." + i / 200 + "." + i % 200 + ".1")
              .toList()
              .size();
    }
    assertThat(sent).isEqualTo(ConfirmationLimits.DEFAULT.perDomain());
    assertThat(ask(0, "a@other.example", "203.0.113.9")).hasSize(1);
  }

  @Test
  void whatWasNotSentCanBeConfirmedByNobodyAndAskedForAgain() {
    String first = "victim@v.example";
    assertThat(ask(0, first, "198.51.100.1")).hasSize(1);
    assertThat(ask(1, first, "198.51.100.1")).isEmpty();
    assertThat(world.tables.pending().size()).isEqualTo(2);
    world.later(Duration.ofDays(1).plusSeconds(1));
    assertThat(ask(1, first, "198.51.100.1")).hasSize(1);
  }

  @Test
  void theMailOfTheSameDayStaysGoodHoweverOftenSomebodyAsks() {
    ask(0, "ann@a.example", "198.51.100.1").forEach(_ -> {});
    String id = only();
    world.later(Duration.ofHours(5));
    ask(0, "ann@a.example", "198.51.100.1").forEach(_ -> {});
    assertThat(only()).isEqualTo(id);
  }

  @Test
  void forgetsWhatItCounted() {
    for (int i = 0; i < 100; i++) {
      ask(0, "a" + i + "@a" + i + ".example", "10.0." + i + ".1").forEach(_ -> {});
    }
    int many = world.tables.seen().size();
    world.later(Duration.ofDays(4));
    for (int i = 0; i < 60; i++) {
      ask(0, "b" + i + "@b.example", "10.1." + i + ".1").forEach(_ -> {});
    }
    assertThat(many).isGreaterThanOrEqualTo(300);
    assertThat(world.tables.seen().scan("confirmations:", "", 10_000))
        .hasSizeLessThan(200)
        .isNotEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      nullValues = "-",
      value = {
        "192.0.2.77, 192.0.2.0/24",
        "2001:db8:1:2::3, 20010db80001/48",
        "::ffff:192.0.2.77, 192.0.2.0/24",
        "127.0.0.1, -",
        "::1, -",
        "'', -",
        "019aa5f1-2b3c-7def-8123-456789abcdef, -",
        "client.example.org, -"
      })
  void countsClientsByTheirNetwork(String client, String network) {
    assertThat(Networks.of(client)).isEqualTo(network);
  }

  private String only() {
    List<PendingRequest> waiting =
        world.tables.pending().scan("", "", 10).stream().map(row -> row.getValue()).toList();
    assertThat(waiting).hasSize(1);
    return waiting.getFirst().requestId();
  }

  /** Somebody asks from there that an address joins a list; who gets a mail. */
  private Stream<String> ask(int list, String address, String client) {
    MemoryTransaction written =
        world.take(
            new CommandRecord(
                UUID.randomUUID().toString(),
                ListId.forAddress(MailAddress.of("l" + list + "@lists.example.org")),
                "anonymous",
                client,
                world.now(),
                new RequestChange.Subscribe(MailAddress.of(address), "")));
    return written.on(Topics.DELIVERIES, Delivery.class).stream()
        .flatMap(delivery -> delivery.recipients().stream())
        .map(MailAddress::toString);
  }
}
