package org.milena.listexpander.membership;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.milena.common.command.CommandOutcome;
import org.milena.common.command.CommandOutcome.Done;
import org.milena.common.command.CommandOutcome.NotFound;
import org.milena.common.command.CommandOutcome.Refused;
import org.milena.common.directory.Account;
import org.milena.common.directory.PendingRequest;
import org.milena.common.directory.PendingRequest.Kind;
import org.milena.common.mail.MailAddress;
import org.milena.listexpander.ledger.Ledger;

/** The further addresses of accounts. One becomes an account's when it has confirmed that. */
public final class AccountAddresses {
  /** Most further addresses of an account. */
  static final int MOST = 20;

  private final Confirmations confirmations;

  public AccountAddresses(Confirmations confirmations) {
    this.confirmations = confirmations;
  }

  /** An account wants an address more. Whether somebody else has it, nobody learns here. */
  public CommandOutcome ask(Ledger ledger, String name, MailAddress address, Origin origin) {
    Optional<Account> account = ledger.account(name);
    if (account.isEmpty()) {
      return noAccount(name);
    }
    if (account.get().owns(address)) {
      return new Done(address + " is an address of " + name + " already.", 0);
    }
    if (account.get().moreAddresses().size() >= MOST) {
      return tooMany();
    }
    Instant now = origin.at();
    String slot = RequestIds.slot(name, address);
    PendingRequest request =
        ledger
            .pending(slot)
            .filter(earlier -> now.isBefore(earlier.expiresAt()))
            .orElseGet(() -> put(ledger, slot, name, address, now));
    confirmations.ask(ledger, request, false, origin);
    return new Done(address + " gets a mail with a link to confirm.", 0);
  }

  private static PendingRequest put(
      Ledger ledger, String slot, String name, MailAddress address, Instant now) {
    PendingRequest request =
        new PendingRequest(
            RequestIds.requestId(slot, now),
            null,
            Kind.ACCOUNT_ADDRESS,
            address,
            "",
            now,
            now.plus(Requests.CONFIRMATION),
            null,
            null,
            name);
    ledger.put(slot, request);
    return request;
  }

  /** The address has confirmed it. */
  public CommandOutcome confirm(Ledger ledger, String requestId, Instant now) {
    PendingRequest request =
        RequestIds.slotOf(requestId)
            .flatMap(ledger::pending)
            .filter(waiting -> waiting.requestId().equals(requestId))
            .filter(waiting -> now.isBefore(waiting.expiresAt()))
            .orElse(null);
    String name = request == null ? null : request.account();
    if (request == null || name == null) {
      return new NotFound("This request does not wait any more: it was answered, or is too old.");
    }
    ledger.deletePending(RequestIds.slot(name, request.address()));
    Account account = ledger.account(name).orElse(null);
    if (account == null) {
      return noAccount(name);
    }
    MailAddress address = request.address();
    boolean taken =
        ledger.accounts().stream()
            .anyMatch(other -> !other.name().equals(name) && other.owns(address));
    if (taken) {
      return new Refused("address-taken", address + " belongs to another account.");
    }
    if (account.moreAddresses().size() >= MOST) {
      return tooMany();
    }
    if (!account.owns(address)) {
      List<MailAddress> more = new ArrayList<>(account.moreAddresses());
      more.add(address);
      ledger.put(account.withMoreAddresses(more));
    }
    return new Done(address + " is an address of " + name + " now.", 1);
  }

  /** An account does without one of its further addresses. */
  public static CommandOutcome drop(Ledger ledger, String name, MailAddress address) {
    Account account = ledger.account(name).orElse(null);
    if (account == null) {
      return noAccount(name);
    }
    List<MailAddress> rest =
        account.moreAddresses().stream()
            .filter(other -> !other.key().equals(address.key()))
            .toList();
    if (rest.size() == account.moreAddresses().size()) {
      return new NotFound(address + " is no further address of " + name + ".");
    }
    ledger.put(account.withMoreAddresses(rest));
    return new Done(address + " is no address of " + name + " any more.", 1);
  }

  private static NotFound noAccount(String name) {
    return new NotFound("There is no account " + name + ".");
  }

  private static Refused tooMany() {
    return new Refused("too-many", "An account has at most " + MOST + " further addresses.");
  }
}
