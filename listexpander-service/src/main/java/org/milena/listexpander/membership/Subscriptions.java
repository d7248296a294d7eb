package org.milena.listexpander.membership;

import java.time.Instant;
import java.util.Optional;
import org.milena.common.command.CommandOutcome;
import org.milena.common.command.CommandOutcome.Done;
import org.milena.common.command.CommandOutcome.NotFound;
import org.milena.common.command.CommandOutcome.Refused;
import org.milena.common.command.RequestChange.DecideRequest;
import org.milena.common.command.RequestChange.Invite;
import org.milena.common.directory.MailingList;
import org.milena.common.directory.PendingRequest;
import org.milena.common.directory.PendingRequest.Kind;
import org.milena.common.mail.ListId;
import org.milena.common.mail.MailAddress;
import org.milena.common.settings.SubscribePolicy;
import org.milena.common.settings.UnsubscribePolicy;
import org.milena.listexpander.digest.DigestBox;
import org.milena.listexpander.ledger.Ledger;
import org.milena.listexpander.notice.Notices;
import org.milena.listexpander.notice.Texts;
import org.milena.listexpander.sentence.Phrase;

/**
 * Joining and leaving of one's own will.
 *
 * <p>A request goes: asked → confirmed by its address → decided by a moderator, where the list's
 * policy leaves steps out; one that nobody answers is forgotten. Before that stand bans and whether
 * there is anything to do. What an outsider sees is the same whether the address is a member or
 * not; the address itself gets the difference by mail.
 */
public final class Subscriptions {
  /** Most addresses of one invitation. */
  public static final int MAX_INVITED = 500;

  /** Longest text of an invitation. */
  public static final int MAX_TEXT = 5_000;

  private static final String ASKED =
      "If this address can join, it gets a mail now with a link to confirm.";
  private static final String MODERATED =
      "If this address can join, its request waits for the people who run the list now.";
  private static final String ASKED_TO_LEAVE =
      "If this address is on the list, it gets a mail now with a link to confirm.";
  private static final String MODERATED_TO_LEAVE =
      "If this address is on the list, its request waits for the people who run the list now.";

  private final Requests requests = new Requests();
  private final Confirmations confirmations;
  private final Comings comings;
  private final Notices notices;
  private final Texts texts;
  private final Bans bans;

  /**
   * @param digests knows what is owed to those who leave digests
   */
  public Subscriptions(
      Confirmations confirmations, Notices notices, Texts texts, DigestBox digests, Bans bans) {
    this.confirmations = confirmations;
    this.comings = new Comings(notices, texts, digests);
    this.notices = notices;
    this.texts = texts;
    this.bans = bans;
  }

  /** Somebody asks that an address joins. */
  public CommandOutcome subscribe(Ledger ledger, MailingList list, Newcomer who, Origin origin) {
    Optional<Refused> refusal = MemberEdits.refusal(list, who.address(), who.displayName());
    if (refusal.isPresent()) {
      return refusal.get();
    }
    if (list.closedForGood()) {
      return retired(list);
    }
    boolean banned = bans.banned(ledger, list, who.address());
    // who asks while delivery is stopped for bounces asks for posts again, and who is a member by a
    // source only asks to stay when that has him no more
    boolean member =
        Comings.isMemberBySelf(ledger, list.id(), who.address())
            && !Comings.isStoppedForBounces(ledger, list.id(), who.address());
    return switch (list.settings().membership().subscribePolicy()) {
      case CLOSED -> closed(list);
      case OPEN -> {
        if (banned) {
          yield new Refused(
              "banned", Phrase.CANNOT_JOIN.say(list.address(), list.roleAddress("owner")));
        }
        boolean joined = comings.join(ledger, list, who, origin);
        yield new Done(who.address() + " is on " + list.address() + " now.", joined ? 1 : 0);
      }
      case CONFIRM, CONFIRM_THEN_MODERATE -> {
        if (!banned) {
          askToJoin(ledger, list, who, member, origin);
        }
        yield new Done(ASKED, 0);
      }
      case MODERATE -> {
        if (member && !banned) {
          confirmations.ask(ledger, unstored(list, who, origin), true, origin);
        } else if (!banned) {
          toModerator(ledger, list, Kind.SUBSCRIBE, who, origin);
        }
        yield new Done(MODERATED, 0);
      }
    };
  }

  /** Somebody asks that an address leaves. */
  public CommandOutcome unsubscribe(
      Ledger ledger, MailingList list, MailAddress address, Proof proof, Origin origin) {
    UnsubscribePolicy policy = list.settings().membership().unsubscribePolicy();
    boolean atOnce =
        proof == Proof.LINK
            || policy == UnsubscribePolicy.OPEN
            || (policy == UnsubscribePolicy.CONFIRM && proof == Proof.AUTHOR);
    if (atOnce) {
      return left(list, address, comings.leave(ledger, list, address, origin));
    }
    boolean member = isMember(ledger, list.id(), address);
    Newcomer who = Newcomer.of(address);
    boolean moderated =
        policy == UnsubscribePolicy.MODERATE
            || (policy == UnsubscribePolicy.CONFIRM_THEN_MODERATE && proof == Proof.AUTHOR);
    if (moderated) {
      if (member) {
        toModerator(ledger, list, Kind.UNSUBSCRIBE, who, origin);
      }
      return new Done(MODERATED_TO_LEAVE, 0);
    }
    if (member && !Requests.isModerated(ledger, list, Kind.UNSUBSCRIBE, address, origin.at())) {
      confirmations.ask(
          ledger,
          requests.toConfirm(
              ledger, list, Kind.UNSUBSCRIBE, who, Requests.CONFIRMATION, origin.at()),
          false,
          origin);
    }
    return new Done(ASKED_TO_LEAVE, 0);
  }

  /** Takes a member off the list; whoever calls this tells whom it concerns. */
  public CommandOutcome takeOff(Ledger ledger, MailingList list, MailAddress address) {
    return left(list, address, Comings.takeOff(ledger, list, address));
  }

  /** Somebody answers a confirmation. */
  public CommandOutcome confirm(Ledger ledger, MailingList list, String requestId, Origin origin) {
    Optional<PendingRequest> waiting =
        Requests.waiting(ledger, list, requestId, origin.at())
            .filter(request -> !request.waitsForModerator());
    if (waiting.isEmpty()) {
      return gone();
    }
    PendingRequest request = waiting.get();
    if (list.closedForGood() && request.kind() != Kind.UNSUBSCRIBE) {
      return retired(list);
    }
    Requests.forget(ledger, list.id(), request.kind(), request.address());
    Newcomer who = Newcomer.of(request);
    return switch (request.kind()) {
      case SUBSCRIBE -> confirmedToJoin(ledger, list, who, origin);
      // who was invited may have been banned since
      case INVITE ->
          bans.banned(ledger, list, who.address())
              ? gone()
              : joined(list, who, comings.join(ledger, list, who, origin));
      case UNSUBSCRIBE ->
          switch (list.settings().membership().unsubscribePolicy()) {
            case OPEN, CONFIRM ->
                left(list, who.address(), comings.leave(ledger, list, who.address(), origin));
            case MODERATE, CONFIRM_THEN_MODERATE ->
                isMember(ledger, list.id(), who.address())
                    ? confirmed(ledger, list, Kind.UNSUBSCRIBE, who, origin)
                    : left(list, who.address(), false);
          };
      case ACCOUNT_ADDRESS -> gone();
    };
  }

  /** A moderator decides about a request. */
  public CommandOutcome decide(
      Ledger ledger, MailingList list, DecideRequest decision, Origin origin) {
    Optional<PendingRequest> waiting =
        Requests.waiting(ledger, list, decision.requestId(), origin.at())
            .filter(PendingRequest::waitsForModerator);
    if (waiting.isEmpty()) {
      return new NotFound(
          "No request waits as " + decision.requestId() + "; perhaps it was decided.");
    }
    PendingRequest request = waiting.get();
    Newcomer who = Newcomer.of(request);
    Requests.forget(ledger, list.id(), request.kind(), request.address());
    return switch (decision.decision()) {
      case ACCEPT ->
          request.kind() == Kind.UNSUBSCRIBE
              ? left(list, who.address(), comings.leave(ledger, list, who.address(), origin))
              : joined(list, who, comings.join(ledger, list, who, origin));
      case REJECT -> {
        var _ =
            notices.tell(
                ledger,
                list,
                who.address(),
                texts.requestRefused(ledger, list, request, decision.comment()),
                origin.cause(),
                origin.at());
        yield new Done("The request of " + who.address() + " is rejected.", 1);
      }
      case DISCARD -> new Done("The request of " + who.address() + " is discarded.", 1);
    };
  }

  /** Owners invite. Who is there already, or is banned, gets nothing. */
  public CommandOutcome invite(Ledger ledger, MailingList list, Invite invite, Origin origin) {
    Optional<Refused> unfit = unfit(invite);
    if (unfit.isPresent()) {
      return unfit.get();
    }
    if (list.closedForGood()) {
      return retired(list);
    }
    int invited = 0;
    for (MailAddress address : invite.addresses()) {
      if (MemberEdits.refusal(list, address, "").isPresent()
          || isMember(ledger, list.id(), address)
          || bans.banned(ledger, list, address)) {
        continue;
      }
      PendingRequest request =
          requests.toConfirm(
              ledger, list, Kind.INVITE, Newcomer.of(address), Requests.INVITATION, origin.at());
      confirmations.invite(ledger, request, invite.text(), origin);
      invited++;
    }
    return new Done(Phrase.INVITED.say(invited, invite.addresses().size() - invited), invited);
  }

  /** Why nobody can invite like that; empty when somebody can. */
  public static Optional<Refused> unfit(Invite invite) {
    if (invite.addresses().size() > MAX_INVITED) {
      return Optional.of(
          new Refused("too-many", "At most " + MAX_INVITED + " addresses are invited at once."));
    }
    return invite.text().length() > MAX_TEXT
        ? Optional.of(
            new Refused("text", "An invitation has at most %,d characters.".formatted(MAX_TEXT)))
        : Optional.empty();
  }

  /** Whether this address gets or may get the posts. */
  public static boolean isMember(Ledger ledger, ListId list, MailAddress address) {
    return Comings.isMember(ledger, list, address);
  }

  private void askToJoin(
      Ledger ledger, MailingList list, Newcomer who, boolean member, Origin origin) {
    Instant now = origin.at();
    if (member) {
      confirmations.ask(ledger, unstored(list, who, origin), true, origin);
    } else if (!Requests.isModerated(ledger, list, Kind.SUBSCRIBE, who.address(), now)) {
      confirmations.ask(
          ledger,
          requests.toConfirm(ledger, list, Kind.SUBSCRIBE, who, Requests.CONFIRMATION, now),
          false,
          origin);
    }
  }

  /** A request that nobody can confirm: it only says who is to be told. */
  private static PendingRequest unstored(MailingList list, Newcomer who, Origin origin) {
    return PendingRequest.ofList(
        "", list.id(), Kind.SUBSCRIBE, who.address(), "", origin.at(), origin.at());
  }

  private CommandOutcome confirmedToJoin(
      Ledger ledger, MailingList list, Newcomer who, Origin origin) {
    SubscribePolicy policy = list.settings().membership().subscribePolicy();
    if (bans.banned(ledger, list, who.address())) {
      return gone();
    }
    return switch (policy) {
      case CLOSED -> closed(list);
      case OPEN, CONFIRM -> joined(list, who, comings.join(ledger, list, who, origin));
      case MODERATE, CONFIRM_THEN_MODERATE ->
          Comings.isMemberBySelf(ledger, list.id(), who.address())
              ? joined(list, who, comings.join(ledger, list, who, origin))
              : confirmed(ledger, list, Kind.SUBSCRIBE, who, origin);
    };
  }

  private CommandOutcome confirmed(
      Ledger ledger, MailingList list, Kind kind, Newcomer who, Origin origin) {
    toModerator(ledger, list, kind, who, origin);
    var _ =
        notices.tell(
            ledger,
            list,
            who.address(),
            texts.waiting(ledger, list, who.address()),
            origin.cause(),
            origin.at());
    return new Done(
        "The request of "
            + who.address()
            + " is confirmed, and waits for the people who run "
            + list.address()
            + ".",
        1);
  }

  private void toModerator(
      Ledger ledger, MailingList list, Kind kind, Newcomer who, Origin origin) {
    if (Requests.isModerated(ledger, list, kind, who.address(), origin.at())) {
      return;
    }
    PendingRequest request = requests.toModerate(ledger, list, kind, who, origin.at());
    var _ =
        notices.tellOfRequest(
            ledger, list, texts.requestWaits(ledger, list, request), origin.cause(), origin.at());
  }

  private static NotFound gone() {
    return new NotFound(Phrase.REQUEST_GONE.say());
  }

  private static Refused retired(MailingList list) {
    return new Refused("retired", Phrase.LIST_RETIRED.say(list.address()));
  }

  private static Refused closed(MailingList list) {
    return new Refused(
        "closed", Phrase.ADDED_BY_OWNERS.say(list.address(), list.roleAddress("owner")));
  }

  private static Done joined(MailingList list, Newcomer who, boolean changed) {
    return new Done(who.address() + " is on " + list.address() + " now.", changed ? 1 : 0);
  }

  private static Done left(MailingList list, MailAddress address, boolean changed) {
    return new Done(address + " is not on " + list.address() + " any more.", changed ? 1 : 0);
  }
}
