package org.milena.listexpander.sequence;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
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
import org.milena.listexpander.account.SearchEdits;
import org.milena.listexpander.audit.Audit;
import org.milena.listexpander.bounce.Bounces;
import org.milena.listexpander.bounce.Suppressing;
import org.milena.listexpander.chore.Chore;
import org.milena.listexpander.incoming.ListMail;
import org.milena.listexpander.ledger.Ledger;
import org.milena.listexpander.ledger.ListTables;
import org.milena.listexpander.list.Domains;
import org.milena.listexpander.list.ListEdits;
import org.milena.listexpander.membership.AccountAddresses;
import org.milena.listexpander.membership.MemberEdits;
import org.milena.listexpander.membership.Networks;
import org.milena.listexpander.membership.Newcomer;
import org.milena.listexpander.membership.Origin;
import org.milena.listexpander.membership.PendingRequests;
import org.milena.listexpander.membership.Proof;
import org.milena.listexpander.migration.TakeOvers;
import org.milena.listexpander.moderation.HeldContent;
import org.milena.listexpander.moderation.HoldIds;
import org.milena.listexpander.posting.ThreadLocks;
import org.milena.listexpander.removal.PostContent;
import org.milena.listexpander.removal.Redactions;
import org.milena.listexpander.removal.Removals;
import org.milena.listexpander.source.Sources;
import org.milena.listexpander.template.TemplateEdits;
import org.milena.listexpander.thread.ThreadWishes;

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
      case ListCommand.DecideHeld decide -> held(decide.holdId());
      case ListCommand.UndoHeld(var holdId) -> held(holdId);
      case ListCommand.DoChores() -> chores(command, now);
      case ListCommand.RedactPost redact ->
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
    Optional<CommandOutcome> decided =
        switch (command.command()) {
          case ListCommand.RenameList rename -> rename(ledger, command, rename, now);
          case ListCommand.ClaimAddress claim -> agree(ledger, command, claim, now);
          default -> Optional.of(outcome(ledger, command, fetched, now));
        };
    decided.ifPresent(outcome -> {
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

  private Optional<CommandOutcome> rename(
      Ledger ledger, CommandRecord record, ListCommand.RenameList rename, Instant now) {
    ListId id = record.list();
    Optional<MailingList> list = Optional.ofNullable(id).flatMap(ledger::list);
    return list.isPresent()
        ? effects.renames().ask(ledger, list.get(), rename, record, now)
        : Optional.of(forList(ledger, record, _ -> new Refused("no-list", "It is gone.")));
  }

  private Optional<CommandOutcome> agree(
      Ledger ledger, CommandRecord record, ListCommand.ClaimAddress claim, Instant now) {
    ListId id = record.list();
    return id == null
        ? Optional.of(new Refused("no-list", "The command does not say for which list it is."))
        : effects.renames().agree(ledger, id, claim, record, now);
  }

  private CommandOutcome outcome(
      Ledger ledger, CommandRecord record, Fetched fetched, Instant now) {
    return switch (record.command()) {
      case ListCommand.RenameList _, ListCommand.ClaimAddress _ ->
          throw new IllegalStateException("these may be handed on and were taken before");
      case ListCommand.TakeAddress take ->
          forList(ledger, record, list -> effects.renames().take(ledger, list, take, now));
      case ListCommand.RetireList(var retired) ->
          forList(ledger, record, list -> ListEdits.retire(ledger, list, retired));
      case ListCommand.SetModeratorSecret(var secret) ->
          forList(ledger, record, list -> ListEdits.secret(ledger, list, secret));
      case ListCommand.PutDomain(var domain) -> Domains.put(ledger, domain);
      case ListCommand.DeleteDomain(var name) ->
          withTexts(ledger, name, Domains.delete(ledger, name, domain -> listsIn(domain)));
      case ListCommand.PutAccount put -> AccountEdits.put(ledger, put);
      case ListCommand.DeleteAccount(var name) -> AccountEdits.delete(ledger, name);
      case ListCommand.ChangeSearches change ->
          SearchEdits.change(ledger, change, record.commandId(), record.issuedAt());
      case ListCommand.TakeOverList take ->
          forId(record, id -> TakeOvers.list(ledger, effects.lists(), id, take, now));
      case ListCommand.TakeOverMembers(var members) ->
          forList(ledger, record, list -> TakeOvers.members(ledger, list, members));
      case ListCommand.TakeOverHeld(var hold) ->
          forList(ledger, record, list -> TakeOvers.held(ledger, list, hold, now));
      case ListCommand.CreateList create ->
          forId(record, id -> effects.lists().create(ledger, id, create, now));
      case ListCommand.ChangeList change ->
          forId(record, id -> effects.lists().change(ledger, id, change));
      case ListCommand.WelcomeOwners() ->
          forList(
              ledger,
              record,
              list -> effects.notices().welcomeOwners(ledger, list, cause(record), now));
      case ListCommand.DeleteList() ->
          forId(
              record,
              id -> withTexts(ledger, id.value(), withDigests(ledger, id, delete(ledger, id))));
      case ListCommand.PutMembers put ->
          forList(ledger, record, list -> effects.members().put(ledger, list, put, now));
      case ListCommand.RemoveMembers remove ->
          forList(ledger, record, list -> MemberEdits.remove(ledger, list, remove));
      case ListCommand.ChangeOptions change ->
          forList(ledger, record, list -> effects.members().options(ledger, list, change, now));
      case ListCommand.Subscribe(var address, var displayName, var mode) -> {
        Newcomer who = new Newcomer(address, displayName, mode);
        yield forList(
            ledger,
            record,
            list -> effects.subscriptions().subscribe(ledger, list, who, origin(record, now)));
      }
      case ListCommand.Unsubscribe(var address, var proven) -> {
        Proof proof = proven ? Proof.LINK : Proof.NONE;
        yield forList(
            ledger,
            record,
            list ->
                effects
                    .subscriptions()
                    .unsubscribe(ledger, list, address, proof, origin(record, now)));
      }
      case ListCommand.Confirm(var requestId) ->
          forList(
              ledger,
              record,
              list ->
                  effects.subscriptions().confirm(ledger, list, requestId, origin(record, now)));
      case ListCommand.DecideRequest decide ->
          forList(
              ledger,
              record,
              list -> effects.subscriptions().decide(ledger, list, decide, origin(record, now)));
      case ListCommand.Invite invite ->
          forList(
              ledger,
              record,
              list -> effects.subscriptions().invite(ledger, list, invite, origin(record, now)));
      case ListCommand.AskForConfirmation asked ->
          effects.confirmations().take(ledger, asked, cause(record), now);
      case ListCommand.AskForAddress(var account, var address) ->
          effects.addresses().ask(ledger, account, address, origin(record, now));
      case ListCommand.ConfirmAddress(var requestId) ->
          effects.addresses().confirm(ledger, requestId, now);
      case ListCommand.DropAddress(var account, var address) ->
          AccountAddresses.drop(ledger, account, address);
      case ListCommand.NoteFailure failed ->
          forList(
              ledger,
              record,
              list -> {
                metrics.bounce(Bounces.kind(failed));
                return effects.bounces().note(ledger, list, failed, now);
              });
      case ListCommand.NoteCopies copies ->
          forList(ledger, record, list -> effects.tracking().note(ledger, list, copies, now));
      case ListCommand.TakeSource taken ->
          forList(
              ledger,
              record,
              list -> effects.sources().take(ledger, list, taken, cause(record), now));
      case ListCommand.ForgetBounces(var address) ->
          forList(ledger, record, list -> Bounces.forget(ledger, list, address));
      case ListCommand.PutSuppression(var address, var reason) ->
          Suppressing.put(ledger, address, reason, now);
      case ListCommand.DeleteSuppression(var address) -> Suppressing.delete(ledger, address);
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
      case ListCommand.CloseThread close ->
          forList(
              ledger, record, list -> ThreadLocks.close(ledger, list, close, record.actor(), now));
      case ListCommand.RemovePosts remove ->
          forList(
              ledger, record, list -> Removals.remove(ledger, list, remove, record.actor(), now));
      case ListCommand.RedactPost redact ->
          forList(
              ledger,
              record,
              list ->
                  Redactions.redact(ledger, list, redact, archived(fetched), record.actor(), now));
      case ListCommand.OpenThread open ->
          forList(ledger, record, list -> ThreadLocks.open(ledger, list, open, now));
      case ListCommand.WishThread wish ->
          forList(ledger, record, list -> ThreadWishes.wish(ledger, list, wish, now));
      case ListCommand.EndThreadWish end ->
          forList(ledger, record, list -> ThreadWishes.end(ledger, list, end, now));
      case ListCommand.PutTemplate put ->
          inScope(ledger, record, put.scope(), () -> TemplateEdits.put(ledger, put));
      case ListCommand.DeleteTemplate delete ->
          inScope(ledger, record, delete.scope(), () -> TemplateEdits.delete(ledger, delete));
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

  /** The texts of what is gone go with it. */
  private static CommandOutcome withTexts(Ledger ledger, String scope, CommandOutcome outcome) {
    if (outcome instanceof CommandOutcome.Done) {
      TemplateEdits.forget(ledger, scope);
    }
    return outcome;
  }

  /** What waits for the digests of a list that is gone goes with it. */
  private CommandOutcome withDigests(Ledger ledger, ListId list, CommandOutcome outcome) {
    if (outcome instanceof CommandOutcome.Done) {
      effects.digests().forget(ledger, list);
    }
    return outcome;
  }

  /** What is a list's is changed in that list's sequence, and all else outside of any. */
  private static CommandOutcome inScope(
      Ledger ledger, CommandRecord record, String scope, Supplier<CommandOutcome> decision) {
    ListId id = record.list();
    boolean right =
        id == null ? ListId.parse(scope).flatMap(ledger::list).isEmpty() : id.value().equals(scope);
    if (!right) {
      return new Refused("template-scope", "The text is not of what the command is for.");
    }
    return id == null ? decision.get() : forList(ledger, record, _ -> decision.get());
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

  /**
   * With the list goes what was decided about its posts, which cannot be undone any more, and what
   * a new list at its address would go on with.
   */
  private CommandOutcome delete(Ledger ledger, ListId id) {
    List<Hold> holds =
        ledger.holds(HoldIds.prefix(id)).stream().filter(hold -> hold.list().equals(id)).toList();
    int waiting = (int) holds.stream().filter(Hold::waits).count();
    CommandOutcome outcome = effects.lists().delete(ledger, id, waiting);
    if (outcome instanceof CommandOutcome.Done) {
      holds.forEach(hold -> ledger.deleteHold(hold.holdId()));
      PendingRequests.forget(ledger, id);
      // also of those whom a source had, who have no row
      ledger.threads().forget(id);
      ledger.tracked(id).forEach(ledger::delete);
      Sources.forget(ledger, id);
      ledger.deleteState(id);
    }
    return outcome;
  }

  private int listsIn(String domain) {
    return (int)
        tables.directory().lists().scan("", "", Integer.MAX_VALUE).stream()
            .filter(row -> row.getValue().address().domain().equals(domain))
            .count();
  }

  private Origin origin(CommandRecord record, Instant now) {
    return new Origin(cause(record), Networks.of(record.origin()), now);
  }

  /** The mail a command came with, where it came by mail; else a name for the command itself. */
  private MailId cause(CommandRecord record) {
    return MailId.parse(record.origin()).orElseGet(() -> effects.notices().newId());
  }
}
