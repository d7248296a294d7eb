package org.milena.listexpander.membership;

import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.milena.common.command.CommandOutcome;
import org.milena.common.command.CommandOutcome.Done;
import org.milena.common.command.CommandOutcome.NotFound;
import org.milena.common.command.CommandOutcome.Refused;
import org.milena.common.directory.MailingList;
import org.milena.common.directory.Member;
import org.milena.common.directory.MemberOptions;
import org.milena.common.directory.MemberRole;
import org.milena.common.event.PendingRequest;
import org.milena.common.event.PendingRequest.Kind;
import org.milena.common.mail.ListId;
import org.milena.common.mail.MailAddress;
import org.milena.common.mail.MailId;
import org.milena.listexpander.ledger.Ledger;
import org.milena.listexpander.notice.Notices;
import org.milena.listexpander.notice.Texts;

/**
 * Joining and leaving of one's own will.
 *
 * <p>A request goes: asked → (confirmed once | forgotten after three days). What an outsider sees
 * is the same whether the address is a member or not; the address itself gets the difference by
 * mail.
 */
public final class Subscriptions {
  /** How long a request waits. */
  public static final Duration PENDING = Duration.ofDays(3);

  /** No second confirmation to an address within this time. */
  static final Duration BETWEEN_CONFIRMATIONS = Duration.ofDays(1);

  private static final String ASKED =
      "If this address can join, it gets a mail now with a link to confirm.";

  private static final int SWEPT_AT_ONCE = 8;

  private final Map<ListId, String> sweptUpTo = new ConcurrentHashMap<>();
  private final Tokens tokens;
  private final Notices notices;
  private final Texts texts;

  public Subscriptions(Tokens tokens, Notices notices, Texts texts) {
    this.tokens = tokens;
    this.notices = notices;
    this.texts = texts;
  }

  /** Somebody asks that an address joins. */
  public CommandOutcome subscribe(
      Ledger ledger,
      MailingList list,
      MailAddress address,
      String displayName,
      MailId cause,
      Instant now) {
    Optional<Refused> refusal = MemberEdits.refusal(list, address, displayName);
    if (refusal.isPresent()) {
      return refusal.get();
    }
    if (list.closedForGood()) {
      return new Refused("retired", "The list " + list.address() + " is closed for good.");
    }
    return switch (list.settings().membership().subscribePolicy()) {
      case CLOSED, MODERATE, CONFIRM_THEN_MODERATE ->
          new Refused(
              "closed",
              "Members of "
                  + list.address()
                  + " are added by its owners. Please write to "
                  + list.roleAddress("owner")
                  + ".");
      case OPEN -> {
        if (isMember(ledger, list.id(), address)) {
          resume(ledger, list, address);
          yield new Done(address + " is on " + list.address() + " now.", 0);
        }
        join(ledger, list, address, displayName, cause, now);
        yield new Done(address + " is on " + list.address() + " now.", 1);
      }
      case CONFIRM -> {
        if (isMember(ledger, list.id(), address)
            && stoppedForBounces(ledger, list, address).isEmpty()) {
          var unused =
              notices.tell(
                  ledger, list, address, texts.alreadyMember(ledger, list, address), cause, now);
          yield new Done(ASKED, 0);
        }
        boolean asked = ask(ledger, list, Kind.SUBSCRIBE, address, displayName, cause, now);
        yield new Done(ASKED, asked ? 1 : 0);
      }
    };
  }

  /**
   * Somebody asks that an address leaves.
   *
   * @param proven whether it is certain that the member asks
   */
  public CommandOutcome unsubscribe(
      Ledger ledger,
      MailingList list,
      MailAddress address,
      boolean proven,
      MailId cause,
      Instant now) {
    boolean member = isMember(ledger, list.id(), address);
    if (proven) {
      if (member) {
        leave(ledger, list, address);
      }
      return new Done(address + " is not on " + list.address() + " any more.", member ? 1 : 0);
    }
    boolean asked = member && ask(ledger, list, Kind.UNSUBSCRIBE, address, "", cause, now);
    return new Done(
        "If this address is on the list, it gets a mail now with a link to confirm.",
        asked ? 1 : 0);
  }

  /** Somebody answers a confirmation. */
  public CommandOutcome confirm(
      Ledger ledger, MailingList list, String requestId, MailId cause, Instant now) {
    String slot = RequestIds.slotOf(requestId).orElse("");
    PendingRequest request =
        ledger
            .pending(slot)
            .filter(waiting -> waiting.requestId().equals(requestId))
            .filter(waiting -> waiting.list().equals(list.id()))
            .filter(waiting -> now.isBefore(waiting.expiresAt()))
            .orElse(null);
    if (request == null) {
      return new NotFound("This request does not wait any more: it was confirmed, or is too old.");
    }
    ledger.deletePending(slot);
    return switch (request.kind()) {
      case SUBSCRIBE -> {
        boolean there = isMember(ledger, list.id(), request.address());
        resume(ledger, list, request.address());
        if (!there) {
          join(ledger, list, request.address(), request.displayName(), cause, now);
        }
        yield new Done(request.address() + " is on " + list.address() + " now.", there ? 0 : 1);
      }
      case UNSUBSCRIBE -> {
        boolean there = isMember(ledger, list.id(), request.address());
        if (there) {
          leave(ledger, list, request.address());
          var unused =
              notices.tell(
                  ledger,
                  list,
                  request.address(),
                  texts.goodbye(ledger, list, request.address()),
                  cause,
                  now);
        }
        yield new Done(
            request.address() + " is not on " + list.address() + " any more.", there ? 1 : 0);
      }
    };
  }

  /** Whether this address gets or may get the posts. */
  public static boolean isMember(Ledger ledger, ListId list, MailAddress address) {
    return ledger
        .member(list, address)
        .map(member -> member.roles().contains(MemberRole.MEMBER))
        .orElse(false);
  }

  private boolean ask(
      Ledger ledger,
      MailingList list,
      Kind kind,
      MailAddress address,
      String displayName,
      MailId cause,
      Instant now) {
    String slot = RequestIds.slot(list.id(), kind, address);
    boolean askedToday =
        ledger
            .pending(slot)
            .map(waiting -> now.isBefore(waiting.askedAt().plus(BETWEEN_CONFIRMATIONS)))
            .orElse(false);
    if (askedToday) {
      return false;
    }
    sweep(ledger, list.id(), now);
    PendingRequest request =
        new PendingRequest(
            RequestIds.requestId(slot, now),
            list.id(),
            kind,
            address,
            displayName.strip(),
            now,
            now.plus(PENDING));
    ledger.put(slot, request);
    var unused =
        notices.tell(
            ledger,
            list,
            address,
            texts.confirm(ledger, list, request, tokens.confirm(request)),
            cause,
            now);
    return true;
  }

  /** Forgets some requests of this list that nobody confirmed. */
  private void sweep(Ledger ledger, ListId list, Instant now) {
    String prefix = RequestIds.slotPrefix(list);
    String after = sweptUpTo.getOrDefault(list, "");
    List<Map.Entry<String, PendingRequest>> some =
        ledger.pendingBehind(prefix, after, SWEPT_AT_ONCE);
    for (Map.Entry<String, PendingRequest> row : some) {
      PendingRequest request = row.getValue();
      if (request.list().equals(list) && request.expiresAt().isBefore(now)) {
        ledger.deletePending(row.getKey());
      }
    }
    sweptUpTo.put(list, some.size() < SWEPT_AT_ONCE ? "" : some.getLast().getKey());
  }

  private void join(
      Ledger ledger,
      MailingList list,
      MailAddress address,
      String displayName,
      MailId cause,
      Instant now) {
    Member before = ledger.member(list.id(), address).orElse(null);
    ledger.put(
        before == null
            ? new Member(
                list.id(),
                address,
                displayName.strip(),
                Set.of(MemberRole.MEMBER),
                null,
                MemberEdits.usual(list).withProbation(list.settings().posting().firstPostsHeld()),
                now)
            : before.with(joined(before.roles())).with(before.options().resumed()));
    var unused =
        notices.tell(ledger, list, address, texts.welcome(ledger, list, address), cause, now);
  }

  /** Who asks to join while delivery is stopped for bounces gets posts again. */
  private static void resume(Ledger ledger, MailingList list, MailAddress address) {
    stoppedForBounces(ledger, list, address)
        .ifPresent(member -> ledger.put(member.with(member.options().resumed())));
  }

  private static Optional<Member> stoppedForBounces(
      Ledger ledger, MailingList list, MailAddress address) {
    return ledger
        .member(list.id(), address)
        .filter(member -> member.options().stopped() == MemberOptions.Stop.BY_BOUNCES);
  }

  /** A known non-member becomes a member; an owner becomes one as well. */
  private static Set<MemberRole> joined(Set<MemberRole> roles) {
    Set<MemberRole> joined = new HashSet<>(roles);
    joined.remove(MemberRole.NONMEMBER);
    joined.add(MemberRole.MEMBER);
    return joined;
  }

  /** Owners and moderators who leave keep their office, and get no more posts. */
  private static void leave(Ledger ledger, MailingList list, MailAddress address) {
    Member member = ledger.member(list.id(), address).orElseThrow();
    Set<MemberRole> rest = new HashSet<>(member.roles());
    rest.remove(MemberRole.MEMBER);
    if (rest.isEmpty()) {
      ledger.deleteMember(list.id(), address);
    } else {
      ledger.put(member.with(rest));
    }
  }
}
