package org.milena.common.command;

import java.time.Instant;
import org.milena.common.mail.ListId;
import org.milena.common.mail.MailAddress;

/** A list gets another address, which takes the owners of both. */
public sealed interface AddressChange extends ListCommand {

  /**
   * Gives the list another address. The old one stays one of its own for a time. Decided in three
   * steps, for the new address could be another list's: this one's owner asks the owner of that
   * address ({@link ClaimAddress}), who lets it have it ({@link TakeAddress}); the outcome is that
   * of the last step.
   *
   * @param formerUntil how long mail to the old address is still taken
   */
  record RenameList(MailAddress address, Instant formerUntil) implements AddressChange {}

  /**
   * A list wants this address, under whose id this is sent.
   *
   * @param by the list
   */
  record ClaimAddress(MailAddress address, ListId by, Instant formerUntil)
      implements AddressChange {}

  /** The list may have this address. */
  record TakeAddress(MailAddress address, Instant formerUntil) implements AddressChange {}
}
