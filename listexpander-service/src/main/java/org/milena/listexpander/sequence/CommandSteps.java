package org.milena.listexpander.sequence;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.milena.common.command.AccountChange;
import org.milena.common.command.AddressChange;
import org.milena.common.command.CommandOutcome;
import org.milena.common.command.CommandRecord;
import org.milena.common.command.DeliveryChange;
import org.milena.common.command.DomainChange;
import org.milena.common.command.HeldChange;
import org.milena.common.command.ListChange;
import org.milena.common.command.MemberChange;
import org.milena.common.command.OutcomeRecord;
import org.milena.common.command.PostChange;
import org.milena.common.command.RequestChange;
import org.milena.common.command.TakeOverChange;
import org.milena.common.command.TemplateChange;
import org.milena.common.command.ThreadChange;
import org.milena.common.directory.Account;
import org.milena.common.directory.MailingList;
import org.milena.common.event.RecordType;
import org.milena.common.event.Topics;
import org.milena.common.failure.OutageException;
import org.milena.common.stage.MailReader;
import org.milena.common.stage.MailRecords;
import org.milena.listexpander.account.AccountEdits;
import org.milena.listexpander.account.SearchEdits;
import org.milena.listexpander.audit.Audit;
import org.milena.listexpander.bounce.Bounces;
import org.milena.listexpander.bounce.Suppressing;
import org.milena.listexpander.chore.Chore;
import org.milena.listexpander.incoming.ListMail;
import org.milena.listexpander.ledger.Ledger;
import org.milena.listexpander.ledger.ListTables;
import org.milena.listexpander.membership.AccountAddresses;
import org.milena.listexpander.membership.MemberEdits;
import org.milena.listexpander.membership.Networks;
import org.milena.listexpander.membership.Newcomer;
import org.milena.listexpander.membership.Origin;
import org.milena.listexpander.membership.Proof;
import org.milena.listexpander.migration.TakeOvers;
import org.milena.listexpander.moderation.HeldContent;
import org.milena.listexpander.posting.ThreadLocks;
import org.milena.listexpander.removal.PostContent;
import org.milena.listexpander.removal.Redactions;
import org.milena.listexpander.removal.Removals;
import org.milena.listexpander.thread.ThreadWishes;

/** Carries commands out, and answers each. */
final class CommandSteps {
  private final ListTables tables;
  private final MailReader mailReader;
  private final Effects effects;
  private final ListexpanderMetrics metrics;
  private final ListSteps lists;

  CommandSteps(
      ListTables tables, MailReader mailReader, Effects effects, ListexpanderMetrics metrics) {
    this.tables = tables;
    this.mailReader = mailReader;
    this.effects = effects;
    this.metrics = metrics;
    this.lists = new ListSteps(tables, effects);
  }

  /** What a command needs from elsewhere, read before the transaction. */
  sealed interface Fetched {
    /** Nothing is needed. */
    record Nothing() implements Fetched {}

    /** What is due of a list's chores. */
    record Chores(List<Chore.Work> due) implements Fetched {}

    /** A held post. */
    record Held(HeldContent content) implements Fetched {}

    /** A post of the archive. */
    record Archived(PostContent content) implements Fetched {}
  }

  /**
   * Reads what the command needs.
   *
   * @throws OutageException when the broker is away
   */
  Fetched fetch(CommandRecord command, Instant now) {
    return switch (command.command()) {
      case HeldChange.DecideHeld decide -> held(decide.holdId());
      case HeldChange.UndoHeld(var holdId) -> held(holdId);
      case ListChange.DoChores() -> chores(command, now);
      case PostChange.RedactPost redact ->
          new Fetched.Archived(PostContent.read(redact.content(), mailReader));
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

  /** Carries it out and writes its outcome, unless it is handed on to somebody who will. */
  void carryOut(Ledger ledger, CommandRecord command, Fetched fetched, Instant now) {
    Optional<MailingList> before = Optional.ofNullable(command.list()).flatMap(ledger::list);
    decide(ledger, command, fetched, now)
        .ifPresent(outcome -> {
          metrics.command(command.command(), outcome);
          Audit.note(ledger, command, before, outcome, now);
          tell(ledger, command, outcome, now);
        });
  }

  private static void tell(
      Ledger ledger, CommandRecord command, CommandOutcome outcome, Instant now) {
    ledger.send(
        MailRecords.json(
            Topics.OUTCOMES,
            command.commandId(),
            RecordType.OUTCOME,
            new OutcomeRecord(command.commandId(), outcome, now)));
  }

  /** Empty where it is handed on to somebody who will answer. */
  private Optional<CommandOutcome> decide(
      Ledger ledger, CommandRecord record, Fetched fetched, Instant now) {
    return switch (record.command()) {
      case AddressChange wanted -> lists.address(ledger, record, wanted, now);
      case ListChange wanted -> Optional.of(lists.list(ledger, record, wanted, fetched, now));
      case DomainChange wanted -> Optional.of(lists.domain(ledger, wanted));
      case TemplateChange wanted -> Optional.of(lists.template(ledger, record, wanted));
      case MemberChange wanted -> Optional.of(member(ledger, record, wanted, now));
      case RequestChange wanted -> Optional.of(request(ledger, record, wanted, now));
      case HeldChange wanted -> Optional.of(held(ledger, record, wanted, fetched, now));
      case ThreadChange wanted -> Optional.of(thread(ledger, record, wanted, now));
      case PostChange wanted -> Optional.of(post(ledger, record, wanted, fetched, now));
      case DeliveryChange wanted -> Optional.of(delivery(ledger, record, wanted, now));
      case AccountChange wanted -> Optional.of(account(ledger, record, wanted, now));
      case TakeOverChange wanted -> Optional.of(takeOver(ledger, record, wanted, now));
    };
  }

  private CommandOutcome member(
      Ledger ledger, CommandRecord record, MemberChange wanted, Instant now) {
    return switch (wanted) {
      case MemberChange.PutMembers put ->
          ListSteps.forList(ledger, record, list -> effects.members().put(ledger, list, put, now));
      case MemberChange.RemoveMembers remove ->
          ListSteps.forList(ledger, record, list -> MemberEdits.remove(ledger, list, remove));
      case MemberChange.ChangeOptions change ->
          ListSteps.forList(
              ledger, record, list -> effects.members().options(ledger, list, change, now));
      case MemberChange.TakeSource taken ->
          ListSteps.forList(
              ledger,
              record,
              list -> effects.sources().take(ledger, list, taken, effects.cause(record), now));
    };
  }

  private CommandOutcome request(
      Ledger ledger, CommandRecord record, RequestChange wanted, Instant now) {
    return switch (wanted) {
      case RequestChange.Subscribe(var address, var displayName, var mode) -> {
        Newcomer who = new Newcomer(address, displayName, mode);
        yield ListSteps.forList(
            ledger,
            record,
            list -> effects.subscriptions().subscribe(ledger, list, who, origin(record, now)));
      }
      case RequestChange.Unsubscribe(var address, var proven) -> {
        Proof proof = proven ? Proof.LINK : Proof.NONE;
        yield ListSteps.forList(
            ledger,
            record,
            list ->
                effects
                    .subscriptions()
                    .unsubscribe(ledger, list, address, proof, origin(record, now)));
      }
      case RequestChange.Confirm(var requestId) ->
          ListSteps.forList(
              ledger,
              record,
              list ->
                  effects.subscriptions().confirm(ledger, list, requestId, origin(record, now)));
      case RequestChange.DecideRequest decide ->
          ListSteps.forList(
              ledger,
              record,
              list -> effects.subscriptions().decide(ledger, list, decide, origin(record, now)));
      case RequestChange.Invite invite ->
          ListSteps.forList(
              ledger,
              record,
              list -> effects.subscriptions().invite(ledger, list, invite, origin(record, now)));
      case RequestChange.AskForConfirmation asked ->
          effects.confirmations().take(ledger, asked, effects.cause(record), now);
    };
  }

  private CommandOutcome held(
      Ledger ledger, CommandRecord record, HeldChange wanted, Fetched fetched, Instant now) {
    return switch (wanted) {
      case HeldChange.DecideHeld decide ->
          ListSteps.forList(
              ledger,
              record,
              list ->
                  effects
                      .heldDecisions()
                      .decide(ledger, list, decide, content(fetched), record.actor(), now));
      case HeldChange.ClaimHeld claim ->
          ListSteps.forList(
              ledger,
              record,
              list -> effects.heldDecisions().claim(ledger, list, claim, record.actor(), now));
      case HeldChange.UndoHeld undo ->
          ListSteps.forList(
              ledger,
              record,
              list ->
                  effects
                      .heldDecisions()
                      .undo(ledger, list, undo, content(fetched), record.actor(), now));
    };
  }

  private static CommandOutcome thread(
      Ledger ledger, CommandRecord record, ThreadChange wanted, Instant now) {
    return switch (wanted) {
      case ThreadChange.CloseThread close ->
          ListSteps.forList(
              ledger, record, list -> ThreadLocks.close(ledger, list, close, record.actor(), now));
      case ThreadChange.OpenThread open ->
          ListSteps.forList(ledger, record, list -> ThreadLocks.open(ledger, list, open, now));
      case ThreadChange.WishThread wish ->
          ListSteps.forList(ledger, record, list -> ThreadWishes.wish(ledger, list, wish, now));
      case ThreadChange.EndThreadWish end ->
          ListSteps.forList(ledger, record, list -> ThreadWishes.end(ledger, list, end, now));
    };
  }

  private static CommandOutcome post(
      Ledger ledger, CommandRecord record, PostChange wanted, Fetched fetched, Instant now) {
    return switch (wanted) {
      case PostChange.RemovePosts remove ->
          ListSteps.forList(
              ledger, record, list -> Removals.remove(ledger, list, remove, record.actor(), now));
      case PostChange.RedactPost redact ->
          ListSteps.forList(
              ledger,
              record,
              list ->
                  Redactions.redact(ledger, list, redact, archived(fetched), record.actor(), now));
    };
  }

  private CommandOutcome delivery(
      Ledger ledger, CommandRecord record, DeliveryChange wanted, Instant now) {
    return switch (wanted) {
      case DeliveryChange.NoteCopies copies ->
          ListSteps.forList(
              ledger, record, list -> effects.tracking().note(ledger, list, copies, now));
      case DeliveryChange.NoteFailure failed ->
          ListSteps.forList(
              ledger,
              record,
              list -> {
                metrics.bounce(Bounces.kind(failed));
                return effects.bounces().note(ledger, list, failed, now);
              });
      case DeliveryChange.ForgetBounces(var address) ->
          ListSteps.forList(ledger, record, list -> Bounces.forget(ledger, list, address));
      case DeliveryChange.PutSuppression(var address, var reason) ->
          Suppressing.put(ledger, address, reason, now);
      case DeliveryChange.DeleteSuppression(var address) -> Suppressing.delete(ledger, address);
    };
  }

  private CommandOutcome account(
      Ledger ledger, CommandRecord record, AccountChange wanted, Instant now) {
    return switch (wanted) {
      case AccountChange.PutAccount put -> AccountEdits.put(ledger, put);
      case AccountChange.DeleteAccount(var name) -> AccountEdits.delete(ledger, name);
      case AccountChange.AskForAddress(var account, var address) ->
          effects.addresses().ask(ledger, account, address, origin(record, now));
      case AccountChange.ConfirmAddress(var requestId) ->
          effects.addresses().confirm(ledger, requestId, now);
      case AccountChange.DropAddress(var account, var address) ->
          AccountAddresses.drop(ledger, account, address);
      case AccountChange.ChangeSearches change ->
          SearchEdits.change(ledger, change, record.commandId(), record.issuedAt());
    };
  }

  private CommandOutcome takeOver(
      Ledger ledger, CommandRecord record, TakeOverChange wanted, Instant now) {
    return switch (wanted) {
      case TakeOverChange.TakeOverList take ->
          ListSteps.forId(record, id -> TakeOvers.list(ledger, effects.lists(), id, take, now));
      case TakeOverChange.TakeOverMembers(var members) ->
          ListSteps.forList(ledger, record, list -> TakeOvers.members(ledger, list, members));
      case TakeOverChange.TakeOverHeld(var hold) ->
          ListSteps.forList(ledger, record, list -> TakeOvers.held(ledger, list, hold, now));
    };
  }

  private static PostContent archived(Fetched fetched) {
    return fetched instanceof Fetched.Archived(var content)
        ? content
        : new PostContent.Lost("it was not read");
  }

  private static HeldContent content(Fetched fetched) {
    return fetched instanceof Fetched.Held(var content) ? content : new HeldContent.Unknown();
  }

  static Optional<Account> submitter(Ledger ledger, ListMail mail) {
    return Optional.ofNullable(mail.meta().client().account()).flatMap(ledger::account);
  }

  private Origin origin(CommandRecord record, Instant now) {
    return new Origin(effects.cause(record), Networks.of(record.origin()), now);
  }
}
