package org.milena.listexpander.posting;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.assertj.core.api.InstanceOfAssertFactories.list;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.milena.common.directory.Account;
import org.milena.common.directory.MailingList;
import org.milena.common.directory.Member;
import org.milena.common.directory.MemberRole;
import org.milena.common.event.AuthenticationEvidence;
import org.milena.common.event.AuthenticationEvidence.Arc;
import org.milena.common.event.AuthenticationEvidence.Dmarc;
import org.milena.common.event.AuthenticationEvidence.Iprev;
import org.milena.common.event.AuthenticationEvidence.Spf;
import org.milena.common.event.AuthenticationEvidence.Spf.Identity;
import org.milena.common.event.AuthenticationReport;
import org.milena.common.event.AuthenticationReport.Result;
import org.milena.common.event.Route;
import org.milena.common.event.ScanReport;
import org.milena.common.event.ScanReport.EngineReport;
import org.milena.common.event.ScanReport.Objection;
import org.milena.common.event.ScanReport.Passage;
import org.milena.common.event.ScanReport.Verdict;
import org.milena.common.event.Sentence;
import org.milena.common.event.SpamReport;
import org.milena.common.mail.MailAddress;
import org.milena.common.settings.ListSettings;
import org.milena.common.settings.PostAction;
import org.milena.listexpander.fake.Fixtures;
import org.milena.listexpander.incoming.ListMail;
import org.milena.listexpander.posting.Rule.Finding;

class PostingRulesTest {
  private static final String PLAIN = "From: Ann <ann@a.example>\nSubject: hi\n\nText\n";

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = ';',
      textBlock =
          """
          a member's post                       ; ann@a.example ; From: ann@a.example                         ; Accept
          a non-member's post                   ; eve@e.example ; From: eve@e.example                         ; Hold
          a member in another case              ; ann@a.example ; From: Ann@A.EXAMPLE                         ; Accept
          a member as envelope sender           ; ann@a.example ; From: work@w.example                        ; Accept
          a member as Sender                    ; x@e.example   ; From: x@e.example|Sender: ann@a.example     ; Accept
          one of two authors a member           ; x@e.example   ; From: x@e.example, ann@a.example            ; Accept
          a member's name on another address    ; eve@e.example ; From: "ann@a.example" <eve@e.example>       ; Hold
          an owner who is no member             ; own@a.example ; From: own@a.example                         ; Accept
          an empty return path                  ;               ; From: ann@a.example                         ; Discard
          two From fields                       ; ann@a.example ; From: ann@a.example|From: eve@e.example     ; Reject
          no From, member as envelope sender    ; ann@a.example ; Subject: hi                                 ; Accept
          an empty group as From                ; ann@a.example ; From: 'Nobody:                              ; Accept
          our List-Id                           ; ann@a.example ; From: ann@a.example|List-Id: U <users.lists.example.org> ; Discard
          our List-Post                         ; ann@a.example ; From: ann@a.example|List-Post: <mailto:users@lists.example.org> ; Discard
          our address in X-BeenThere            ; ann@a.example ; From: ann@a.example|x-beenthere: USERS@lists.example.org ; Discard
          another list's marks                  ; ann@a.example ; From: ann@a.example|List-Id: <dev.lists.example.org>|X-BeenThere: dev@lists.example.org ; Accept
          a vacation answer                     ; ann@a.example ; From: ann@a.example|Auto-Submitted: auto-replied (vacation) ; Hold
          a nightly build                       ; ann@a.example ; From: ann@a.example|Auto-Submitted: auto-generated ; Accept
          written by hand                       ; ann@a.example ; From: ann@a.example|Auto-Submitted: no      ; Accept
          held member                           ; bob@b.example ; From: bob@b.example                         ; Hold
          discarded non-member                  ; spam@s.example; From: spam@s.example                        ; Discard
          deferred non-member                   ; ok@o.example  ; From: ok@o.example                          ; Accept
          """)
  void decides(String what, String reversePath, String header, String decision) {
    assertThat(
            decide(
                    Fixtures.list(),
                    reversePath == null ? "" : reversePath,
                    header.replace("|", "\n") + "\n\nText\n")
                .getClass()
                .getSimpleName())
        .as(what)
        .isEqualTo(decision);
  }

  @ParameterizedTest
  @CsvSource({
    "ACCEPT,HOLD,Accept",
    "DEFER,HOLD,Accept",
    "HOLD,DEFER,Hold",
    "REJECT,DEFER,Reject",
    "DISCARD,DEFER,Discard"
  })
  void theListsActionForMembersIsTakenAtItsWord(
      PostAction members, PostAction others, String decision) {
    MailingList list = Fixtures.list(Fixtures.actions(members, others));
    assertThat(decide(list, "ann@a.example", PLAIN).getClass().getSimpleName()).isEqualTo(decision);
  }

  @Test
  void whatIsForMembersIsNotForThoseWhoRunTheList() {
    MailingList list = Fixtures.list(Fixtures.actions(PostAction.HOLD, PostAction.REJECT));
    assertThat(decide(list, "own@a.example", PLAIN.replace("ann@a", "own@a")))
        .isInstanceOf(PostingDecision.Accept.class);
  }

  @ParameterizedTest
  @CsvSource({"ACCEPT,Accept", "DEFER,Accept", "HOLD,Hold", "REJECT,Reject", "DISCARD,Discard"})
  void theListsActionForNonMembersIsTakenAtItsWord(PostAction others, String decision) {
    MailingList list = Fixtures.list(Fixtures.actions(PostAction.DEFER, others));
    assertThat(
            decide(list, "eve@e.example", PLAIN.replace("ann@a", "eve@e"))
                .getClass()
                .getSimpleName())
        .isEqualTo(decision);
  }

  /** Threat: posting in the name of a member. What is proven, who is named where, what is set. */
  @ParameterizedTest(name = "{0}, From {1}, Sender {2}, path {3}, unproven {4}")
  @CsvSource(
      textBlock =
          """
          # the member as author
          DMARC,      ann@a.example,  ,              ann@a.example, DEFER,   Accept
          DMARC,      ann@a.example,  ,              x@e.example,   HOLD,    Accept
          DMARC,      ann@a.example,  ,              ann@a.example, REJECT,  Accept
          ACCOUNT,    ann@a.example,  ,              ann@a.example, HOLD,    Accept
          NONE,       ann@a.example,  ,              ann@a.example, DEFER,   Accept
          NONE,       ann@a.example,  ,              ann@a.example, HOLD,    Hold
          NONE,       ann@a.example,  ,              ann@a.example, REJECT,  Reject
          NONE,       ann@a.example,  ,              ann@a.example, DISCARD, Discard
          TEMPERROR,  ann@a.example,  ,              ann@a.example, HOLD,    Hold
          SPF,        ann@a.example,  ,              ann@a.example, HOLD,    Hold
          SPF,        ann@a.example,  ,              ann@a.example, DEFER,   Accept
          NO_POLICY,  ann@a.example,  ,              ann@a.example, DEFER,   Accept
          NO_POLICY,  ann@a.example,  ,              ann@a.example, HOLD,    Hold
          QUARANTINE, ann@a.example,  ,              ann@a.example, DEFER,   Hold
          REJECT,     ann@a.example,  ,              ann@a.example, DEFER,   Hold
          # with t=y the scanner has taken the policy down by one step already
          TESTING_REJECT,     ann@a.example, ,       ann@a.example, DEFER,   Hold
          TESTING_QUARANTINE, ann@a.example, ,       ann@a.example, DEFER,   Accept
          # a stranger who proves his own address names the member elsewhere
          DMARC,      x@e.example,    ann@a.example, x@e.example,   DEFER,   Hold
          DMARC,      x@e.example,    ,              ann@a.example, DEFER,   Hold
          DMARC,      x@e.example,    ann@a.example, ann@a.example, HOLD,    Hold
          DMARC_SPF,  x@e.example,    ,              ann@a.example, DEFER,   Hold
          ACCOUNT,    x@e.example,    ann@a.example, ann@a.example, DEFER,   Hold
          # a stranger who proves nothing
          NONE,       x@e.example,    ann@a.example, x@e.example,   DEFER,   Accept
          NONE,       x@e.example,    ann@a.example, x@e.example,   REJECT,  Hold
          NONE,       x@e.example,    ,              ann@a.example, DEFER,   Accept
          NONE,       x@e.example,    ,              ann@a.example, REJECT,  Hold
          SPF_FAIL,   x@e.example,    ,              ann@a.example, DEFER,   Hold
          SPF,        x@e.example,    ,              ann@a.example, DEFER,   Accept
          SPF,        x@e.example,    ,              ann@a.example, REJECT,  Reject
          SPF,        x@e.example,    ,              ann@a.example, HOLD,    Hold
          SPF_HELO,   x@e.example,    ,              ann@a.example, REJECT,  Hold
          REJECT,     x@e.example,    ann@a.example, ann@a.example, DEFER,   Hold
          # others whom the list knows
          NONE,       own@a.example,  ,              own@a.example, HOLD,    Hold
          NONE,       ok@o.example,   ,              ok@o.example,  HOLD,    Hold
          NONE,       ok@o.example,   ,              ok@o.example,  DEFER,   Accept
          NONE,       spam@s.example, ,              spam@s.example, HOLD,   Discard
          REJECT,     spam@s.example, ,              spam@s.example, HOLD,   Discard
          """)
  void proofAndRoleDecideWhoMayPost(
      Evidence evidence,
      String from,
      @Nullable String sender,
      String reversePath,
      PostAction unproven,
      String decision) {
    MailingList list =
        Fixtures.list(Fixtures.authorship(unproven, PostAction.HOLD, PostAction.HOLD));
    String text = "From: " + from + (sender == null ? "" : "\nSender: " + sender) + "\n\nText\n";
    ListMail mail =
        Fixtures.mail(
            reversePath,
            Fixtures.addressed(text),
            new Route.ListPost(Fixtures.USERS_ID),
            evidence.report(from, reversePath),
            evidence == Evidence.ACCOUNT ? "own" : null);
    Optional<Account> submitter =
        evidence == Evidence.ACCOUNT ? Optional.of(account(from)) : Optional.empty();
    PostingDecision decided = PostingRules.decide(facts(mail, list, submitter));
    assertThat(decided.getClass().getSimpleName())
        .as(String.join(" ", decided.reasons()))
        .isEqualTo(decision);
  }

  @ParameterizedTest
  @CsvSource({"DEFER,Accept", "HOLD,Hold", "REJECT,Reject", "DISCARD,Discard", "ACCEPT,Accept"})
  void aDisownedAuthorMeetsTheListsAction(PostAction disowned, String decision) {
    MailingList list =
        Fixtures.list(Fixtures.authorship(PostAction.DEFER, disowned, PostAction.HOLD));
    ListMail mail =
        Fixtures.mail(
            "ann@a.example",
            Fixtures.addressed(PLAIN),
            new Route.ListPost(Fixtures.USERS_ID),
            Evidence.REJECT.report("ann@a.example", "ann@a.example"),
            null);
    PostingDecision decided = PostingRules.decide(facts(mail, list, Optional.empty()));
    assertThat(decided.getClass().getSimpleName()).isEqualTo(decision);
    if (!decision.equals("Accept")) {
      assertThat(decided.reasons())
          .first()
          .asString()
          .contains("a.example says that it is not from there (policy reject)");
    }
  }

  @Test
  void whatTheScannerWantsSeenIsHeldWhateverWouldAcceptIt() {
    MailingList accepting = Fixtures.list(Fixtures.actions(PostAction.ACCEPT, PostAction.ACCEPT));
    ScanReport encrypted =
        scan(
            Passage.HOLD,
            null,
            new EngineReport("builtin", "1", Verdict.CLEAN, "", null),
            new EngineReport(
                "builtin", "1", Verdict.POLICY, "a.zip is encrypted", Objection.ENCRYPTED));
    assertThat(decide(accepting, "ann@a.example", encrypted))
        .isInstanceOf(PostingDecision.Hold.class)
        .extracting(PostingDecision::hits, list(RuleHit.class))
        .extracting(RuleHit::rule, hit -> hit.reason().text())
        .containsExactly(
            tuple(
                "scan-passage",
                "The scanner wants a moderator to see it: builtin says a.zip is encrypted."),
            tuple("member", "Members of this list are accepted without further questions."));
    assertThat(decide(accepting, "ann@a.example", encrypted.releasedBy("admin")))
        .isInstanceOf(PostingDecision.Accept.class);
    assertThat(
            decide(
                Fixtures.list(Fixtures.actions(PostAction.REJECT, PostAction.HOLD)),
                "ann@a.example",
                encrypted))
        .as("nobody must look at what the list refuses anyway")
        .isInstanceOf(PostingDecision.Reject.class);
  }

  @ParameterizedTest
  @CsvSource({
    "HAM,PASS,DISCARD,Accept",
    "SUSPECT,PASS,DEFER,Accept",
    "SUSPECT,PASS,HOLD,Hold",
    "SUSPECT,PASS,REJECT,Reject",
    "SUSPECT,PASS,DISCARD,Discard",
    "SPAM,PASS,HOLD,Hold",
    "SPAM,PASS,DISCARD,Discard",
    "SPAM,HOLD,DEFER,Hold",
    "SPAM,HOLD,DISCARD,Hold"
  })
  void whatLooksLikeSpamMeetsTheListsAction(
      SpamReport.Level level, Passage passage, PostAction suspect, String decision) {
    MailingList list =
        Fixtures.list(Fixtures.authorship(PostAction.DEFER, PostAction.HOLD, suspect));
    SpamReport spam = new SpamReport(level, 7.25, 15, "add header", List.of("X"));
    PostingDecision decided = decide(list, "ann@a.example", scan(passage, spam));
    assertThat(decided.getClass().getSimpleName()).isEqualTo(decision);
    if (!decision.equals("Accept")) {
      assertThat(decided.reasons())
          .anyMatch(reason -> reason.contains("gives it 7.3 of 15.0 points (add header)"));
    }
  }

  @Test
  void wordsOfEnginesAreShortAndPlain() {
    EngineReport loud =
        new EngineReport(
            "cl\namd", "1", Verdict.POLICY, "x\u0000\u202Ey\r\nBcc: z" + "w".repeat(900), null);
    EngineReport[] many = new EngineReport[40];
    Arrays.fill(many, loud);
    String reason =
        decide(Fixtures.list(), "ann@a.example", scan(Passage.HOLD, null, many))
            .reasons()
            .getFirst();
    assertThat(reason).doesNotContainPattern("[\\p{Cntrl}\\p{Cf}]").contains("cl amd says x y Bcc");
    assertThat(reason).hasSizeLessThan(1_200);
  }

  @Test
  void wordsOfEnginesAreNotCutWithinACharacter() {
    for (int before = 195; before < 205; before++) {
      EngineReport engine =
          new EngineReport(
              "clamd", "1", Verdict.POLICY, "x".repeat(before) + "\ud83d\ude00".repeat(9), null);
      assertThat(
              decide(Fixtures.list(), "ann@a.example", scan(Passage.HOLD, null, engine))
                  .reasons()
                  .getFirst())
          .doesNotContainPattern("\\p{Cs}");
    }
  }

  private static PostingDecision decide(MailingList list, String author, ScanReport scan) {
    ListMail mail = Fixtures.post(author, "From: " + author + "\n\nText\n");
    return PostingRules.decide(
        facts(ListMail.of(mail.meta().withScan(scan), mail.message()), list, Optional.empty()));
  }

  private static ScanReport scan(
      Passage passage, @Nullable SpamReport spam, EngineReport... engines) {
    return new ScanReport(
        passage == Passage.PASS ? Verdict.CLEAN : Verdict.POLICY,
        List.of(engines),
        AuthenticationReport.NOT_CHECKED,
        Fixtures.NOW,
        null,
        spam,
        passage);
  }

  private static Account account(String address) {
    return new Account(
        "own", MailAddress.of(address), null, List.of(), List.of(), false, Fixtures.NOW);
  }

  /** What may be known of a mail's author and reverse-path. */
  enum Evidence {
    DMARC,
    /** The author is proven, and SPF passed for the reverse-path of another domain. */
    DMARC_SPF,
    ACCOUNT,
    NONE,
    TEMPERROR,
    SPF,
    /** SPF passed, but for the name in HELO. */
    SPF_HELO,
    SPF_FAIL,
    NO_POLICY,
    QUARANTINE,
    REJECT,
    /** The record says {@code p=reject; t=y}. */
    TESTING_REJECT,
    /** The record says {@code p=quarantine; t=y}. */
    TESTING_QUARANTINE;

    AuthenticationReport report(String from, String reversePath) {
      Result dmarc =
          switch (this) {
            case DMARC, DMARC_SPF -> Result.PASS;
            case TEMPERROR -> Result.TEMPERROR;
            case NO_POLICY, QUARANTINE, REJECT, TESTING_REJECT, TESTING_QUARANTINE -> Result.FAIL;
            case ACCOUNT, NONE, SPF, SPF_HELO, SPF_FAIL -> Result.NONE;
          };
      Dmarc.@Nullable Policy policy =
          switch (this) {
            case NO_POLICY, TESTING_QUARANTINE -> Dmarc.Policy.NONE;
            case QUARANTINE, TESTING_REJECT -> Dmarc.Policy.QUARANTINE;
            case REJECT -> Dmarc.Policy.REJECT;
            default -> null;
          };
      Result spf =
          switch (this) {
            case SPF, SPF_HELO, DMARC_SPF -> Result.PASS;
            case SPF_FAIL -> Result.FAIL;
            default -> Result.NONE;
          };
      boolean testing = this == TESTING_REJECT || this == TESTING_QUARANTINE;
      String author = MailAddress.of(from).domain();
      return new AuthenticationReport(
          spf,
          Result.NONE,
          dmarc,
          author,
          new AuthenticationEvidence(
              new Spf(
                  spf,
                  this == SPF_HELO ? Identity.HELO : Identity.MAIL_FROM,
                  MailAddress.of(reversePath).domain(),
                  ""),
              List.of(),
              new Dmarc(dmarc, author, author, policy, testing, List.of(), ""),
              new Arc(Result.NONE, 0, null, ""),
              new Iprev(Result.NONE, null)));
    }
  }

  @Test
  void acceptSkipsTheLaterRulesAndDeferDoesNot() {
    String big = PLAIN + "x".repeat(2_000);
    MailingList accepting =
        Fixtures.list(Fixtures.actions(PostAction.ACCEPT, PostAction.HOLD).with("maxSize", 1_000));
    assertThat(decide(accepting, "ann@a.example", big)).isInstanceOf(PostingDecision.Accept.class);
    assertThat(
            decide(
                Fixtures.list(ListSettings.DISCUSSION.with("maxSize", 1_000)),
                "ann@a.example",
                big))
        .isInstanceOf(PostingDecision.Hold.class);
  }

  @Test
  void aHeldPostHasEveryReason() {
    PostingDecision decision =
        decide(
            Fixtures.list(ListSettings.DISCUSSION.with("maxSize", 10)),
            "eve@e.example",
            "From: eve@e.example\nAuto-Submitted: auto-replied\n\nText\n");
    assertThat(decision).isInstanceOf(PostingDecision.Hold.class);
    assertThat(decision.reasons())
        .hasSize(3)
        .anyMatch(reason -> reason.contains("not a member"))
        .anyMatch(reason -> reason.contains("limit of this list"))
        .anyMatch(reason -> reason.contains("automatic reply"));
  }

  @Test
  void afterADecisionNoRuleIsAsked() {
    List<String> asked = new ArrayList<>();
    for (PostAction action : List.of(PostAction.ACCEPT, PostAction.REJECT, PostAction.DISCARD)) {
      asked.clear();
      List<Rule> rules =
          List.of(
              rule("silent", null, asked),
              rule("first", action, asked),
              rule("second", PostAction.HOLD, asked));
      assertThat(PostingRules.decide(rules, facts()).reasons()).containsExactly("first");
      assertThat(asked).containsExactly("silent", "first");
    }
  }

  @Test
  void afterAHoldTheRestIsAskedButCannotDecide() {
    List<String> asked = new ArrayList<>();
    List<Rule> rules =
        List.of(
            rule("first", PostAction.HOLD, asked),
            rule("deferring", PostAction.DEFER, asked),
            rule("second", PostAction.DISCARD, asked));
    PostingDecision decision = PostingRules.decide(rules, facts());
    assertThat(decision)
        .isEqualTo(
            new PostingDecision.Hold(List.of(hit("first"), hit("second")), List.of("deferring")));
    assertThat(asked).containsExactly("first", "deferring", "second");
  }

  @Test
  void rulesHaveNamesOfTheirOwn() {
    assertThat(PostingRules.RULES).extracting(Rule::name).doesNotHaveDuplicates();
  }

  private static RuleHit hit(String name) {
    return new RuleHit(name, Sentence.plain(name));
  }

  private static Rule rule(String name, @Nullable PostAction action, List<String> asked) {
    return Rule.of(
        name,
        _ -> {
          asked.add(name);
          return action == null
              ? Optional.empty()
              : Optional.of(new Finding(action, Sentence.plain(name)));
        });
  }

  private static PostFacts facts() {
    return facts(Fixtures.post("ann@a.example", PLAIN), Fixtures.list(), Optional.empty());
  }

  private static PostingDecision decide(MailingList list, String reversePath, String text) {
    return PostingRules.decide(facts(Fixtures.post(reversePath, text), list, Optional.empty()));
  }

  private static PostFacts facts(ListMail mail, MailingList list, Optional<Account> submitter) {
    return PostFacts.of(mail, list, submitter, new FakeSurroundings(members()), Approval.NONE);
  }

  private static Function<MailAddress, Optional<Member>> members() {
    Map<String, Member> all =
        Arrays.asList(
                Fixtures.member("ann@a.example"),
                Fixtures.member("bob@b.example", PostAction.HOLD, MemberRole.MEMBER),
                Fixtures.member("own@a.example", null, MemberRole.OWNER),
                Fixtures.member("spam@s.example", PostAction.DISCARD, MemberRole.NONMEMBER),
                Fixtures.member("ok@o.example", PostAction.DEFER, MemberRole.NONMEMBER))
            .stream()
            .collect(Collectors.toMap(member -> member.address().key(), member -> member));
    return address -> Optional.ofNullable(all.get(address.key()));
  }
}
