package org.milena.listexpander.account;

import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;
import org.milena.common.command.AccountChange.PutAccount;
import org.milena.common.command.CommandOutcome;
import org.milena.common.command.CommandOutcome.Done;
import org.milena.common.command.CommandOutcome.NotFound;
import org.milena.common.command.CommandOutcome.Refused;
import org.milena.common.directory.Account;
import org.milena.listexpander.ledger.Ledger;

/** Makes, replaces and takes away accounts. */
public final class AccountEdits {
  private static final Pattern NAME = Pattern.compile("[a-z0-9]([a-z0-9._@+-]{0,98}[a-z0-9])?");

  /** Makes or replaces an account, if it still is what the command's sender saw. */
  public static CommandOutcome put(Ledger ledger, PutAccount command) {
    Account account = command.account();
    Optional<Refused> unfit = unfitName(account.name());
    if (unfit.isPresent()) {
      return unfit.get();
    }
    Account before = ledger.account(account.name()).orElse(null);
    if (!Objects.equals(before, command.before())) {
      return new Refused(
          "account-changed",
          "Somebody else changed the account " + account.name() + " meanwhile; look again.");
    }
    if (account.equals(before)) {
      return new Done("Nothing was to be changed.", 0);
    }
    if (before != null
        && before.operator()
        && !account.operator()
        && isLastOperator(ledger, before)) {
      return lastOperator(before);
    }
    if (before == null) {
      // whoever had the name before, whatever is left of him
      ledger.searches().forget(account.name());
    }
    ledger.put(account);
    return new Done(
        "The account " + account.name() + (before == null ? " is made." : " is changed."), 1);
  }

  /** Why no account can have this name; empty when one can. */
  public static Optional<Refused> unfitName(String name) {
    return NAME.matcher(name).matches()
        ? Optional.empty()
        : Optional.of(
            new Refused(
                "account-name",
                "The name of an account is 1 to 100 lower-case letters, digits and . _ @ + -, and"
                    + " begins and ends with a letter or digit."));
  }

  /** Takes an account away. */
  public static CommandOutcome delete(Ledger ledger, String name) {
    Account account = ledger.account(name).orElse(null);
    if (account == null) {
      return new NotFound("There is no account " + name + ".");
    }
    if (account.operator() && isLastOperator(ledger, account)) {
      return lastOperator(account);
    }
    ledger.deleteAccount(name);
    return new Done("The account " + name + " is gone.", 1);
  }

  private static boolean isLastOperator(Ledger ledger, Account account) {
    return ledger.accounts().stream()
        .noneMatch(other -> other.operator() && !other.name().equals(account.name()));
  }

  private static Refused lastOperator(Account account) {
    return new Refused(
        "last-operator",
        "The account " + account.name() + " is the last operator; make another one first.");
  }

  private AccountEdits() {}
}
