package org.milena.listexpander.sequence;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import org.milena.common.command.AddressChange;
import org.milena.common.command.CommandOutcome;
import org.milena.common.command.CommandOutcome.Refused;
import org.milena.common.command.CommandRecord;
import org.milena.common.command.DomainChange;
import org.milena.common.command.ListChange;
import org.milena.common.command.TemplateChange;
import org.milena.common.directory.MailingList;
import org.milena.common.event.Hold;
import org.milena.common.mail.ListId;
import org.milena.listexpander.ledger.Ledger;
import org.milena.listexpander.ledger.ListTables;
import org.milena.listexpander.list.Domains;
import org.milena.listexpander.list.ListEdits;
import org.milena.listexpander.membership.PendingRequests;
import org.milena.listexpander.moderation.HoldIds;
import org.milena.listexpander.source.Sources;
import org.milena.listexpander.template.TemplateEdits;

/** Carries out what concerns a list itself, a domain, or their texts. */
final class ListSteps {
  private final ListTables tables;
  private final Effects effects;

  ListSteps(ListTables tables, Effects effects) {
    this.tables = tables;
    this.effects = effects;
  }

  CommandOutcome list(
      Ledger ledger,
      CommandRecord record,
      ListChange wanted,
      CommandSteps.Fetched fetched,
      Instant now) {
    return switch (wanted) {
      case ListChange.CreateList create ->
          forId(record, id -> effects.lists().create(ledger, id, create, now));
      case ListChange.WelcomeOwners() ->
          forList(
              ledger,
              record,
              list -> effects.notices().welcomeOwners(ledger, list, effects.cause(record), now));
      case ListChange.ChangeList change ->
          forId(record, id -> effects.lists().change(ledger, id, change));
      case ListChange.SetModeratorSecret(var secret) ->
          forList(ledger, record, list -> ListEdits.secret(ledger, list, secret));
      case ListChange.DoChores() ->
          forList(ledger, record, list -> doChores(ledger, list, fetched, now));
      case ListChange.RetireList(var retired) ->
          forList(ledger, record, list -> ListEdits.retire(ledger, list, retired));
      case ListChange.DeleteList() ->
          forId(
              record,
              id -> withTexts(ledger, id.value(), withDigests(ledger, id, delete(ledger, id))));
    };
  }

  /** Empty where it is handed on to the owner of the other address, who will answer. */
  Optional<CommandOutcome> address(
      Ledger ledger, CommandRecord record, AddressChange wanted, Instant now) {
    return switch (wanted) {
      case AddressChange.RenameList rename -> rename(ledger, record, rename, now);
      case AddressChange.ClaimAddress claim -> agree(ledger, record, claim, now);
      case AddressChange.TakeAddress take ->
          Optional.of(
              forList(ledger, record, list -> effects.renames().take(ledger, list, take, now)));
    };
  }

  CommandOutcome domain(Ledger ledger, DomainChange wanted) {
    return switch (wanted) {
      case DomainChange.PutDomain(var domain) -> Domains.put(ledger, domain);
      case DomainChange.DeleteDomain(var name) ->
          withTexts(ledger, name, Domains.delete(ledger, name, domain -> listsIn(domain)));
    };
  }

  CommandOutcome template(Ledger ledger, CommandRecord record, TemplateChange wanted) {
    return switch (wanted) {
      case TemplateChange.PutTemplate put ->
          inScope(ledger, record, put.scope(), () -> TemplateEdits.put(ledger, put));
      case TemplateChange.DeleteTemplate delete ->
          inScope(ledger, record, delete.scope(), () -> TemplateEdits.delete(ledger, delete));
    };
  }

  private Optional<CommandOutcome> rename(
      Ledger ledger, CommandRecord record, AddressChange.RenameList rename, Instant now) {
    ListId id = record.list();
    Optional<MailingList> list = Optional.ofNullable(id).flatMap(ledger::list);
    return list.isPresent()
        ? effects.renames().ask(ledger, list.get(), rename, record, now)
        : Optional.of(forList(ledger, record, _ -> new Refused("no-list", "It is gone.")));
  }

  private Optional<CommandOutcome> agree(
      Ledger ledger, CommandRecord record, AddressChange.ClaimAddress claim, Instant now) {
    ListId id = record.list();
    return id == null
        ? Optional.of(new Refused("no-list", "The command does not say for which list it is."))
        : effects.renames().agree(ledger, id, claim, record, now);
  }

  private static CommandOutcome doChores(
      Ledger ledger, MailingList list, CommandSteps.Fetched fetched, Instant now) {
    int done = 0;
    if (fetched instanceof CommandSteps.Fetched.Chores(var due)) {
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

  static CommandOutcome forId(CommandRecord record, Function<ListId, CommandOutcome> decision) {
    ListId id = record.list();
    return id == null
        ? new Refused("no-list", "The command does not say for which list it is.")
        : decision.apply(id);
  }

  static CommandOutcome forList(
      Ledger ledger, CommandRecord record, Function<MailingList, CommandOutcome> decision) {
    return forId(record, id -> ledger.list(id).map(decision).orElseGet(() -> ListEdits.noList(id)));
  }
}
