package org.milena.archive.saved;

import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.milena.common.command.AccountChange;
import org.milena.common.command.CommandOutcome;
import org.milena.common.command.Commands;
import org.milena.common.command.SearchChange;
import org.milena.common.directory.SavedSearch;
import org.milena.common.directory.SearchName;
import org.milena.common.table.Table;

/** The searches of accounts as this instance's view has them. */
public final class SavedSearches {
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  /** However many there are. */
  private static final int ALL = Integer.MAX_VALUE;

  private final Table<SavedSearch> rows;
  private final Commands commands;

  /** Over these rows, changed by these commands. */
  public SavedSearches(Table<SavedSearch> rows, Commands commands) {
    this.rows = rows;
    this.commands = commands;
  }

  /** All of an account, by name. */
  public List<SavedSearch> of(String account) {
    return rows.scan(SavedSearch.prefix(account), "", ALL).stream()
        .map(Map.Entry::getValue)
        .sorted(Comparator.comparing(search -> SearchName.folded(search.name())))
        .toList();
  }

  /** One of an account. */
  public Optional<SavedSearch> find(String account, String id) {
    return rows.get(SavedSearch.key(account, id));
  }

  /** The one of an account that has this name, however it is written. */
  public Optional<SavedSearch> named(String account, String name) {
    return of(account).stream().filter(search -> search.isNamed(name)).findFirst();
  }

  /**
   * Changes what an account keeps, and returns when this view shows it.
   *
   * @param origin a client's address
   * @throws org.milena.common.failure.OutageException when the owner of the account does not answer
   *     in time; the change may still be made
   */
  public CommandOutcome change(String account, SearchChange change, String origin) {
    CommandOutcome outcome =
        commands.sendForAccount(
            account, new AccountChange.ChangeSearches(account, change), account, origin);
    rows.awaitCurrent(PATIENCE);
    return outcome;
  }
}
