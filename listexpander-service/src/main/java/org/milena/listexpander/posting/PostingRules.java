package org.milena.listexpander.posting;

import static org.milena.common.settings.PostAction.DISCARD;
import static org.milena.common.settings.PostAction.HOLD;
import static org.milena.common.settings.PostAction.REJECT;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.milena.common.directory.Authorship;
import org.milena.common.directory.Member;
import org.milena.common.directory.MemberRole;
import org.milena.common.event.AuthenticationEvidence.Dmarc.Policy;
import org.milena.common.event.ScanReport;
import org.milena.common.event.SpamReport;
import org.milena.common.mail.ReversePath;
import org.milena.common.settings.PostAction;
import org.milena.listexpander.posting.Rule.Finding;

/**
 * The policy of posting, in the order in which it is asked.
 *
 * <p>The first rule that does not defer decides. Accept, reject and discard end the questions;
 * after a hold the rest is still asked, so that a moderator sees every reason at once, but can no
 * longer change the decision.
 */
public final class PostingRules {

  static final List<Rule> RULES =
      List.of(
          // what no list wants
          new Rule("no-sender", PostingRules::noSender),
          new Rule("loop", PostingRules::loop),
          new Rule("two-from-fields", PostingRules::twoFromFields),
          // who is not wanted: before what a moderator would have to look at
          new Rule("unwanted", PostingRules::unwanted),
          // what the scanner says; behind these nothing can be accepted unseen
          new Rule("scan-passage", PostingRules::scanPassage),
          new Rule("spam", PostingRules::spam),
          // whether it is who it says
          new Rule("disowned-author", PostingRules::disownedAuthor),
          new Rule("unproven-author", PostingRules::unprovenAuthor),
          // who speaks
          new Rule("member", PostingRules::member),
          new Rule("non-member", PostingRules::nonMember),
          // what is said
          new Rule("max-size", PostingRules::maxSize),
          new Rule("auto-reply", PostingRules::autoReply));

  /** Asks the rules. */
  public static PostingDecision decide(PostFacts facts) {
    return decide(RULES, facts);
  }

  static PostingDecision decide(List<Rule> rules, PostFacts facts) {
    List<String> reasons = new ArrayList<>();
    boolean held = false;
    for (Rule rule : rules) {
      Optional<Finding> finding = rule.test().apply(facts);
      if (finding.isEmpty() || finding.get().action() == PostAction.DEFER) {
        continue;
      }
      reasons.add(finding.get().reason());
      if (held) {
        continue;
      }
      switch (finding.get().action()) {
        case ACCEPT -> {
          return new PostingDecision.Accept(reasons);
        }
        case REJECT -> {
          return new PostingDecision.Reject(reasons);
        }
        case DISCARD -> {
          return new PostingDecision.Discard(reasons);
        }
        case HOLD -> held = true;
        case DEFER -> throw new IllegalStateException("deferring was handled above");
      }
    }
    return held ? new PostingDecision.Hold(reasons) : new PostingDecision.Accept(reasons);
  }

  /** A report that came back, or a mail that nobody signed: nothing that belongs on a list. */
  private static Optional<Finding> noSender(PostFacts facts) {
    if (facts.reversePath() instanceof ReversePath.Null) {
      return found(
          DISCARD, "It came with an empty return path, as bounces and automatic reports do.");
    }
    return facts.claimants().isEmpty()
        ? found(DISCARD, "It names no sender at all.")
        : Optional.empty();
  }

  /** It carries our own marks: it was here before. */
  private static Optional<Finding> loop(PostFacts facts) {
    boolean ours =
        facts.header().listIds().contains(facts.list().id())
            || facts.header().beenThere().contains(facts.list().address().key());
    return ours ? found(DISCARD, "It has passed this list before.") : Optional.empty();
  }

  /** RFC 5322 section 3.6 allows one; two show different authors to different readers. */
  private static Optional<Finding> twoFromFields(PostFacts facts) {
    return facts.header().authorFields() > 1
        ? found(REJECT, "It has more than one From field, so its author is unclear.")
        : Optional.empty();
  }

  /**
   * Who speaks may not post here at all. Asked before the rules that hold, so that nobody must look
   * at what the list refuses anyway.
   */
  private static Optional<Finding> unwanted(PostFacts facts) {
    return member(facts)
        .or(() -> nonMember(facts))
        .filter(finding -> finding.action() == REJECT || finding.action() == DISCARD);
  }

  /** The policy for what engines said lets it go to a person only. */
  private static Optional<Finding> scanPassage(PostFacts facts) {
    return facts
        .scan()
        .filter(ScanReport::wantsModerator)
        .flatMap(scan ->
            found(
                HOLD, "The scanner wants a moderator to see it: " + Words.objections(scan) + "."));
  }

  /** The filter would mark it, or would refuse it and was not obeyed. */
  private static Optional<Finding> spam(PostFacts facts) {
    return facts
        .scan()
        .filter(scan -> scan.releasedBy() == null)
        .flatMap(scan -> Optional.ofNullable(scan.spam()))
        .filter(spam -> spam.level() != SpamReport.Level.HAM)
        .flatMap(spam -> {
          PostAction action = facts.list().settings().posting().suspectAction();
          return against(
              action,
              "It looks like spam: " + Words.points(spam) + ". Such posts are" + sentence(action));
        });
  }

  /** A domain that asks for nothing to be done has said nothing against it. */
  private static Optional<Finding> disownedAuthor(PostFacts facts) {
    if (!(facts.authorship() instanceof Authorship.Disowned disowned)
        || disowned.policy() == Policy.NONE) {
      return Optional.empty();
    }
    PostAction action = facts.list().settings().posting().disownedAction();
    return against(action, Words.of(disowned) + " Such posts are" + sentence(action));
  }

  /**
   * It would be let in because of a name it bears, and nothing proves that its author sent it. Who
   * may speak at all is decided in {@link PostFacts#of}.
   */
  private static Optional<Finding> unprovenAuthor(PostFacts facts) {
    if (facts.authorship() instanceof Authorship.Proven) {
      return Optional.empty();
    }
    return privileged(facts)
        .flatMap(member -> {
          PostAction action = facts.list().settings().posting().unprovenAction();
          return against(
              action,
              "It comes in the name of %s. %s Such posts are%s"
                  .formatted(member.address(), Words.of(facts.authorship()), sentence(action)));
        });
  }

  /** For whom the list makes it easier than for a stranger. */
  private static Optional<Member> privileged(PostFacts facts) {
    return speaker(facts)
        .or(() ->
            facts
                .speakers()
                .flatMap(claimant -> claimant.entry().stream())
                .filter(entry -> entry.action() != null)
                .findFirst()
                .filter(entry ->
                    entry.action() == PostAction.ACCEPT || entry.action() == PostAction.DEFER));
  }

  private static Optional<Member> speaker(PostFacts facts) {
    return facts
        .speakers()
        .flatMap(claimant -> claimant.entry().stream())
        .filter(PostingRules::mayPost)
        .findFirst();
  }

  /** The first address that is a member speaks; its own action goes before the list's. */
  private static Optional<Finding> member(PostFacts facts) {
    return speaker(facts)
        .map(member -> {
          PostAction own = member.action();
          PostAction action = own != null ? own : facts.list().settings().posting().memberAction();
          String who = own != null ? member.address() + " is" : "Members of this list are";
          return new Finding(action, who + sentence(action));
        });
  }

  /** Nobody in whose name it comes is a member. A known non-member may have an own action. */
  private static Optional<Finding> nonMember(PostFacts facts) {
    List<Member> known = facts.speakers().flatMap(claimant -> claimant.entry().stream()).toList();
    if (known.stream().anyMatch(PostingRules::mayPost)) {
      return Optional.empty();
    }
    for (Member entry : known) {
      PostAction own = entry.action();
      if (own != null) {
        return found(own, entry.address() + " is no member, and is" + sentence(own));
      }
    }
    PostAction action = facts.list().settings().posting().nonMemberAction();
    String who = facts.claimants().getFirst().address().toString();
    return found(action, who + " is not a member. Posts of non-members are" + sentence(action));
  }

  private static Optional<Finding> maxSize(PostFacts facts) {
    int limit = facts.list().settings().posting().maxSize();
    return limit > 0 && facts.size() > limit
        ? found(
            HOLD,
            "It has %,d octets, and the limit of this list is %,d.".formatted(facts.size(), limit))
        : Optional.empty();
  }

  /**
   * An answer of a machine to a person (RFC 3834 section 5): "I am on holiday". What a machine
   * wrote of its own accord ({@code auto-generated}) is not held: builds and backups are posts,
   * too.
   */
  private static Optional<Finding> autoReply(PostFacts facts) {
    return facts.header().autoSubmitted().map("auto-replied"::equals).orElse(false)
        ? found(HOLD, "It is an automatic reply (Auto-Submitted: auto-replied).")
        : Optional.empty();
  }

  private static boolean mayPost(Member member) {
    return member.roles().contains(MemberRole.MEMBER)
        || member.roles().contains(MemberRole.OWNER)
        || member.roles().contains(MemberRole.MODERATOR);
  }

  private static String sentence(PostAction action) {
    return switch (action) {
      case ACCEPT -> " accepted without further questions.";
      case DEFER -> " not moderated.";
      case HOLD -> " held for moderation.";
      case REJECT -> " rejected.";
      case DISCARD -> " discarded.";
    };
  }

  /** What speaks against a post is never a reason to take it unseen by the other rules. */
  private static Optional<Finding> against(PostAction action, String reason) {
    return action == PostAction.ACCEPT ? Optional.empty() : found(action, reason);
  }

  private static Optional<Finding> found(PostAction action, String reason) {
    return Optional.of(new Finding(action, reason));
  }

  private PostingRules() {}
}
