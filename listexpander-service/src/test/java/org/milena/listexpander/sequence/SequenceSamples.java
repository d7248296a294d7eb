package org.milena.listexpander.sequence;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import org.milena.common.command.HeldChange;
import org.milena.common.command.HeldChange.HeldDecision;
import org.milena.common.command.ListCommand;
import org.milena.common.directory.MemberRole;
import org.milena.common.event.AuthenticationReport;
import org.milena.common.event.AuthenticationReport.Result;
import org.milena.common.event.Delivery;
import org.milena.common.event.MailJson;
import org.milena.common.event.RecordHeaders;
import org.milena.common.event.Route;
import org.milena.common.header.HeaderBlock;
import org.milena.common.mail.MailAddress;
import org.milena.common.mail.RawMessage;
import org.milena.common.stage.OutRecord;
import org.milena.listexpander.fake.Fixtures;
import org.milena.listexpander.fake.ListWorld;
import org.milena.listexpander.incoming.ListMail;

/** Posts and readings that several tests of the sequence use. */
final class SequenceSamples {
  static final String POST =
      """
      From: Ann <ann@a.example>
      To: users@lists.example.org
      Message-ID: <1@a.example>
      Subject: hi

      Text
      """;
  static final AuthenticationReport PROVEN =
      new AuthenticationReport(Result.PASS, Result.PASS, Result.PASS, "e.example", null);

  /** A list, its members and its owner. */
  static ListWorld world() {
    return new ListWorld()
        .with(
            Fixtures.list(),
            Fixtures.member("ann@a.example"),
            Fixtures.member("bob@b.example"),
            Fixtures.member("carl@b.example"),
            Fixtures.member("own@o.example", null, MemberRole.OWNER));
  }

  static ListMail proven(String text) {
    return Fixtures.mail(
        "eve@e.example", text, new Route.ListPost(Fixtures.USERS_ID), PROVEN, null);
  }

  static ListCommand decide(ListWorld world, HeldDecision decision) {
    return new HeldChange.DecideHeld(world.holds().getFirst().holdId(), decision, "no thanks");
  }

  static List<String> addresses(List<Delivery> deliveries) {
    return deliveries.stream()
        .flatMap(delivery -> delivery.recipients().stream())
        .map(MailAddress::toString)
        .collect(Collectors.toList());
  }

  static <T> T meta(OutRecord record, Class<T> type) {
    return MailJson.read(
        new String(
            Objects.requireNonNull(record.headers().get(RecordHeaders.META)),
            StandardCharsets.UTF_8),
        type);
  }

  static String text(OutRecord record) {
    return new String(Objects.requireNonNull(record.value()), StandardCharsets.UTF_8);
  }

  static String text(RawMessage message) {
    assertThat(HeaderBlock.of(message)).isNotNull();
    return new String(message.toByteArray(), StandardCharsets.UTF_8);
  }

  private SequenceSamples() {}
}
