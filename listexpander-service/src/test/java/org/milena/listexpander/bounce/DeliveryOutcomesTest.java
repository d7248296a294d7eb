package org.milena.listexpander.bounce;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.milena.common.command.CommandRecord;
import org.milena.common.command.DeliveryChange;
import org.milena.common.event.DeliveryId;
import org.milena.common.event.DeliveryResult;
import org.milena.common.event.MailJson;
import org.milena.common.event.OutgoingMeta;
import org.milena.common.event.RecipientOutcome;
import org.milena.common.event.RecordHeaders;
import org.milena.common.event.RecordPosition;
import org.milena.common.event.RecordType;
import org.milena.common.event.Topics;
import org.milena.common.mail.ListId;
import org.milena.common.mail.MailAddress;
import org.milena.common.stage.InRecord;
import org.milena.listexpander.fake.Fixtures;
import org.milena.listexpander.fake.MemoryTransaction;

class DeliveryOutcomesTest {
  private static final RecipientOutcome GONE =
      new RecipientOutcome.Failed("5.1.1", "mx said: 550 5.1.1 unknown");

  @Test
  void aRefusedCopyBecomesACommandUnderItsListsKey() {
    MemoryTransaction written =
        follow(
            Fixtures.USERS_ID,
            OutgoingMeta.Kind.POST,
            GONE,
            new RecipientOutcome.Relayed("mx", "250 ok"),
            new RecipientOutcome.Deferred("4.2.2", "full", Fixtures.NOW));
    assertThat(written.on(Topics.LISTS)).hasSize(1);
    assertThat(written.on(Topics.LISTS).getFirst().key()).contains(Fixtures.USERS_ID.value());
    CommandRecord command = written.on(Topics.LISTS, CommandRecord.class).getFirst();
    assertThat(command.actor()).isEqualTo("system");
    assertThat(command.command())
        .isInstanceOfSatisfying(
            DeliveryChange.NoteFailure.class,
            failure -> {
              assertThat(failure.address()).isEqualTo(MailAddress.of("m0@b.example"));
              assertThat(failure.status()).isEqualTo("5.1.1");
            });
    assertThat(
            follow(Fixtures.USERS_ID, OutgoingMeta.Kind.POST, GONE)
                .on(Topics.LISTS, CommandRecord.class)
                .getFirst()
                .commandId())
        .as("the same record again is the same command")
        .isEqualTo(command.commandId());
  }

  @Test
  void whatIsNoListsOrWasOurOwnDecisionBecomesNone() {
    assertThat(follow(null, OutgoingMeta.Kind.POST, GONE).on(Topics.LISTS)).isEmpty();
    assertThat(follow(Fixtures.USERS_ID, OutgoingMeta.Kind.RELAY, GONE).on(Topics.LISTS)).isEmpty();
    assertThat(follow(Fixtures.USERS_ID, null, GONE).on(Topics.LISTS)).as("0.1.0").isEmpty();
    assertThat(
            follow(
                    Fixtures.USERS_ID,
                    OutgoingMeta.Kind.POST,
                    new RecipientOutcome.Failed("5.7.1", "suppressed: asked us"),
                    new RecipientOutcome.Failed("5.7.0", "ended by admin"))
                .on(Topics.LISTS))
        .isEmpty();
  }

  @Test
  void copiesThatAreTrackedAreCountedWhenNothingMoreHappensToThem() {
    RecipientOutcome taken = new RecipientOutcome.Relayed("mx", "250 ok");
    RecipientOutcome waits = new RecipientOutcome.Deferred("4.2.2", "full", Fixtures.NOW);
    RecipientOutcome ended = new RecipientOutcome.Failed("5.7.0", "ended by admin");
    assertThat(
            follow(Fixtures.USERS_ID, OutgoingMeta.Kind.POST, true, taken, waits, ended, taken)
                .on(Topics.LISTS, CommandRecord.class))
        .extracting(CommandRecord::command)
        .singleElement()
        .isInstanceOfSatisfying(
            DeliveryChange.NoteCopies.class,
            copies -> {
              assertThat(copies.delivered()).isEqualTo(2);
              assertThat(copies.failed()).isEqualTo(1);
              assertThat(copies.at()).isEqualTo(Instant.EPOCH);
            });
    assertThat(follow(Fixtures.USERS_ID, OutgoingMeta.Kind.POST, true, waits).on(Topics.LISTS))
        .isEmpty();
    assertThat(follow(Fixtures.USERS_ID, OutgoingMeta.Kind.POST, taken).on(Topics.LISTS)).isEmpty();
  }

  private static MemoryTransaction follow(
      @Nullable ListId list, OutgoingMeta.@Nullable Kind kind, RecipientOutcome... outcomes) {
    return follow(list, kind, false, outcomes);
  }

  private static MemoryTransaction follow(
      @Nullable ListId list,
      OutgoingMeta.@Nullable Kind kind,
      boolean tracked,
      RecipientOutcome... outcomes) {
    List<DeliveryResult.Recipient> recipients =
        IntStream.range(0, outcomes.length)
            .mapToObj(i ->
                new DeliveryResult.Recipient(MailAddress.of("m" + i + "@b.example"), outcomes[i]))
            .toList();
    DeliveryId id = new DeliveryId(0, 7);
    DeliveryResult result =
        kind == null
            ? new DeliveryResult(id, Fixtures.newId(), list, 1, Instant.EPOCH, recipients)
            : new DeliveryResult(
                id,
                Fixtures.newId(),
                list,
                1,
                Instant.EPOCH,
                recipients,
                kind,
                tracked ? true : null);
    MemoryTransaction transaction = new MemoryTransaction();
    new DeliveryOutcomes()
        .prepare(
            new InRecord(
                new RecordPosition(Topics.DELIVERY_RESULTS, 0, 3),
                "0-7",
                MailJson.bytes(result),
                Map.of(
                    RecordHeaders.TYPE,
                    RecordType.DELIVERY_RESULT.label().getBytes(StandardCharsets.UTF_8)),
                Fixtures.NOW))
        .write(transaction);
    transaction.finish();
    return transaction;
  }
}
