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
import org.milena.common.directory.Account;
import org.milena.common.directory.SavedSearch;
import org.milena.common.directory.SearchName;
import org.milena.listexpander.ledger.Ledger;
import org.milena.listexpander.ledger.SearchRows;

/**
 * Accounts keep searches, rename and remove them. What is said of that names neither: outcomes lie
 * where others read them.
 */
public final class SearchEdits {
  /**
   * Changes what an account keeps. What was wanted before the account was made, or before the
   * search became what it is, is refused: it may be carried out days later, from the dead letters.
   *
   * @param newId what a search is known by that is new
   * @param issuedAt when this was wanted, which is when the search counts as changed: not when its
   *     turn came, so that of two that waited the later one is the one that stays
   */
  public static CommandOutcome change(
      Ledger ledger, ChangeSearches command, String newId, Instant issuedAt) {
    String account = command.account();
    Account owner = ledger.account(account).orElse(null);
    if (owner == null) {
      return new NotFound("There is no account " + account + ".");
    }
    if (issuedAt.isBefore(owner.createdAt())) {
      return changed();
    }
    return unfit(command.change())
        .<CommandOutcome>map(refused -> refused)
        .orElseGet(() ->
            switch (command.change()) {
              case SearchChange.Keep keep -> keep(ledger, account, keep, newId, issuedAt);
              case SearchChange.Rename(var id, var name) ->
                  rename(ledger, account, id, SearchName.of(name).orElseThrow(), issuedAt);
              case SearchChange.Remove(var id) -> remove(ledger, account, id, issuedAt);
            });
  }

  private static CommandOutcome keep(
      Ledger ledger, String account, SearchChange.Keep keep, String newId, Instant issuedAt) {
    String name = SearchName.of(keep.name()).orElseThrow();
    List<SavedSearch> all = ledger.searches().of(account);
    SavedSearch before = named(all, name).orElse(null);
    if (before != null && before.name().equals(name) && before.question().equals(keep.question())) {
      return new Done("The search is kept already.", 0, before.id());
    }
    if (before != null && !replaces(keep, before)) {
      return exists();
    }
    if (before != null && before.changedAt().isAfter(issuedAt)) {
      return changed();
    }
    if (before == null && all.size() >= SavedSearch.MOST) {
      return new Refused(
          "searches-full",
          "An account keeps at most %d searches; remove one first.".formatted(SavedSearch.MOST));
    }
    SavedSearch kept =
        before == null
            ? new SavedSearch(account, newId, name, keep.question(), issuedAt, issuedAt)
            : before.asking(name, keep.question(), issuedAt);
    ledger.searches().put(kept);
    return new Done(
        before == null ? "The search is kept." : "The search took the place of the other one.",
        1,
        kept.id());
  }

  private static boolean replaces(SearchChange.Keep keep, SavedSearch before) {
    return keep.replace()
        && (keep.seen() == null || keep.seen().equals(SearchChange.Seen.of(before)));
  }

  private static CommandOutcome rename(
      Ledger ledger, String account, String id, String name, Instant issuedAt) {
    SavedSearch search = ledger.searches().find(account, id).orElse(null);
    if (search == null) {
      return noSearch();
    }
    if (search.name().equals(name)) {
      return new Done("The search has that name already.", 0, id);
    }
    if (search.changedAt().isAfter(issuedAt)) {
      return changed();
    }
    boolean taken =
        named(ledger.searches().of(account), name)
            .filter(other -> !other.id().equals(id))
            .isPresent();
    if (taken) {
      return exists();
    }
    ledger.searches().put(search.renamed(name, issuedAt));
    return new Done("The search has another name.", 1, id);
  }

  private static CommandOutcome remove(Ledger ledger, String account, String id, Instant issuedAt) {
    SearchRows searches = ledger.searches();
    SavedSearch search = searches.find(account, id).orElse(null);
    if (search == null) {
      return noSearch();
    }
    if (search.changedAt().isAfter(issuedAt)) {
      return changed();
    }
    searches.delete(search);
    return new Done("The search is removed.", 1, id);
  }

  /** Why it cannot be, whatever is there; empty when it can. */
  public static Optional<Refused> unfit(SearchChange change) {
    return switch (change) {
      case SearchChange.Keep(var name, var question, _, _) ->
          unfitName(name)
              .or(() ->
                  isTooLong(question.typed())
                      ? Optional.of(
                          new Refused(
                              "invalid-query",
                              "A query has at most %,d characters."
                                  .formatted(SavedSearch.LONGEST_QUERY)))
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
    return query.length() > SavedSearch.LONGEST_QUERY;
  }

  private static Optional<SavedSearch> named(List<SavedSearch> all, String name) {
    return all.stream().filter(search -> search.isNamed(name)).findFirst();
  }

  private static Refused exists() {
    return new Refused("search-exists", "Another search of yours has that name.");
  }

  private static Refused changed() {
    return new Refused("search-changed", "The search was changed meanwhile; look again.");
  }

  private static NotFound noSearch() {
    return new NotFound("You keep no such search.");
  }

  private SearchEdits() {}
}
