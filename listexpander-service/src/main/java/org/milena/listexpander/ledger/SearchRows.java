package org.milena.listexpander.ledger;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.milena.common.directory.SavedSearch;
import org.milena.common.stage.StageTransaction;

/** Searches that accounts keep, inside one transaction. */
public final class SearchRows {
  /** However many there are. */
  private static final int ALL = Integer.MAX_VALUE;

  private final ListTables tables;
  private final StageTransaction transaction;

  SearchRows(ListTables tables, StageTransaction transaction) {
    this.tables = tables;
    this.transaction = transaction;
  }

  /** All of an account. */
  public List<SavedSearch> of(String account) {
    return transaction.scan(tables.searches(), SavedSearch.prefix(account), "", ALL).stream()
        .map(Map.Entry::getValue)
        .toList();
  }

  /** One of an account. */
  public Optional<SavedSearch> find(String account, String id) {
    return transaction.get(tables.searches(), SavedSearch.key(account, id));
  }

  /** Writes one. */
  public void put(SavedSearch search) {
    transaction.put(tables.searches(), search.key(), search);
  }

  /** Takes one away. */
  public void delete(SavedSearch search) {
    transaction.delete(tables.searches(), search.key());
  }

  /** The account keeps none. */
  public void forget(String account) {
    of(account).forEach(this::delete);
  }
}
