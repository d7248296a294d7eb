package org.milena.listexpander.migration.mailman2;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * Whose posts are looked at, and what becomes of them. Lists of addresses may hold regular
 * expressions, which begin with {@code ^}, and other lists, which begin with {@code @}.
 *
 * @param defaultMemberModeration whether new members are moderated
 * @param emergency whether every post is held
 * @param memberVerbosityThreshold so many posts within the interval make a member moderated; 0 is
 *     never
 * @param genericNonmemberAction for nonmembers nothing else is said of
 * @param forwardAutoDiscards whether moderators get what is discarded
 * @param maxDaysToHold 0 is for ever
 */
public record ModerationPolicy(
    Optional<Boolean> defaultMemberModeration,
    Optional<MemberModeration> memberModerationAction,
    Optional<String> memberModerationNotice,
    Optional<Boolean> emergency,
    Optional<Long> memberVerbosityThreshold,
    Optional<Duration> memberVerbosityInterval,
    Optional<NonmemberAction> genericNonmemberAction,
    List<String> acceptTheseNonmembers,
    List<String> holdTheseNonmembers,
    List<String> rejectTheseNonmembers,
    List<String> discardTheseNonmembers,
    Optional<String> nonmemberRejectionNotice,
    Optional<Boolean> forwardAutoDiscards,
    Optional<Long> maxDaysToHold,
    Optional<Boolean> respondToPostRequests,
    Optional<Boolean> adminImmedNotify) {
  /** Copies. */
  public ModerationPolicy {
    acceptTheseNonmembers = List.copyOf(acceptTheseNonmembers);
    holdTheseNonmembers = List.copyOf(holdTheseNonmembers);
    rejectTheseNonmembers = List.copyOf(rejectTheseNonmembers);
    discardTheseNonmembers = List.copyOf(discardTheseNonmembers);
  }
}
