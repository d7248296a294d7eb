package org.milena.listexpander.list;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.milena.common.command.AddressChange.ClaimAddress;
import org.milena.common.command.AddressChange.RenameList;
import org.milena.common.command.AddressChange.TakeAddress;
import org.milena.common.command.CommandOutcome;
import org.milena.common.command.CommandOutcome.Done;
import org.milena.common.command.CommandOutcome.Refused;
import org.milena.common.command.CommandRecord;
import org.milena.common.command.ListCommand;
import org.milena.common.directory.AddressClaim;
import org.milena.common.directory.MailingList;
import org.milena.common.directory.MailingList.FormerAddress;
import org.milena.common.event.RecordType;
import org.milena.common.event.Topics;
import org.milena.common.mail.ListId;
import org.milena.common.mail.MailAddress;
import org.milena.common.stage.MailRecords;
import org.milena.listexpander.ledger.Ledger;

/**
 * Gives lists other addresses, in three steps: the list's owner asks, the owner of the wanted
 * address agrees, the list's owner takes it. Each step is one transaction; the first two hand the
 * command on under its id, so that the caller gets the outcome of the last one made.
 */
public final class ListRenames {
  /** Longest time that an old address is kept. */
  static final Duration MAX_FORMER = Duration.ofDays(3_660);

  /** By then a claim has been taken, or its list is gone. */
  static final Duration PENDING_CLAIM = Duration.ofDays(1);

  private final ListNames names;

  public ListRenames(ListNames names) {
    this.names = names;
  }

  /**
   * The first step, in the sequence of the list.
   *
   * @return empty when the command is handed on
   */
  public Optional<CommandOutcome> ask(
      Ledger ledger, MailingList list, RenameList command, CommandRecord record, Instant now) {
    MailAddress wanted = command.address();
    if (wanted.key().equals(list.address().key())) {
      return Optional.of(new Done("Nothing was to be changed.", 0));
    }
    Optional<String> refusal = names.refusal(wanted, domain -> ledger.domain(domain).isPresent());
    if (refusal.isPresent()) {
      return Optional.of(new Refused("list-name", refusal.get()));
    }
    if (command.formerUntil().isAfter(now.plus(MAX_FORMER))) {
      return Optional.of(
          new Refused("former-until", "An old address is kept for at most ten years."));
    }
    ListId id = ListId.forAddress(wanted);
    if (id.equals(list.id())) {
      // back to where it was made: nobody else can have that
      return Optional.of(take(ledger, list, new TakeAddress(wanted, command.formerUntil()), now));
    }
    handOn(ledger, id, record, new ClaimAddress(wanted, list.id(), command.formerUntil()));
    return Optional.empty();
  }

  /** The second step, in the sequence of the wanted address. */
  public Optional<CommandOutcome> agree(
      Ledger ledger, ListId id, ClaimAddress claim, CommandRecord record, Instant now) {
    if (isTaken(ledger, id, claim.address(), Optional.of(claim.by()), now)) {
      return Optional.of(taken(claim.address()));
    }
    ledger.put(new AddressClaim(claim.address(), claim.by(), now));
    handOn(ledger, claim.by(), record, new TakeAddress(claim.address(), claim.formerUntil()));
    return Optional.empty();
  }

  /** The third step, in the sequence of the list. */
  public CommandOutcome take(Ledger ledger, MailingList list, TakeAddress command, Instant now) {
    List<FormerAddress> former = new ArrayList<>();
    for (FormerAddress one : list.formerAddresses()) {
      if (now.isBefore(one.until()) && !one.address().key().equals(command.address().key())) {
        former.add(one);
      }
    }
    if (now.isBefore(command.formerUntil())) {
      former.add(new FormerAddress(list.address(), command.formerUntil()));
    }
    ledger.put(list.at(command.address(), former).next());
    return new Done("The list %s is %s now.".formatted(list.address(), command.address()), 1);
  }

  /**
   * Whether a list has this address, is about to have it, or still answers to it.
   *
   * @param id that of the address
   * @param but a list for which that does not count
   */
  static boolean isTaken(
      Ledger ledger, ListId id, MailAddress address, Optional<ListId> but, Instant now) {
    boolean made =
        ledger
            .list(id)
            .filter(list -> !but.equals(Optional.of(list.id())))
            .map(list -> list.isAt(address, now))
            .orElse(false);
    boolean claimed =
        ledger
            .claim(id)
            .filter(claim -> !but.equals(Optional.of(claim.by())))
            .map(claim ->
                now.isBefore(claim.at().plus(PENDING_CLAIM))
                    || ledger.list(claim.by()).map(list -> list.isAt(address, now)).orElse(false))
            .orElse(false);
    return made || claimed;
  }

  static Refused taken(MailAddress address) {
    return new Refused("list-exists", "There is a list at " + address + " already.");
  }

  private static void handOn(Ledger ledger, ListId to, CommandRecord record, ListCommand command) {
    ledger.send(
        MailRecords.json(
            Topics.LISTS,
            to.value(),
            RecordType.COMMAND,
            new CommandRecord(
                record.commandId(),
                to,
                record.actor(),
                record.origin(),
                record.issuedAt(),
                command)));
  }
}
