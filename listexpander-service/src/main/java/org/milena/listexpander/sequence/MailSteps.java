package org.milena.listexpander.sequence;

import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.milena.common.directory.Account;
import org.milena.common.directory.MailingList;
import org.milena.common.directory.MemberRole;
import org.milena.common.event.MailEvent;
import org.milena.common.event.OutgoingMeta;
import org.milena.common.event.ReturnPath;
import org.milena.common.event.Route;
import org.milena.common.event.RoutedRecipient;
import org.milena.common.event.SeenPost;
import org.milena.common.failure.UnreadableRecordException;
import org.milena.common.mail.ListId;
import org.milena.common.mail.MailAddress;
import org.milena.common.mail.ReversePath;
import org.milena.common.outgoing.OutgoingMail;
import org.milena.common.stage.MailReader;
import org.milena.listexpander.bounce.Noted;
import org.milena.listexpander.expansion.Dispatch;
import org.milena.listexpander.incoming.ListMail;
import org.milena.listexpander.ledger.Ledger;
import org.milena.listexpander.ledger.ListTables;
import org.milena.listexpander.moderation.HeldContent;
import org.milena.listexpander.moderation.HeldPosts;
import org.milena.listexpander.notice.AutoAnswers.Door;
import org.milena.listexpander.notice.Notices;
import org.milena.listexpander.posting.Approvals;
import org.milena.listexpander.posting.LedgerSurroundings;
import org.milena.listexpander.posting.PostFacts;
import org.milena.listexpander.posting.PostRates;
import org.milena.listexpander.posting.PostingDecision;
import org.milena.listexpander.posting.PostingRules;
import org.milena.listexpander.posting.RuleHit;
import org.milena.listexpander.posting.SeenPosts;
import org.milena.listexpander.posting.Words;
import org.milena.listexpander.publication.PostOutcome;
import org.milena.listexpander.sentence.Phrase;

/** Takes mail for a list to where its recipient addresses lead. */
final class MailSteps {
  private final Effects effects;
  private final ListexpanderMetrics metrics;

  MailSteps(Effects effects, ListexpanderMetrics metrics) {
    this.effects = effects;
    this.metrics = metrics;
  }

  /**
   * Reads the held posts that an answer of a moderator is about, before the transaction.
   *
   * @return by the route that names them
   * @throws org.milena.common.failure.OutageException when the broker is away
   */
  Map<Route, HeldContent> fetch(
      ListTables tables, MailReader mailReader, ListMail mail, Instant now) {
    Map<Route, HeldContent> held = new HashMap<>();
    for (RoutedRecipient recipient : mail.meta().recipients()) {
      if (recipient.route() instanceof Route.ListRole(var id, var role, var detail)
          && role == Route.Role.MODERATE) {
        held.computeIfAbsent(
            recipient.route(),
            _ ->
                effects
                    .moderatorReplies()
                    .fetch(tables.holds(), mailReader, id, detail, mail, now));
      }
    }
    return held;
  }

  /** Each address of the list that the mail is for is served once. */
  void take(Ledger ledger, ListMail mail, Map<Route, HeldContent> held, Instant now) {
    Set<Route> routes = new LinkedHashSet<>();
    for (RoutedRecipient recipient : mail.meta().recipients()) {
      routes.add(recipient.route());
    }
    for (Route route : routes) {
      switch (route) {
        case Route.ListPost(var id) ->
            take(ledger, id, HeldPosts.POST, mail, now, list -> post(ledger, list, mail, now));
        case Route.ListRole(var id, var role, var detail) ->
            take(
                ledger,
                id,
                role + (detail == null ? "" : "+" + detail),
                mail,
                now,
                list -> {
                  HeldContent content = held.getOrDefault(route, new HeldContent.Unknown());
                  role(ledger, list, role, detail, mail, content, now);
                  return true;
                });
        case Route.SiteRole _, Route.RelayedDomain _, Route.Submission _ ->
            throw new UnreadableRecordException(
                "mail " + mail.id() + " for no list came to the sequence of a list");
      }
    }
  }

  @FunctionalInterface
  private interface Step {
    /** Whether it is done, so that the same mail again is a duplicate. */
    boolean take(MailingList list);
  }

  /** Does a step, once for a mail however often its client sends it. */
  private void take(
      Ledger ledger, ListId id, String purpose, ListMail mail, Instant now, Step step) {
    Optional<MailingList> list = ledger.list(id);
    if (list.isEmpty()) {
      ledger.tell(
          mail.event(
              now, MailEvent.Kind.DISCARDED, id, "Discarded: the list " + id + " is gone.", 0));
      return;
    }
    String key = SeenPosts.key(id, purpose, mail);
    Optional<SeenPost> earlier = effects.seenPosts().earlier(ledger, key, now);
    if (earlier.isPresent()) {
      metrics.duplicate();
      ledger.tell(
          mail.event(
              now,
              MailEvent.Kind.DUPLICATE,
              id,
              "Duplicate of " + earlier.get().mailId() + "; nothing was done again.",
              0));
      return;
    }
    if (step.take(list.get())) {
      effects.seenPosts().note(ledger, id, key, mail.id(), now);
    }
  }

  /**
   * Decides about a post.
   *
   * @return whether it is published or waits for a moderator. What a rule refused is decided anew
   *     when it comes again: who was no member and joined since sends the same mail again, and it
   *     is no duplicate of anything that the list has
   */
  private boolean post(Ledger ledger, MailingList list, ListMail mail, Instant now) {
    Optional<Account> submitter = CommandSteps.submitter(ledger, mail);
    if (list.closedForGood()) {
      reject(
          ledger,
          list,
          mail,
          List.of(new RuleHit("retired", Phrase.RETIRED.say())),
          submitter,
          now);
      return false;
    }
    if (!effects.autoAnswers().answer(ledger, list, mail, Door.POSTS, submitter, now)) {
      return true;
    }
    PostFacts facts =
        PostFacts.of(
            mail,
            list,
            submitter,
            new LedgerSurroundings(ledger, list, mail, now),
            effects.approvals().of(ledger, list, mail, now));
    PostingDecision decision = PostingRules.decide(facts);
    metrics.decision(decision);
    return switch (decision) {
      case PostingDecision.Accept(var hits, _) ->
          publish(
              ledger,
              list,
              mail,
              "Accepted for %s. %s".formatted(list.address(), Words.told(hits, facts.authorship())),
              submitter,
              now);
      case PostingDecision.Hold(var hits, _) -> {
        hold(ledger, list, mail, hits, submitter, now);
        yield true;
      }
      case PostingDecision.Reject(var hits, _) -> {
        reject(ledger, list, mail, hits, submitter, now);
        yield false;
      }
      case PostingDecision.Discard(var hits, _) -> {
        ledger.tell(
            mail.event(
                now,
                MailEvent.Kind.DISCARDED,
                list.id(),
                "Discarded. " + Words.told(hits, facts.authorship()),
                0));
        yield false;
      }
    };
  }

  /** Publishes what the rules accepted, unless it cannot be made ready. */
  private boolean publish(
      Ledger ledger,
      MailingList list,
      ListMail mail,
      String why,
      Optional<Account> submitter,
      Instant now) {
    PostOutcome outcome =
        effects.publication().post(ledger, list, Approvals.without(list, mail), now, why);
    return switch (outcome) {
      case PostOutcome.Posted() -> {
        PostRates.count(ledger, list, mail, now);
        effects.seenPosts().noteId(ledger, list.id(), mail, now);
        yield true;
      }
      case PostOutcome.SetAside _ -> true;
      case PostOutcome.MustHold(var reasons) -> {
        hold(ledger, list, mail, RuleHit.of("preparation", reasons), submitter, now);
        yield true;
      }
      case PostOutcome.MustReject(var reasons) -> {
        reject(ledger, list, mail, RuleHit.of("preparation", reasons), submitter, now);
        yield false;
      }
    };
  }

  private void hold(
      Ledger ledger,
      MailingList list,
      ListMail mail,
      List<RuleHit> hits,
      Optional<Account> submitter,
      Instant now) {
    effects.seenPosts().noteId(ledger, list.id(), mail, now);
    effects.heldPosts().hold(ledger, list, mail, hits, submitter, now);
  }

  /**
   * Rejects a post, and tells its author once: a client that lost our {@code 250} sends again and
   * again, for days, and each time the post is refused as before. A notice for other reasons than
   * before is another notice. A moderator's refusal is not counted here: a person has looked at it
   * again.
   */
  private void reject(
      Ledger ledger,
      MailingList list,
      ListMail mail,
      List<RuleHit> hits,
      Optional<Account> submitter,
      Instant now) {
    String reasons = String.join(" ", RuleHit.reasons(hits));
    String key = SeenPosts.key(list.id(), "refused: " + reasons, mail);
    Optional<SeenPost> told = effects.seenPosts().earlier(ledger, key, now);
    if (told.isPresent()) {
      ledger.tell(
          mail.event(
              now,
              MailEvent.Kind.REJECTED,
              list.id(),
              "Rejected. %s The author was told when it came as %s."
                  .formatted(reasons, told.get().mailId()),
              0));
      return;
    }
    effects.heldPosts().reject(ledger, list, mail, hits, "", submitter, now);
    if (mail.provenAuthor(submitter).isPresent()) {
      effects.seenPosts().note(ledger, list.id(), key, mail.id(), now);
    }
  }

  private void role(
      Ledger ledger,
      MailingList list,
      Route.Role role,
      @Nullable String detail,
      ListMail mail,
      HeldContent held,
      Instant now) {
    metrics.roleMail(role);
    Optional<Account> submitter = CommandSteps.submitter(ledger, mail);
    boolean goesOn =
        switch (role) {
          case REQUEST ->
              effects.autoAnswers().answer(ledger, list, mail, Door.REQUESTS, submitter, now);
          case OWNER ->
              effects.autoAnswers().answer(ledger, list, mail, Door.OWNER, submitter, now);
          case SUBSCRIBE, UNSUBSCRIBE, CONFIRM, MODERATE, BOUNCES -> true;
        };
    if (!goesOn) {
      return;
    }
    switch (role) {
      case REQUEST -> effects.mailCommands().request(ledger, list, mail, submitter, detail, now);
      case SUBSCRIBE ->
          effects.mailCommands().subscribe(ledger, list, mail, submitter, detail, now);
      case UNSUBSCRIBE -> effects.mailCommands().unsubscribe(ledger, list, mail, submitter, now);
      case CONFIRM -> effects.mailCommands().confirm(ledger, list, mail, submitter, detail, now);
      case MODERATE -> effects.moderatorReplies().take(ledger, list, detail, mail, held, now);
      case BOUNCES -> bounce(ledger, list, mail, detail, now);
      case OWNER -> {
        if (!effects.bounces().complaint(ledger, list, mail, now)) {
          forward(ledger, list, mail, new ReversePath.Mailbox(list.roleAddress("bounces")), now);
        }
      }
    }
  }

  /** What nobody can make sense of goes to the owners; what comes back of that, to nobody. */
  private void bounce(
      Ledger ledger, MailingList list, ListMail mail, @Nullable String tag, Instant now) {
    Noted noted = effects.bounces().note(ledger, list, mail, tag, now);
    metrics.bounce(noted.kind());
    if (noted.forOwners()) {
      List<MailAddress> owners = ownersFor(ledger, list, mail, now);
      if (!owners.isEmpty()) {
        var _ =
            effects
                .notices()
                .passOn(
                    ledger,
                    list,
                    owners,
                    effects.bounces().unrecognized(ledger, list, mail),
                    mail,
                    message -> effects.headers().ownerForm(message, list),
                    now);
      }
    }
  }

  /** Mail to {@code -owner} goes to the owners as it is. */
  private void forward(
      Ledger ledger, MailingList list, ListMail mail, ReversePath back, Instant now) {
    List<MailAddress> owners = ownersFor(ledger, list, mail, now);
    if (owners.isEmpty()) {
      return;
    }
    Dispatch.send(
        ledger,
        new OutgoingMail(
            new OutgoingMeta(mail.id(), list.id(), OutgoingMeta.Kind.RELAY, mail.meta().body()),
            effects.headers().ownerForm(mail.message(), list),
            new ReturnPath.Fixed(back),
            null,
            null),
        consumer -> owners.forEach(consumer),
        now,
        _ -> {});
  }

  /** Who gets a mail for the owners, told in its story; nobody when it has been there before. */
  private static List<MailAddress> ownersFor(
      Ledger ledger, MailingList list, ListMail mail, Instant now) {
    MailAddress owner = list.roleAddress("owner");
    if (mail.facts().beenThere().contains(owner.key())) {
      ledger.tell(
          mail.event(
              now,
              MailEvent.Kind.DISCARDED,
              list.id(),
              "Discarded: it has passed " + owner + " before.",
              0));
      return List.of();
    }
    List<MailAddress> owners = Notices.holders(ledger, list, MemberRole.OWNER);
    ledger.tell(
        mail.event(
            now,
            MailEvent.Kind.RELAYED,
            list.id(),
            owners.isEmpty()
                ? "Nobody gets it: " + list.address() + " has no owner."
                : "Forwarded to the owners of " + list.address() + ".",
            owners.size()));
    return owners;
  }
}
