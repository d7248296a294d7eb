package org.milena.listexpander.posting;

import static org.assertj.core.api.Assertions.assertThat;
import static org.milena.listexpander.posting.RuleSamples.ANN;
import static org.milena.listexpander.posting.RuleSamples.EVE;
import static org.milena.listexpander.posting.RuleSamples.USUAL;
import static org.milena.listexpander.posting.RuleSamples.around;
import static org.milena.listexpander.posting.RuleSamples.decide;
import static org.milena.listexpander.posting.RuleSamples.domain;
import static org.milena.listexpander.posting.RuleSamples.facts;
import static org.milena.listexpander.posting.RuleSamples.renamed;
import static org.milena.listexpander.posting.RuleSamples.rules;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.milena.common.directory.MailDomain;
import org.milena.common.directory.MailingList;
import org.milena.common.settings.HeaderFilter;
import org.milena.common.settings.PostAction;
import org.milena.listexpander.fake.Fixtures;

/** Rules about who sends: bans, filters of headers, members and others. */
class SenderRulesTest {
  @Test
  void emergencyHoldsEveryPostButAnApprovedOne() {
    MailingList list =
        Fixtures.list(
            Fixtures.actions(PostAction.ACCEPT, PostAction.DISCARD).with("emergency", true));
    assertThat(decide(list, ANN)).isInstanceOf(PostingDecision.Hold.class);
    assertThat(decide(list, EVE)).isInstanceOf(PostingDecision.Hold.class);
    assertThat(
            PostingRules.decide(
                facts(list, EVE, new FakeSurroundings(RuleSamples::member), Approval.RIGHT)))
        .isInstanceOf(PostingDecision.Accept.class);
  }

  @ParameterizedTest
  @CsvSource({"NONE,Hold", "RIGHT,Accept", "WRONG,Hold", "UNCHECKED,Hold"})
  void aPasswordIsWorthWhatItIs(Approval approval, String decision) {
    PostingDecision decided =
        PostingRules.decide(
            facts(
                Fixtures.list(),
                EVE.replace("Text", "Approved: secret"),
                new FakeSurroundings(RuleSamples::member),
                approval));
    assertThat(decided.getClass().getSimpleName()).isEqualTo(decision);
    assertThat(decided.reasons()).noneMatch(reason -> reason.contains("secret"));
    assertThat(decided.hits().stream().anyMatch(hit -> hit.rule().equals("wrong-approval")))
        .isEqualTo(approval == Approval.WRONG || approval == Approval.UNCHECKED);
  }

  @ParameterizedTest
  @CsvSource({
    "List-Id: <users.lists.example.org>",
    "List-Post: <mailto:users@lists.example.org>",
    "X-BeenThere: users@lists.example.org",
    "X-Loop: Users@Lists.Example.Org",
    "X-Loop: old@lists.example.org"
  })
  void whatWasHereBeforeIsDiscarded(String mark) {
    assertThat(decide(renamed(), mark + "\n" + ANN)).isInstanceOf(PostingDecision.Discard.class);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      textBlock =
          """
          ann@a.example     ;                    ;             ; From: ann@a.example
          ^ann@.*           ;                    ;             ; From: ann@a.example
                            ; ^.*@a\\.example    ;             ; From: ann@a.example
                            ;                    ; A@b.example ; From: ann@a.example|Sender: a@b.example
          """)
  void whoIsBannedFromListDomainOrSiteIsDiscarded(
      String list, String domain, String site, String header) {
    MailingList with =
        Fixtures.list(
            Fixtures.actions(PostAction.ACCEPT, PostAction.ACCEPT).with("bans", some(list)));
    PostingDecision decision =
        decide(
            with,
            header.replace("|", "\n") + "\n\nText\n",
            around(
                domain(MailDomain.SITE, some(site), List.of()),
                domain("lists.example.org", some(domain), List.of())));
    assertThat(decision).isInstanceOf(PostingDecision.Discard.class);
    assertThat(decision.hits()).extracting(RuleHit::rule).containsExactly("banned");
  }

  @ParameterizedTest
  @CsvSource({
    "ACCEPT, HOLD,   Accept",
    "HOLD,   ACCEPT, Hold",
    "REJECT, HOLD,   Reject",
    "DISCARD,ACCEPT, Discard",
    "DEFER,  ACCEPT, Accept",
    "DEFER,  REJECT, Reject",
    "ACCEPT, REJECT, Accept"
  })
  void filtersOfHeadersComeBeforeTheRuleForNonMembers(
      PostAction filter, PostAction others, String decision) {
    MailingList list =
        Fixtures.list(
            Fixtures.actions(PostAction.DEFER, others)
                .with("headerFilters", List.of(new HeaderFilter("X-Tag", "^a", filter))));
    assertThat(decide(list, "X-Tag: ABC\n" + EVE).getClass().getSimpleName()).isEqualTo(decision);
  }

  @Test
  void filtersOfTheSiteComeBeforeThoseOfDomainAndList() {
    List<HeaderFilter> accept = List.of(new HeaderFilter("X", "1", PostAction.ACCEPT));
    List<HeaderFilter> reject = List.of(new HeaderFilter("X", "1", PostAction.REJECT));
    List<HeaderFilter> discard = List.of(new HeaderFilter("X", "1", PostAction.DISCARD));
    MailingList list = Fixtures.list(USUAL.with("headerFilters", accept));
    MailDomain domain = domain("lists.example.org", List.of(), reject);
    MailDomain site = domain(MailDomain.SITE, List.of(), discard);
    String text = "X: 1\n" + ANN;
    assertThat(decide(list, text, around(site, domain)))
        .isInstanceOf(PostingDecision.Discard.class);
    assertThat(decide(list, text, around(domain))).isInstanceOf(PostingDecision.Reject.class);
    assertThat(decide(list, text, around())).isInstanceOf(PostingDecision.Accept.class);
  }

  @Test
  void filtersLookIntoTheHeadersOfParts() {
    MailingList list =
        Fixtures.list(
            USUAL.with(
                "headerFilters",
                List.of(
                    new HeaderFilter("Content-Type", "x-evil", PostAction.HOLD),
                    new HeaderFilter("content-disposition", "\\.exe", PostAction.HOLD))));
    PostingDecision decision =
        decide(
            list,
            """
            From: ann@a.example
            Content-Type: multipart/mixed; boundary=b

            --b

            Text
            --b
            Content-Type: application/x-evil
            Content-Disposition: attachment; filename=a.EXE

            x
            --b--
            """);
    assertThat(decision).isInstanceOf(PostingDecision.Hold.class);
    assertThat(decision.hits()).extracting(RuleHit::rule).containsOnly("header-filter").hasSize(2);
  }

  @ParameterizedTest
  @CsvSource({
    "acceptNonMembers, DISCARD, Accept",
    "holdNonMembers,   ACCEPT,  Hold",
    "rejectNonMembers, ACCEPT,  Reject",
    "discardNonMembers,ACCEPT,  Discard"
  })
  void listsOfNonMembersGoBeforeTheDefault(String setting, PostAction others, String decision) {
    for (String pattern : List.of("eve@e.example", "^.*@e\\.example", "@dev@lists.example.org")) {
      MailingList list =
          Fixtures.list(Fixtures.actions(PostAction.DEFER, others).with(setting, List.of(pattern)));
      FakeSurroundings around =
          new FakeSurroundings(
              RuleSamples::member,
              List.of(),
              List.of(),
              (dev, who) -> dev.localPart().equals("dev") && who.domain().equals("e.example"),
              Optional.empty(),
              0);
      assertThat(decide(list, EVE, around).getClass().getSimpleName())
          .as(pattern)
          .isEqualTo(decision);
    }
  }

  @Test
  void toAcceptANonMemberByPatternIsToDefer() {
    MailingList list =
        Fixtures.list(USUAL.with("acceptNonMembers", List.of("eve@e.example")).with("maxSize", 10));
    assertThat(decide(list, EVE)).isInstanceOf(PostingDecision.Hold.class);
    MailingList careful =
        Fixtures.list(
            USUAL
                .with("acceptNonMembers", List.of("eve@e.example"))
                .with("unprovenAction", PostAction.REJECT));
    assertThat(decide(careful, EVE))
        .as("a name that lets in must be proven like a member's")
        .isInstanceOf(PostingDecision.Reject.class);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      textBlock =
          """
          confirm 1234                 ; true
          confirm                      ; false
          confirm 1 2                  ; false
          HELP                         ; true
          help me                      ; false
          info                         ; true
          lists                        ; true
          options                      ; true
          password a                   ; false
          password a b                 ; true
          remove                       ; true
          remove me                    ; false
          set a b                      ; false
          set a b c                    ; true
          subscribe                    ; true
          Subscribe a b c              ; true
          subscribe to our newsletter please ; false
          unsubscribe                  ; true
          unsubscribe ann@a.example    ; true
          unsubscribe me please        ; false
          who                          ; true
          who a b                      ; true
          who a b c                    ; false
          who is coming on Thursday?   ; false
          """)
  void commandsToTheListManagerAreHeld(String line, boolean command) {
    assertThat(ContentRules.isCommand(line)).isEqualTo(command);
    MailingList list = Fixtures.list();
    assertThat(rules(decide(list, "From: ann@a.example\nSubject: " + line + "\n\nText\n")))
        .isEqualTo(command ? Set.of("administrivia") : Set.of());
    assertThat(rules(decide(list, "From: ann@a.example\n\n\nHello\n\n" + line + "\n")))
        .isEqualTo(command ? Set.of("administrivia") : Set.of());
    assertThat(rules(decide(list, "From: ann@a.example\n\n" + "x\n\n".repeat(10) + line + "\n")))
        .as("the eleventh line")
        .isEmpty();
  }

  private static List<String> some(String pattern) {
    return pattern == null ? List.of() : List.of(pattern);
  }
}
