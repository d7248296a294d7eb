package org.milena.listexpander.migration.mailman2;

import java.util.List;
import java.util.Optional;

/**
 * How people join and leave, and who may see them.
 *
 * @param subscribeAutoApproval who joins without an owner: addresses and regular expressions
 * @param banList who may not join: addresses and regular expressions
 * @param obscureAddresses whether pages write addresses so that robots do not read them
 * @param newMemberOptions what a new member has chosen
 */
public record SubscriptionPolicy(
    Optional<SubscribePolicy> subscribePolicy,
    List<String> subscribeAutoApproval,
    Optional<UnsubscribePolicy> unsubscribePolicy,
    List<String> banList,
    Optional<RosterAccess> privateRoster,
    Optional<Boolean> obscureAddresses,
    Optional<Boolean> sendReminders,
    Optional<Boolean> sendWelcomeMsg,
    Optional<Boolean> sendGoodbyeMsg,
    Optional<Boolean> adminNotifyMchanges,
    Optional<MemberOptions> newMemberOptions) {
  /** Copies. */
  public SubscriptionPolicy {
    subscribeAutoApproval = List.copyOf(subscribeAutoApproval);
    banList = List.copyOf(banList);
  }
}
