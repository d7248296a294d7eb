package org.milena.listexpander.posting;

import static org.assertj.core.api.Assertions.assertThat;
import static org.milena.listexpander.posting.RuleSamples.ANN;
import static org.milena.listexpander.posting.RuleSamples.EVE;
import static org.milena.listexpander.posting.RuleSamples.USUAL;
import static org.milena.listexpander.posting.RuleSamples.decide;
import static org.milena.listexpander.posting.RuleSamples.rules;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.milena.common.directory.MailingList;
import org.milena.common.directory.Member;
import org.milena.common.directory.MemberOptions;
import org.milena.common.event.SeenPost;
import org.milena.common.pattern.AddressPatterns.OtherLists;
import org.milena.listexpander.fake.Fixtures;

/** All rules in Mailman's order. */
class RuleChainTest {
  /** Mailman's chain, and where each of its rules is here. */
  private static final Map<String, String> MAILMAN =
      Map.ofEntries(
          Map.entry("no-senders", "no-sender"),
          Map.entry("approved", "approved"),
          Map.entry("emergency", "emergency"),
          Map.entry("loop", "loop"),
          Map.entry("banned-address", "banned"),
          Map.entry("member-moderation", "member"),
          Map.entry("header-match", "header-filter"),
          Map.entry("nonmember-moderation", "non-member"),
          Map.entry("administrivia", "administrivia"),
          Map.entry("implicit-dest", "implicit-destination"),
          Map.entry("max-recipients", "max-recipients"),
          Map.entry("max-size", "max-size"),
          Map.entry("no-subject", "no-subject"),
          Map.entry("digests", "digest-reply"));

  private static final List<String> ORDER =
      List.of(
          "no-senders",
          "approved",
          "emergency",
          "loop",
          "banned-address",
          "member-moderation",
          "header-match",
          "nonmember-moderation",
          "administrivia",
          "implicit-dest",
          "max-recipients",
          "max-size",
          "no-subject",
          "digests");

  @Test
  void followsMailmansOrder() {
    List<String> ours = PostingRules.RULES.stream().map(Rule::name).toList();
    assertThat(ours).doesNotHaveDuplicates();
    assertThat(ours).containsSubsequence(ORDER.stream().map(MAILMAN::get).toList());
    assertThat(ours)
        .as("nothing that accepts stands before what the scanner wants seen, but for approval")
        .containsSubsequence("banned", "unwanted", "scan-passage", "spam", "member");
  }

  @Test
  void everyRuleIsAHitOrAMissOfAHeldPost() {
    PostingDecision decision = decide(Fixtures.list(), EVE);
    List<String> all = new ArrayList<>(decision.hits().stream().map(RuleHit::rule).toList());
    all.addAll(decision.misses());
    assertThat(all)
        .containsExactlyInAnyOrderElementsOf(PostingRules.RULES.stream().map(Rule::name).toList());
    assertThat(decision.hits()).extracting(RuleHit::rule).containsExactly("non-member");
  }

  @Test
  void aHeldPostHasTheHitsOfAllRules() {
    MailingList list =
        Fixtures.list(
            USUAL
                .with("maxSize", 10)
                .with("maxRecipients", 2)
                .with("holdNonMembers", List.of("^.*@e\\.example")));
    PostingDecision decision =
        decide(
            list,
            "From: eve@e.example\nTo: x@x.example, y@y.example\nSubject: \n\n\n\nunsubscribe\n");
    assertThat(decision).isInstanceOf(PostingDecision.Hold.class);
    assertThat(decision.hits())
        .extracting(RuleHit::rule)
        .containsExactly(
            "non-member",
            "administrivia",
            "implicit-destination",
            "max-recipients",
            "max-size",
            "no-subject");
  }

  @Test
  void aNewMembersPostsAndTooManyAreHeld() {
    Member fresh = Fixtures.member("ann@a.example").with(MemberOptions.DEFAULT.withProbation(2));
    FakeSurroundings around =
        new FakeSurroundings(
            address -> Optional.of(fresh).filter(_ -> address.domain().equals("a.example")),
            List.of(),
            List.of(),
            OtherLists.NONE,
            Optional.of(new SeenPost(Fixtures.newId(), Fixtures.NOW)),
            5);
    MailingList list = Fixtures.list(USUAL.with("postsPerHour", 5).with("threadPostsPerHour", 5));
    assertThat(rules(decide(list, ANN, around)))
        .containsExactlyInAnyOrder(
            "duplicate-message-id", "probation", "sender-rate", "thread-rate");
    assertThat(rules(decide(list.with(USUAL.with("postsPerHour", 6)), ANN, around)))
        .containsExactlyInAnyOrder("duplicate-message-id", "probation");
  }

  @Test
  void manyNamesAreHeldAndTheFirstAreLookedAt() {
    StringBuilder from = new StringBuilder("From: ann@a.example");
    for (int i = 0; i < 3_000; i++) {
      from.append(", a").append(i).append("@x.example");
    }
    assertThat(rules(decide(Fixtures.list(), from + "\n\nText\n"))).containsExactly("many-authors");
  }
}
