package org.milena.listexpander.migration.mailman2;

import java.util.List;
import java.util.Optional;

/**
 * What is done to the author of posts. Of {@code fromIsList}, which is for all, and the action,
 * which is for domains with a policy, the one of the greater number counts.
 *
 * @param quarantineToo whether the action is for domains that ask for quarantine, too
 * @param noneToo whether it is for domains that ask for nothing, too
 * @param moderationAddresses whom the action is for in any case: addresses and regular expressions
 * @param equivalentDomains groups of domains of one host, as Mailman writes them
 */
public record DmarcPolicy(
    Optional<DmarcAction> fromIsList,
    Optional<DmarcAction> moderationAction,
    Optional<Boolean> quarantineToo,
    Optional<Boolean> noneToo,
    Optional<String> moderationNotice,
    List<String> moderationAddresses,
    Optional<String> wrappedMessageText,
    Optional<String> equivalentDomains) {
  /** Copies. */
  public DmarcPolicy {
    moderationAddresses = List.copyOf(moderationAddresses);
  }
}
