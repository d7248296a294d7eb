package org.milena.listexpander.posting;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.milena.common.directory.MailDomain;
import org.milena.common.directory.MailingList;
import org.milena.common.directory.MailingList.FormerAddress;
import org.milena.common.directory.Member;
import org.milena.common.directory.MemberRole;
import org.milena.common.mail.MailAddress;
import org.milena.common.pattern.AddressPatterns.OtherLists;
import org.milena.common.settings.HeaderFilter;
import org.milena.common.settings.ListSettings;
import org.milena.listexpander.fake.Fixtures;

/** Posts to a list, and what the rules say of them. */
final class RuleSamples {
  static final ListSettings USUAL = ListSettings.DISCUSSION;
  static final String ANN = "From: ann@a.example\n\nText\n";
  static final String EVE = "From: eve@e.example\n\nText\n";

  static Set<String> rules(PostingDecision decision) {
    return Set.copyOf(decision.hits().stream().map(RuleHit::rule).toList());
  }

  static MailingList renamed() {
    MailingList list = Fixtures.list();
    return new MailingList(
        list.id(),
        list.address(),
        list.displayName(),
        list.description(),
        list.settings(),
        list.createdAt(),
        2,
        List.of(new FormerAddress(MailAddress.of("old@lists.example.org"), Fixtures.NOW)),
        null,
        null);
  }

  static MailDomain domain(String name, List<String> bans, List<HeaderFilter> filters) {
    return new MailDomain(name, "", Set.of(), bans, filters);
  }

  static FakeSurroundings around(MailDomain... domains) {
    return new FakeSurroundings(
        RuleSamples::member,
        Arrays.asList(domains),
        List.of(),
        OtherLists.NONE,
        Optional.empty(),
        0);
  }

  static Optional<Member> member(MailAddress address) {
    return address.key().equals("ann@a.example")
        ? Optional.of(Fixtures.member("ann@a.example", null, MemberRole.MEMBER))
        : Optional.empty();
  }

  static PostingDecision decide(MailingList list, String text) {
    return decide(list, text, new FakeSurroundings(RuleSamples::member));
  }

  static PostingDecision decide(MailingList list, String text, Surroundings around) {
    return PostingRules.decide(facts(list, text, around, Approval.NONE));
  }

  static PostFacts facts(MailingList list, String text, Surroundings around, Approval approval) {
    return PostFacts.of(
        Fixtures.post("x@x.example", text), list, Optional.empty(), around, approval);
  }

  private RuleSamples() {}
}
