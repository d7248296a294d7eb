package org.milena.common.settings;

import java.util.List;

/**
 * Who joins and leaves, and how.
 *
 * @param subscribePolicy what happens when somebody asks to join
 * @param unsubscribePolicy what happens when somebody asks to leave
 * @param bans patterns of addresses that may neither post nor join
 * @param rosterAccess who sees the members
 * @param advertised whether the list is shown to those who are not on it
 * @param welcome whether new members are welcomed
 * @param goodbye whether those who left are told so
 * @param tellOwners whether owners are told who joins and leaves
 * @param newMemberMode what new members get
 * @param language of the list's own mails and of members who chose none; {@code en} or {@code de}
 * @param memberSources where members come from besides: {@code @users@lists.example.org}, the
 *     members of another list of this site; kept as {@link
 *     org.milena.common.directory.MemberSource} says
 */
public record MembershipSettings(
    SubscribePolicy subscribePolicy,
    UnsubscribePolicy unsubscribePolicy,
    List<String> bans,
    RosterAccess rosterAccess,
    boolean advertised,
    boolean welcome,
    boolean goodbye,
    boolean tellOwners,
    DeliveryMode newMemberMode,
    String language,
    List<String> memberSources) {

  /** Anybody joins who confirms. */
  public static final MembershipSettings DEFAULT =
      new MembershipSettings(
          SubscribePolicy.CONFIRM,
          UnsubscribePolicy.CONFIRM,
          List.of(),
          RosterAccess.MODERATORS,
          true,
          true,
          true,
          false,
          DeliveryMode.EVERY_POST,
          "en",
          List.of());

  public MembershipSettings {
    bans = List.copyOf(bans);
    memberSources = List.copyOf(memberSources);
  }
}
