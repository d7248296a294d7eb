package org.milena.listexpander.posting;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.milena.common.directory.MailDomain;
import org.milena.common.directory.MailingList;
import org.milena.common.directory.MailingList.FormerAddress;
import org.milena.common.directory.Member;
import org.milena.common.directory.MemberOptions;
import org.milena.common.directory.MemberRole;
import org.milena.common.event.SeenPost;
import org.milena.common.event.ThreadLock;
import org.milena.common.mail.MailAddress;
import org.milena.common.pattern.AddressPatterns.OtherLists;
import org.milena.common.settings.HeaderFilter;
import org.milena.common.settings.ListSettings;
import org.milena.common.settings.PostAction;
import org.milena.listexpander.fake.Fixtures;

/** Each rule by itself, and all of them in Mailman's order. */
class RuleChainTest {
  private static final ListSettings USUAL = ListSettings.DISCUSSION;
  private static final String ANN = "From: ann@a.example\n\nText\n";
  private static final String EVE = "From: eve@e.example\n\nText\n";

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
  void emergencyHoldsEveryPostButAnApprovedOne() {
    MailingList list =
        Fixtures.list(
            Fixtures.actions(PostAction.ACCEPT, PostAction.DISCARD).with("emergency", true));
    assertThat(decide(list, ANN)).isInstanceOf(PostingDecision.Hold.class);
    assertThat(decide(list, EVE)).isInstanceOf(PostingDecision.Hold.class);
    assertThat(
            PostingRules.decide(
                facts(list, EVE, new FakeSurroundings(RuleChainTest::member), Approval.RIGHT)))
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
                new FakeSurroundings(RuleChainTest::member),
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
              RuleChainTest::member,
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

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      textBlock =
          """
          To: users@lists.example.org           ; true
          Cc: x@x.example, Users@lists.example.org ; true
          To: "users@lists.example.org" <x@x.example> ; false
          Resent-To: users@lists.example.org    ; true
          Resent-Cc: users@lists.example.org    ; true
          To: old@lists.example.org             ; true
          To: all@example.org                   ; true
          To: team-7@example.org                ; true
          To: everybody@lists.example.org       ; true
          'To: undisclosed-recipients:;'        ; false
          Bcc: users@lists.example.org          ; false
          """)
  void aPostThatDoesNotNameTheListIsHeld(String field, boolean names) {
    MailingList list =
        renamed()
            .with(
                USUAL.with(
                    "acceptableAliases", List.of("all@example.org", "^team-\\d+@example\\.org")));
    FakeSurroundings around =
        new FakeSurroundings(
            RuleChainTest::member,
            List.of(),
            List.of(),
            (parent, child) ->
                parent.localPart().equals("everybody") && child.equals(Fixtures.USERS),
            Optional.empty(),
            0);
    String to = field.startsWith("To:") ? "" : "To: x@x.example\n";
    assertThat(rules(decide(list, to + field + "\n" + ANN, around)))
        .isEqualTo(names ? Set.of() : Set.of("implicit-destination"));
  }

  @Test
  void recipientsAreCountedInToAndCc() {
    MailingList list = Fixtures.list(USUAL.with("maxRecipients", 3));
    String two = "To: users@lists.example.org\nCc: a@a.example\nReply-To: b@b.example\n";
    assertThat(rules(decide(list, two + ANN))).isEmpty();
    assertThat(rules(decide(list, two + "Cc: c@c.example\n" + ANN)))
        .containsExactly("max-recipients");
    assertThat(rules(decide(Fixtures.list(USUAL.with("maxRecipients", 0)), two + two + ANN)))
        .isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      textBlock =
          """
          Re: Users Digest, Vol 12, Issue 3 ;  ; true
          Users Digest, Volume 12, Issue 3  ;  ; true
          The Digest, Vol 12, Issue 3 of May;  ; false
          Users Digest, Vol 12, Issue 3 (partial)   ;  ; true
          AW: Users Sammelmail, Band 12, Ausgabe 3  ;  ; true
          hi ; > Send posts for the mailing list Users to|> To join or leave on the web, go to|> The people who run the list are at|> Today's Topics: ; true
          hi ; > Send Users mailing list submissions to|> To subscribe or unsubscribe via email, send|> You can reach the person managing the list at|> Today's Topics: ; true
          hi ; Today's Topics:|Today's Topics:|Today's Topics:|Today's Topics: ; false
          hi ; Today's Topics:|You can reach the person managing the list at ; false
          """)
  void answersToDigestsAreHeld(String subject, String text, boolean held) {
    String mail =
        "From: ann@a.example\nSubject: "
            + subject
            + "\n\n"
            + (text == null ? "" : text.replace("|", "\n"))
            + "\n";
    assertThat(rules(decide(Fixtures.list(), mail)))
        .isEqualTo(held ? Set.of("digest-reply") : Set.of());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      textBlock =
          """
          In-Reply-To: <root@x>                       ; true
          References: <root@x> <b@x>                  ; true
          References: <a@x> <b@x>                     ; false
          Subject: Re: [users] Pay RISE               ; true
          Subject: AW: Re: Pay rise                   ; true
          Subject: Pay rise                           ; false
          Subject: Re: Pay rises                      ; false
          """)
  void aClosedThreadTakesNoPosts(String field, boolean closed) {
    for (boolean rejects : List.of(true, false)) {
      ThreadLock lock =
          new ThreadLock(
              Fixtures.USERS_ID, "root@x", "Pay rise", rejects, "own", Fixtures.NOW, null);
      FakeSurroundings around =
          new FakeSurroundings(
              RuleChainTest::member,
              List.of(),
              List.of(lock),
              OtherLists.NONE,
              Optional.empty(),
              0);
      PostingDecision decision = decide(Fixtures.list(), field + "\n" + ANN, around);
      assertThat(decision.getClass().getSimpleName())
          .isEqualTo(closed ? rejects ? "Reject" : "Hold" : "Accept");
    }
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

  private static Set<String> rules(PostingDecision decision) {
    return Set.copyOf(decision.hits().stream().map(RuleHit::rule).toList());
  }

  private static MailingList renamed() {
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

  private static MailDomain domain(String name, List<String> bans, List<HeaderFilter> filters) {
    return new MailDomain(name, "", Set.of(), bans, filters);
  }

  private static List<String> some(String pattern) {
    return pattern == null ? List.of() : List.of(pattern);
  }

  private static FakeSurroundings around(MailDomain... domains) {
    return new FakeSurroundings(
        RuleChainTest::member,
        Arrays.asList(domains),
        List.of(),
        OtherLists.NONE,
        Optional.empty(),
        0);
  }

  private static Optional<Member> member(MailAddress address) {
    return address.key().equals("ann@a.example")
        ? Optional.of(Fixtures.member("ann@a.example", null, MemberRole.MEMBER))
        : Optional.empty();
  }

  private static PostingDecision decide(MailingList list, String text) {
    return decide(list, text, new FakeSurroundings(RuleChainTest::member));
  }

  private static PostingDecision decide(MailingList list, String text, Surroundings around) {
    return PostingRules.decide(facts(list, text, around, Approval.NONE));
  }

  private static PostFacts facts(
      MailingList list, String text, Surroundings around, Approval approval) {
    return PostFacts.of(
        Fixtures.post("x@x.example", text), list, Optional.empty(), around, approval);
  }
}
