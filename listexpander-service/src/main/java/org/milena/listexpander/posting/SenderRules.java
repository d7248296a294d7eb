package org.milena.listexpander.posting;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.milena.common.directory.Authorship;
import org.milena.common.directory.MailDomain;
import org.milena.common.directory.Member;
import org.milena.common.directory.MemberRole;
import org.milena.common.event.Sentence;
import org.milena.common.header.OneLine;
import org.milena.common.mail.MailAddress;
import org.milena.common.pattern.AddressPatterns;
import org.milena.common.pattern.HeaderPatterns;
import org.milena.common.settings.HeaderFilter;
import org.milena.common.settings.PostAction;
import org.milena.common.settings.PostingSettings;
import org.milena.listexpander.posting.Rule.Finding;
import org.milena.listexpander.sentence.Phrase;

/** Who speaks, and whether he may. */
final class SenderRules {
  private static final int MAX_NAME = 60;

  /**
   * Who speaks may not post here at all: what the rules for members, filters and others would make
   * of it, one after the other, is a refusal. Asked before the rules that hold, so that nobody must
   * look at what the list refuses anyway.
   */
  static Optional<Finding> unwanted(PostFacts facts) {
    return Stream.of(
            member(facts).stream(), headerFilters(facts).stream(), nonMember(facts).stream())
        .flatMap(findings -> findings)
        .filter(finding -> finding.action() != PostAction.DEFER)
        .findFirst()
        .filter(Finding::refuses);
  }

  /**
   * It would be let in because of a name it bears, and nothing proves that its author sent it. Who
   * may speak at all is decided in {@link PostFacts#of}.
   */
  static Optional<Finding> unprovenAuthor(PostFacts facts) {
    if (facts.authorship() instanceof Authorship.Proven) {
      return Optional.empty();
    }
    return privileged(facts)
        .flatMap(address -> {
          PostAction action = facts.list().settings().posting().unprovenAction();
          return Finding.against(
              action,
              Phrase.UNPROVEN_AUTHOR.say(
                  address, Words.of(facts.authorship()), Finding.done(action)));
        });
  }

  /** For whom the list makes it easier than for a stranger. */
  private static Optional<MailAddress> privileged(PostFacts facts) {
    return speaker(facts)
        .or(() ->
            entries(facts)
                .filter(entry -> entry.action() != null)
                .findFirst()
                .filter(entry ->
                    entry.action() == PostAction.ACCEPT || entry.action() == PostAction.DEFER))
        .map(Member::address)
        .or(() -> named(facts, facts.list().settings().posting().acceptNonMembers()));
  }

  private static Optional<Member> speaker(PostFacts facts) {
    return entries(facts).filter(SenderRules::mayPost).findFirst();
  }

  /** The entries of those who speak. */
  private static Stream<Member> entries(PostFacts facts) {
    return facts.speakers().flatMap(claimant -> claimant.entry().stream());
  }

  /**
   * The first address that is a member speaks; its own action goes before the list's, which is not
   * meant for those who run it.
   */
  static Optional<Finding> member(PostFacts facts) {
    return speaker(facts)
        .map(member -> {
          PostAction own = member.action();
          if (own != null) {
            return new Finding(
                own, Phrase.MEMBER_HAS_ACTION.say(member.address(), Finding.done(own)));
          }
          if (isStaff(member)) {
            return new Finding(PostAction.DEFER, Phrase.STAFF.say(Finding.done(PostAction.DEFER)));
          }
          PostAction action = facts.list().settings().posting().memberAction();
          return new Finding(action, Phrase.MEMBERS.say(Finding.done(action)));
        });
  }

  /** Filters of the site, of the domain and of the list, in this order. */
  static List<Finding> headerFilters(PostFacts facts) {
    List<Finding> found = new ArrayList<>();
    for (MailDomain domain : facts.around().domains()) {
      found.addAll(headerFilters(facts, domain.headerFilters(), OriginRules.whose(domain)));
    }
    found.addAll(
        headerFilters(
            facts, facts.list().settings().posting().headerFilters(), Phrase.OF_LIST.say()));
    return found;
  }

  /** Patterns are not shown: the author reads the reason of a rejected post, too. */
  private static List<Finding> headerFilters(
      PostFacts facts, List<HeaderFilter> filters, Sentence whose) {
    return filters.isEmpty()
        ? List.of()
        : HeaderPatterns.of(filters).hits(facts.content().fields()).stream()
            .map(filter ->
                new Finding(
                    filter.action(),
                    Phrase.HEADER_FILTER.say(
                        OneLine.of(filter.header(), MAX_NAME),
                        whose,
                        Finding.done(filter.action()))))
            .toList();
  }

  /**
   * Nobody in whose name it comes is a member. A known non-member may have an own action; then the
   * patterns of the list are asked, those that let in first; else it is as for all others.
   */
  static Optional<Finding> nonMember(PostFacts facts) {
    List<Member> known = entries(facts).toList();
    if (known.stream().anyMatch(SenderRules::mayPost)) {
      return Optional.empty();
    }
    for (Member entry : known) {
      PostAction own = entry.action();
      if (own != null) {
        return Finding.of(
            own, Phrase.NON_MEMBER_HAS_ACTION.say(entry.address(), Finding.done(own)));
      }
    }
    PostingSettings posting = facts.list().settings().posting();
    return matched(facts, posting.acceptNonMembers(), PostAction.DEFER)
        .or(() -> matched(facts, posting.holdNonMembers(), PostAction.HOLD))
        .or(() -> matched(facts, posting.rejectNonMembers(), PostAction.REJECT))
        .or(() -> matched(facts, posting.discardNonMembers(), PostAction.DISCARD))
        .or(() -> {
          PostAction action = posting.nonMemberAction();
          MailAddress who = facts.claimants().getFirst().address();
          return Finding.of(action, Phrase.NON_MEMBERS.say(who, Finding.done(action)));
        });
  }

  private static Optional<Finding> matched(
      PostFacts facts, List<String> patterns, PostAction action) {
    return named(facts, patterns)
        .flatMap(address ->
            Finding.of(action, Phrase.NON_MEMBER_ON_LIST.say(address, Finding.done(action))));
  }

  /** The first of those who speak that one of the patterns means. */
  private static Optional<MailAddress> named(PostFacts facts, List<String> patterns) {
    if (patterns.isEmpty()) {
      return Optional.empty();
    }
    AddressPatterns compiled = AddressPatterns.of(patterns);
    return facts
        .speakers()
        .limit(OriginRules.MAX_NAMES)
        .map(Claimant::address)
        .filter(address -> compiled.match(address, facts.around()).isPresent())
        .findFirst();
  }

  /** Whether this one is more than a known stranger. */
  static boolean mayPost(Member member) {
    return member.roles().contains(MemberRole.MEMBER) || isStaff(member);
  }

  private static boolean isStaff(Member member) {
    return member.roles().contains(MemberRole.OWNER)
        || member.roles().contains(MemberRole.MODERATOR);
  }

  private SenderRules() {}
}
