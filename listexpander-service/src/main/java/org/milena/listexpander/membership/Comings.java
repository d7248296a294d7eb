package org.milena.listexpander.membership;

import java.util.HashSet;
import java.util.Set;
import org.milena.common.directory.MailingList;
import org.milena.common.directory.Member;
import org.milena.common.directory.MemberOptions;
import org.milena.common.directory.MemberRole;
import org.milena.common.directory.PendingRequest.Kind;
import org.milena.common.mail.ListId;
import org.milena.common.mail.MailAddress;
import org.milena.common.settings.DeliveryMode;
import org.milena.listexpander.digest.DigestBox;
import org.milena.listexpander.ledger.Ledger;
import org.milena.listexpander.notice.Notices;
import org.milena.listexpander.notice.Texts;

/** Members come and go, and whoever the list wants to know of it is told. */
final class Comings {
  private final Notices notices;
  private final Texts texts;
  private final DigestBox digests;

  Comings(Notices notices, Texts texts, DigestBox digests) {
    this.notices = notices;
    this.texts = texts;
    this.digests = digests;
  }

  /** Whether this address gets or may get the posts. */
  static boolean isMember(Ledger ledger, ListId list, MailAddress address) {
    return ledger
        .member(list, address)
        .map(member -> member.roles().contains(MemberRole.MEMBER))
        .orElse(false);
  }

  /** Whether it is so by itself, and not only as long as a source has it. */
  static boolean isMemberBySelf(Ledger ledger, ListId list, MailAddress address) {
    return isMember(ledger, list, address)
        && ledger.member(list, address).filter(Member::bySource).isEmpty();
  }

  /** Whether it gets nothing because too much came back. */
  static boolean isStoppedForBounces(Ledger ledger, ListId list, MailAddress address) {
    return ledger
        .member(list, address)
        .filter(member -> member.options().stopped() == MemberOptions.Stop.BY_BOUNCES)
        .isPresent();
  }

  /**
   * Somebody is a member by himself from now on. Delivery that is stopped for bounces goes on. Who
   * was a member by a source is no news to anybody, but gets what he asks for now.
   *
   * @return whether something is new
   */
  boolean join(Ledger ledger, MailingList list, Newcomer who, Origin origin) {
    Requests.forget(ledger, list.id(), Kind.SUBSCRIBE, who.address());
    Requests.forget(ledger, list.id(), Kind.INVITE, who.address());
    if (isMember(ledger, list.id(), who.address())) {
      return stay(ledger, list, who);
    }
    Member before = ledger.member(list.id(), who.address()).orElse(null);
    MemberOptions options =
        before == null
            ? MemberEdits.usual(list).withProbation(list.settings().posting().firstPostsHeld())
            : before.options().resumed();
    MemberOptions wanted = who.mode() == null ? options : options.withMode(who.mode());
    ledger.put(
        before == null
            ? new Member(
                list.id(),
                who.address(),
                who.displayName().strip(),
                Set.of(MemberRole.MEMBER),
                null,
                wanted,
                origin.at())
            : before.with(joined(before.roles())).with(wanted));
    if (list.settings().membership().welcome()) {
      var _ =
          notices.tell(
              ledger,
              list,
              who.address(),
              texts.welcome(ledger, list, who.address()),
              origin.cause(),
              origin.at());
    }
    if (list.settings().membership().tellOwners()) {
      var _ =
          notices.tellOwners(
              ledger,
              list,
              texts.joined(ledger, list, who.address(), who.displayName().strip()),
              origin.cause(),
              origin.at());
    }
    return true;
  }

  /** Who is a member stays one by himself; whether he was none by himself. */
  private boolean stay(Ledger ledger, MailingList list, Newcomer who) {
    Member there = ledger.member(list.id(), who.address()).orElseThrow();
    boolean resumes = there.options().stopped() == MemberOptions.Stop.BY_BOUNCES;
    Member after = resumes ? there.with(there.options().resumed()) : there;
    if (!there.bySource()) {
      if (resumes) {
        ledger.put(after);
      }
      return false;
    }
    DeliveryMode mode = who.mode();
    if (mode != null && mode != there.options().mode()) {
      digests.farewell(ledger, list, there);
      after = after.with(after.options().withMode(mode));
    }
    String name = who.displayName().strip();
    ledger.put((name.isEmpty() ? after : after.named(name)).sourced(false));
    return true;
  }

  /**
   * Somebody is no member from now on. Owners and moderators who leave keep their office, and get
   * no more posts.
   *
   * @return whether that is new
   */
  boolean leave(Ledger ledger, MailingList list, MailAddress address, Origin origin) {
    Member member = ledger.member(list.id(), address).orElse(null);
    if (!takeOff(ledger, list, address) || member == null) {
      return false;
    }
    if (list.settings().membership().goodbye()) {
      var _ =
          notices.tell(
              ledger,
              list,
              address,
              texts.goodbye(ledger, list, address),
              origin.cause(),
              origin.at());
    }
    if (list.settings().membership().tellOwners()) {
      var _ =
          notices.tellOwners(
              ledger,
              list,
              texts.left(ledger, list, address, member.displayName()),
              origin.cause(),
              origin.at());
    }
    return true;
  }

  /** The same, and nobody is told. */
  static boolean takeOff(Ledger ledger, MailingList list, MailAddress address) {
    Requests.forget(ledger, list.id(), Kind.UNSUBSCRIBE, address);
    if (!isMember(ledger, list.id(), address)) {
      return false;
    }
    Member member = ledger.member(list.id(), address).orElseThrow();
    Set<MemberRole> rest = new HashSet<>(member.roles());
    rest.remove(MemberRole.MEMBER);
    keepOnly(ledger, list, member, rest);
    return true;
  }

  /**
   * Leaves somebody these roles, and no wish for a thread. Whom a source would bring back at once
   * stays as a known non-member.
   *
   * @param rest without that of a member
   */
  static void keepOnly(Ledger ledger, MailingList list, Member member, Set<MemberRole> rest) {
    ledger.threads().forget(member.list(), member.address());
    if (!ledger.roster().isSourced(member.list(), member.address())) {
      if (rest.isEmpty()) {
        ledger.deleteMember(member.list(), member.address());
      } else {
        ledger.put(member.with(rest).sourced(false));
      }
      return;
    }
    Set<MemberRole> kept = new HashSet<>(rest);
    kept.add(MemberRole.NONMEMBER);
    MemberOptions options = MemberEdits.begun(ledger, list, member).resumed();
    Member left = member.with(kept).with(options).sourced(false);
    ledger.put(rest.isEmpty() ? left.withAction(null) : left);
    if (ledger.bounceScore(member.list(), member.address()).isPresent()) {
      ledger.deleteBounceScore(member.list(), member.address());
    }
  }

  /** A known non-member becomes a member; an owner becomes one as well. */
  private static Set<MemberRole> joined(Set<MemberRole> roles) {
    Set<MemberRole> joined = new HashSet<>(roles);
    joined.remove(MemberRole.NONMEMBER);
    joined.add(MemberRole.MEMBER);
    return joined;
  }
}
