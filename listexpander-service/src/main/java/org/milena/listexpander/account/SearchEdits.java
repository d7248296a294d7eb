package org.milena.listexpander.account;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.milena.common.command.AccountChange.ChangeSearches;
import org.milena.common.command.CommandOutcome;
import org.milena.common.command.CommandOutcome.Done;
import org.milena.common.command.CommandOutcome.NotFound;
import org.milena.common.command.CommandOutcome.Refused;
import org.milena.common.command.SearchChange;
import org.milena.common.directory.SavedSearch;
import org.milena.common.directory.SearchName;
import org.milena.listexpander.ledger.Ledger;

/**
 * Accounts keep searches, rename and remove them. What is said of that names neither: outcomes lie
 * where others read them.
 */
public final class SearchEdits {
  /** Longest query, and longest form of one as it was read, in UTF-16 units. */
  private static final int LONGEST_QUERY = 1_500;

  /**
   * Changes what an account keeps.
   *
   * @param newId what a search is known by that is new
   */
  public static CommandOutcome change(
      Ledger ledger, ChangeSearches command, String newId, Instant now) {
    String account = command.account();
    if (ledger.account(account).isEmpty()) {
      return new NotFound("There is no account " + account + ".");
    }
    return unfit(command.change())
        .<CommandOutcome>map(refused -> refused)
        .orElseGet(() ->
            switch (command.change()) {
              case SearchChange.Keep keep -> keep(ledger, account, keep, newId, now);
              case SearchChange.Rename(var id, var name) ->
                  rename(ledger, account, id, SearchName.of(name).orElseThrow(), now);
              case SearchChange.Remove(var id) -> remove(ledger, account, id);
            });
  }

  private static CommandOutcome keep(
      Ledger ledger, String account, SearchChange.Keep keep, String newId, Instant now) {
    String name = SearchName.of(keep.name()).orElseThrow();
    List<SavedSearch> all = ledger.searches().of(account);
    SavedSearch before = named(all, name).orElse(null);
    if (before != null && before.name().equals(name) && before.question().equals(keep.question())) {
      return new Done("The search is kept already.", 0);
    }
    if (before != null && !keep.replace()) {
      return exists();
    }
    if (before == null && all.size() >= SavedSearch.MOST) {
      return new Refused(
          "searches-full",
          "An account keeps at most %d searches; remove one first.".formatted(SavedSearch.MOST));
    }
    ledger
        .searches()
        .put(
            before == null
                ? new SavedSearch(account, newId, name, keep.question(), now, now)
                : before.asking(name, keep.question(), now));
    return new Done(
        before == null ? "The search is kept." : "The search took the place of the other one.", 1);
  }

  private static CommandOutcome rename(
      Ledger ledger, String account, String id, String name, Instant now) {
    SavedSearch search = ledger.searches().find(account, id).orElse(null);
    if (search == null) {
      return noSearch();
    }
    if (search.name().equals(name)) {
      return new Done("The search has that name already.", 0);
    }
    boolean taken =
        named(ledger.searches().of(account), name)
            .filter(other -> !other.id().equals(id))
            .isPresent();
    if (taken) {
      return exists();
    }
    ledger.searches().put(search.renamed(name, now));
    return new Done("The search has another name.", 1);
  }

  private static CommandOutcome remove(Ledger ledger, String account, String id) {
    return ledger
        .searches()
        .find(account, id)
        .<CommandOutcome>map(search -> {
          ledger.searches().delete(search);
          return new Done("The search is removed.", 1);
        })
        .orElseGet(SearchEdits::noSearch);
  }

  /** Why it cannot be, whatever is there; empty when it can. */
  public static Optional<Refused> unfit(SearchChange change) {
    return switch (change) {
      case SearchChange.Keep(var name, var question, _) ->
          unfitName(name)
              .or(() ->
                  isTooLong(question.typed()) || isTooLong(question.printed())
                      ? Optional.of(
                          new Refused(
                              "invalid-query",
                              "A query has at most %,d characters.".formatted(LONGEST_QUERY)))
                      : Optional.empty());
      case SearchChange.Rename(_, var name) -> unfitName(name);
      case SearchChange.Remove _ -> Optional.empty();
    };
  }

  private static Optional<Refused> unfitName(String name) {
    return SearchName.of(name).isPresent()
        ? Optional.empty()
        : Optional.of(new Refused("search-name", SearchName.RULE));
  }

  private static boolean isTooLong(String query) {
    return query.length() > LONGEST_QUERY;
  }

  private static Optional<SavedSearch> named(List<SavedSearch> all, String name) {
    String folded = SearchName.folded(name);
    return all.stream()
        .filter(search -> SearchName.folded(search.name()).equals(folded))
        .findFirst();
  }

  private static Refused exists() {
    return new Refused("search-exists", "Another search of yours has that name.");
  }

  private static NotFound noSearch() {
    return new NotFound("You keep no such search.");
  }

  private SearchEdits() {}
}
