package org.milena.listexpander.bounce;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.milena.common.command.CommandRecord;
import org.milena.common.command.DeliveryChange;
import org.milena.common.event.DeliveryResult;
import org.milena.common.event.OutgoingMeta;
import org.milena.common.event.RecipientOutcome;
import org.milena.common.event.RecordType;
import org.milena.common.event.Topics;
import org.milena.common.header.OneLine;
import org.milena.common.mail.ListId;
import org.milena.common.stage.InRecord;
import org.milena.common.stage.MailRecords;
import org.milena.common.stage.Stage;
import org.milena.common.stage.StageTransaction;

/**
 * Tells lists what became of their copies: which were refused while egress spoke with the other
 * host, since nobody sends a report then (RFC 5321 section 6.1), for we are the one who would; and
 * of posts whose authors want to know, how many were delivered or failed.
 */
public final class DeliveryOutcomes implements Stage {
  /**
   * Names the stage, its consumer group and its metrics. At first it was for refusals alone;
   * another name were another group, which would begin anew.
   */
  public static final String NAME = "bounces";

  private static final int MAX_REASON = 500;

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public String topic() {
    return Topics.DELIVERY_RESULTS;
  }

  @Override
  public Prepared prepare(InRecord record) {
    DeliveryResult result = MailRecords.json(record, DeliveryResult.class);
    ListId list = result.list();
    OutgoingMeta.Kind kind = result.kind();
    if (list == null || kind == null || kind == OutgoingMeta.Kind.RELAY) {
      return _ -> {};
    }
    List<CommandRecord> commands = new ArrayList<>();
    for (DeliveryResult.Recipient recipient : result.recipients()) {
      if (recipient.outcome() instanceof RecipientOutcome.Failed(var status, var reason)
          && !isOurs(reason)) {
        String name = record + " " + recipient.address().key();
        commands.add(
            new CommandRecord(
                id(name),
                list,
                "system",
                result.mailId().toString(),
                result.at(),
                new DeliveryChange.NoteFailure(
                    result.mailId(),
                    kind,
                    recipient.address(),
                    status,
                    OneLine.of(reason, MAX_REASON),
                    result.at())));
      }
    }
    if (kind == OutgoingMeta.Kind.POST && result.tracked() != null) {
      copies(result, record).ifPresent(commands::add);
    }
    return transaction -> commands.forEach(command -> send(transaction, list, command));
  }

  /** What the list counts of it, for an author who wants to know. */
  private static Optional<CommandRecord> copies(DeliveryResult result, InRecord record) {
    int delivered = 0;
    int failed = 0;
    for (DeliveryResult.Recipient recipient : result.recipients()) {
      switch (recipient.outcome()) {
        case RecipientOutcome.Relayed _ -> delivered++;
        case RecipientOutcome.Failed _ -> failed++;
        case RecipientOutcome.Deferred _ -> {
          // it is ours still
        }
      }
    }
    return delivered + failed == 0
        ? Optional.empty()
        : Optional.of(
            new CommandRecord(
                id(record + " copies"),
                result.list(),
                "system",
                result.mailId().toString(),
                result.at(),
                new DeliveryChange.NoteCopies(result.mailId(), delivered, failed, result.at())));
  }

  private static String id(String name) {
    return UUID.nameUUIDFromBytes(name.getBytes(StandardCharsets.UTF_8)).toString();
  }

  private static void send(StageTransaction transaction, ListId list, CommandRecord command) {
    transaction.send(MailRecords.json(Topics.LISTS, list.value(), RecordType.COMMAND, command));
  }

  /** Nothing was tried: we or an operator decided so. */
  private static boolean isOurs(String reason) {
    return reason.startsWith("suppressed: ") || reason.startsWith("ended by ");
  }
}
