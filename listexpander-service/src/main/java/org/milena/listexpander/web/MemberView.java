package org.milena.listexpander.web;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import java.time.Instant;
import java.util.SortedSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.milena.common.directory.Member;
import org.milena.common.directory.MemberOptions;
import org.milena.common.directory.MemberRole;
import org.milena.common.directory.Roster;
import org.milena.common.mail.MailAddress;
import org.milena.common.settings.PostAction;

/**
 * A member as the API shows one.
 *
 * @param action what happens to this one's posts; null for the list's default
 * @param options left out for those who only see the roster, and where they are those that somebody
 *     has on another list
 * @param via the source by way of which: the address of a list, or the host of a text; null for one
 *     who is on the list by himself
 */
record MemberView(
    MailAddress address,
    String displayName,
    SortedSet<MemberRole> roles,
    @Nullable PostAction action,
    @JsonUnwrapped @Nullable MemberOptions options,
    Instant since,
    @Nullable String via) {

  /** Of a member, what other members and the public see. */
  static MemberView forOthers(Member member) {
    return new MemberView(
        member.address(),
        member.displayName(),
        new TreeSet<>(member.roles()),
        null,
        null,
        member.since(),
        null);
  }

  /** What owners and moderators see: no options that were set on another list. */
  static MemberView of(Roster.Listed listed) {
    return of(listed, listed.ownRow() ? listed.member().options() : null);
  }

  /** What the member himself sees. */
  static MemberView forHimself(Roster.Listed listed) {
    return of(listed, listed.member().options());
  }

  private static MemberView of(Roster.Listed listed, @Nullable MemberOptions options) {
    Member member = listed.member();
    Roster.Via via = listed.via();
    return new MemberView(
        member.address(),
        member.displayName(),
        new TreeSet<>(member.roles()),
        member.action(),
        options,
        member.since(),
        via == null ? null : via.toString());
  }
}
