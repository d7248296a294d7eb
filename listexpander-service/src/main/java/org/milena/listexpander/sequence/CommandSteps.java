package org.milena.listexpander.sequence;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.milena.common.command.CommandOutcome;
import org.milena.common.command.CommandOutcome.Refused;
import org.milena.common.command.CommandRecord;
import org.milena.common.command.ListCommand;
import org.milena.common.command.OutcomeRecord;
import org.milena.common.directory.Account;
import org.milena.common.directory.MailingList;
import org.milena.common.event.Hold;
import org.milena.common.event.RecordType;
import org.milena.common.event.Topics;
import org.milena.common.failure.OutageException;
import org.milena.common.mail.ListId;
import org.milena.common.mail.MailId;
import org.milena.common.stage.MailReader;
import org.milena.common.stage.MailRecords;
import org.milena.listexpander.account.AccountEdits;
import org.milena.listexpander.chore.Chore;
import org.milena.listexpander.incoming.ListMail;
import org.milena.listexpander.ledger.Ledger;
import org.milena.listexpander.ledger.ListTables;
import org.milena.listexpander.list.ListEdits;
import org.milena.listexpander.membership.MemberEdits;
import org.milena.listexpander.moderation.HeldContent;
import org.milena.listexpander.moderation.HoldIds;

/** Carries commands out, and answers each. */
final class CommandSteps {
  private final ListTables tables;
  private final MailReader mailReader;
  private final Effects effects;
  private final ListexpanderMetrics metrics;

  CommandSteps(
      ListTables tables, MailReader mailReader, Effects effects, ListexpanderMetrics metrics) {
    this.tables = tables;
    this.mailReader = mailReader;
    this.effects = effects;
    this.metrics = metrics;
  }

  /** What a command needs from elsewhere, read before the transaction. */
  sealed interface Fetched {
    /** Nothing is needed. */
    record Nothing() implements Fetched {}

    /** What is due of a list's chores. */
    record Chores(List<Chore.Work> due) implements Fetched {}

    /** A held post. */
    record Held(HeldContent content) implements Fetched {}
  }

  /**
   * Reads what the command needs.
   *
   * @throws OutageException when the broker is away
   */
  Fetched fetch(CommandRecord command, Instant now) {
    return switch (command.command()) {
      case ListCommand.DecideHeld decide -> held(decide.holdId());
      case ListCommand.UndoHeld(var holdId) -> held(holdId);
      case ListCommand.DoChores() -> chores(command, now);
      default -> new Fetched.Nothing();
    };
  }

  private Fetched chores(CommandRecord command, Instant now) {
    return new Fetched.Chores(
        Optional.ofNullable(command.list())
            .flatMap(id -> tables.directory().lists().get(id.value()))
            .map(list ->
                effects.chores().stream()
                    .flatMap(chore -> chore.prepare(tables, mailReader, list, now).stream())
                    .toList())
            .orElse(List.of()));
  }

  private Fetched held(String holdId) {
    return new Fetched.Held(HeldContent.read(tables.holds(), mailReader, holdId));
  }

  /** Carries it out and writes its outcome. */
  void carryOut(Ledger ledger, CommandRecord command, Fetched fetched, Instant now) {
    CommandOutcome outcome = outcome(ledger, command, fetched, now);
    metrics.command(command.command(), outcome);
    ledger.send(
        MailRecords.json(
            Topics.OUTCOMES,
            command.commandId(),
            RecordType.OUTCOME,
            new OutcomeRecord(command.commandId(), outcome, now)));
  }

  private CommandOutcome outcome(
      Ledger ledger, CommandRecord record, Fetched fetched, Instant now) {
    return switch (record.command()) {
      case ListCommand.PutAccount put -> AccountEdits.put(ledger, put);
      case ListCommand.DeleteAccount(var name) -> AccountEdits.delete(ledger, name);
      case ListCommand.CreateList create ->
          forId(record, id -> effects.lists().create(ledger, id, create, now));
      case ListCommand.ChangeList change ->
          forId(record, id -> effects.lists().change(ledger, id, change));
      case ListCommand.DeleteList() -> forId(record, id -> delete(ledger, id));
      case ListCommand.PutMembers put ->
          forList(ledger, record, list -> MemberEdits.put(ledger, list, put, now));
      case ListCommand.RemoveMembers remove ->
          forList(ledger, record, list -> MemberEdits.remove(ledger, list, remove));
      case ListCommand.Subscribe(var address, var displayName) ->
          forList(
              ledger,
              record,
              list ->
                  effects
                      .subscriptions()
                      .subscribe(ledger, list, address, displayName, cause(record), now));
      case ListCommand.Unsubscribe(var address, var proven) ->
          forList(
              ledger,
              record,
              list ->
                  effects
                      .subscriptions()
                      .unsubscribe(ledger, list, address, proven, cause(record), now));
      case ListCommand.Confirm(var requestId) ->
          forList(
              ledger,
              record,
              list -> effects.subscriptions().confirm(ledger, list, requestId, cause(record), now));
      case ListCommand.DoChores() ->
          forList(ledger, record, list -> doChores(ledger, list, fetched, now));
      case ListCommand.DecideHeld decide ->
          forList(
              ledger,
              record,
              list ->
                  effects
                      .heldDecisions()
                      .decide(ledger, list, decide, content(fetched), record.actor(), now));
      case ListCommand.UndoHeld undo ->
          forList(
              ledger,
              record,
              list ->
                  effects
                      .heldDecisions()
                      .undo(ledger, list, undo, content(fetched), record.actor(), now));
      case ListCommand.ClaimHeld claim ->
          forList(
              ledger,
              record,
              list -> effects.heldDecisions().claim(ledger, list, claim, record.actor(), now));
    };
  }

  private static CommandOutcome doChores(
      Ledger ledger, MailingList list, Fetched fetched, Instant now) {
    int done = 0;
    if (fetched instanceof Fetched.Chores(var due)) {
      due.forEach(work -> work.carryOut(ledger, list, now));
      done = due.size();
    }
    return new CommandOutcome.Done("What was due is done.", done);
  }

  private static HeldContent content(Fetched fetched) {
    return fetched instanceof Fetched.Held(var content) ? content : new HeldContent.Unknown();
  }

  static Optional<Account> submitter(Ledger ledger, ListMail mail) {
    return Optional.ofNullable(mail.meta().client().account()).flatMap(ledger::account);
  }

  private static CommandOutcome forId(
      CommandRecord record, Function<ListId, CommandOutcome> decision) {
    ListId id = record.list();
    return id == null
        ? new Refused("no-list", "The command does not say for which list it is.")
        : decision.apply(id);
  }

  private static CommandOutcome forList(
      Ledger ledger, CommandRecord record, Function<MailingList, CommandOutcome> decision) {
    return forId(record, id -> ledger.list(id).map(decision).orElseGet(() -> ListEdits.noList(id)));
  }

  /** With the list goes what was decided about its posts: it cannot be undone any more. */
  private CommandOutcome delete(Ledger ledger, ListId id) {
    List<Hold> holds =
        ledger.holds(HoldIds.prefix(id)).stream().filter(hold -> hold.list().equals(id)).toList();
    int waiting = (int) holds.stream().filter(Hold::waits).count();
    CommandOutcome outcome = effects.lists().delete(ledger, id, waiting);
    if (outcome instanceof CommandOutcome.Done) {
      holds.forEach(hold -> ledger.deleteHold(hold.holdId()));
    }
    return outcome;
  }

  /** The mail a command came with, where it came by mail; else a name for the command itself. */
  private MailId cause(CommandRecord record) {
    return MailId.parse(record.origin()).orElseGet(() -> effects.notices().newId());
  }
}
