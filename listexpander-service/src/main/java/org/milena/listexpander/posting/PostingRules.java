package org.milena.listexpander.posting;

import java.util.ArrayList;
import java.util.List;
import org.milena.common.settings.PostAction;
import org.milena.listexpander.posting.Rule.Finding;

/**
 * The policy of posting, in the order in which it is asked: Mailman's, and between its rules what
 * the scanner and the proof of authors say.
 *
 * <p>The first rule that does not defer decides. Accept, reject and discard end the questions;
 * after a hold the rest is still asked, so that a moderator sees every reason at once, but can no
 * longer change the decision.
 */
public final class PostingRules {

  static final List<Rule> RULES =
      List.of(
          // what no list wants
          Rule.of("no-sender", OriginRules::noSender),
          Rule.of("two-from-fields", OriginRules::twoFromFields),
          // a moderator vouches for it; not for what the scanner wants seen
          Rule.of("approved", OriginRules::approved),
          Rule.of("emergency", OriginRules::emergency),
          Rule.of("loop", OriginRules::loop),
          // who is not wanted: before what a moderator would have to look at
          Rule.of("banned", OriginRules::banned),
          Rule.of("unwanted", SenderRules::unwanted),
          // what the scanner says; behind these nothing can be accepted unseen
          Rule.of("scan-passage", TrustRules::scanPassage),
          Rule.of("spam", TrustRules::spam),
          // whether it is who it says
          Rule.of("disowned-author", TrustRules::disownedAuthor),
          Rule.of("unproven-author", SenderRules::unprovenAuthor),
          // who speaks; between members and others what the header says
          Rule.of("member", SenderRules::member),
          new Rule("header-filter", SenderRules::headerFilters),
          Rule.of("non-member", SenderRules::nonMember),
          // a closed thread has an action of its own
          Rule.of("thread-lock", PaceRules::threadLock),
          // what is said; each of these holds
          Rule.of("administrivia", ContentRules::administrivia),
          Rule.of("implicit-destination", ContentRules::implicitDestination),
          Rule.of("max-recipients", ContentRules::maxRecipients),
          Rule.of("max-size", ContentRules::maxSize),
          Rule.of("no-subject", ContentRules::noSubject),
          Rule.of("digest-reply", ContentRules::digestReply),
          Rule.of("auto-reply", ContentRules::autoReply),
          Rule.of("wrong-approval", OriginRules::wrongApproval),
          Rule.of("many-authors", OriginRules::manyAuthors),
          Rule.of("duplicate-message-id", PaceRules::duplicateMessageId),
          // how many, how fast
          Rule.of("probation", PaceRules::probation),
          Rule.of("sender-rate", PaceRules::senderRate),
          Rule.of("thread-rate", PaceRules::threadRate));

  /** Asks the rules. */
  public static PostingDecision decide(PostFacts facts) {
    return decide(RULES, facts);
  }

  static PostingDecision decide(List<Rule> rules, PostFacts facts) {
    List<RuleHit> hits = new ArrayList<>();
    List<String> misses = new ArrayList<>();
    boolean held = false;
    for (Rule rule : rules) {
      int before = hits.size();
      for (Finding finding : rule.test().apply(facts)) {
        if (finding.action() == PostAction.DEFER) {
          continue;
        }
        hits.add(new RuleHit(rule.name(), finding.reason()));
        if (held) {
          continue;
        }
        switch (finding.action()) {
          case ACCEPT -> {
            return new PostingDecision.Accept(hits, misses);
          }
          case REJECT -> {
            return new PostingDecision.Reject(hits, misses);
          }
          case DISCARD -> {
            return new PostingDecision.Discard(hits, misses);
          }
          case HOLD -> held = true;
          case DEFER -> throw new IllegalStateException("deferring was handled above");
        }
      }
      if (hits.size() == before) {
        misses.add(rule.name());
      }
    }
    return held ? new PostingDecision.Hold(hits, misses) : new PostingDecision.Accept(hits, misses);
  }

  private PostingRules() {}
}
