package org.milena.listexpander.migration;

import java.time.InstantSource;
import org.jspecify.annotations.Nullable;
import org.milena.common.command.CommandOutcome;
import org.milena.common.command.ListCommand;
import org.milena.common.command.TakeOverChange;
import org.milena.common.directory.MailingList;
import org.milena.common.mail.ListId;
import org.milena.common.stage.Rehearsal;
import org.milena.listexpander.ledger.Ledger;
import org.milena.listexpander.ledger.ListTables;
import org.milena.listexpander.list.ListEdits;

/**
 * What the commands of an import would do: they are carried out as ever, in a transaction of which
 * nothing is kept, on what this instance sees of the tables. One for each import.
 */
final class DryRun implements ListImport.Sender {
  private final ListTables tables;
  private final ListEdits lists;
  private final InstantSource clock;
  private @Nullable MailingList list;

  DryRun(ListTables tables, ListEdits lists, InstantSource clock) {
    this.tables = tables;
    this.lists = lists;
    this.clock = clock;
  }

  /** Each command begins with what is committed, so memory holds the rows of one. */
  @Override
  public CommandOutcome send(ListId id, ListCommand command) {
    Ledger ledger = new Ledger(tables, new Rehearsal());
    return switch (command) {
      case TakeOverChange.TakeOverList take -> {
        CommandOutcome outcome =
            TakeOvers.unfit(take)
                .<CommandOutcome>map(why -> why)
                .orElseGet(() -> TakeOvers.list(ledger, lists, id, take, clock.instant()));
        list = ledger.list(id).orElse(null);
        yield outcome;
      }
      case TakeOverChange.TakeOverMembers(var members) ->
          list == null ? ListEdits.noList(id) : TakeOvers.members(ledger, list, members);
      default ->
          throw new IllegalArgumentException("no command of an import: " + command.getClass());
    };
  }
}
