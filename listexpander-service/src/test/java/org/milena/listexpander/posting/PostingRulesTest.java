package org.milena.listexpander.posting;

import static org.assertj.core.api.Assertions.assertThat;

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
import org.milena.common.directory.ListSettings;
import org.milena.common.directory.MailingList;
import org.milena.common.directory.Member;
import org.milena.common.directory.MemberRole;
import org.milena.common.directory.PostAction;
import org.milena.common.mail.MailAddress;
import org.milena.listexpander.fake.Fixtures;
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

  @Test
  void acceptSkipsTheLaterRulesAndDeferDoesNot() {
    String big = PLAIN + "x".repeat(2_000);
    MailingList accepting =
        Fixtures.list(withSize(Fixtures.actions(PostAction.ACCEPT, PostAction.HOLD), 1_000));
    assertThat(decide(accepting, "ann@a.example", big)).isInstanceOf(PostingDecision.Accept.class);
    assertThat(decide(Fixtures.list(Fixtures.maxSize(1_000)), "ann@a.example", big))
        .isInstanceOf(PostingDecision.Hold.class);
  }

  @Test
  void aHeldPostHasEveryReason() {
    PostingDecision decision =
        decide(
            Fixtures.list(Fixtures.maxSize(10)),
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
    assertThat(decision).isEqualTo(new PostingDecision.Hold(List.of("first", "second")));
    assertThat(asked).containsExactly("first", "deferring", "second");
  }

  @Test
  void rulesHaveNamesOfTheirOwn() {
    assertThat(PostingRules.RULES).extracting(Rule::name).doesNotHaveDuplicates();
  }

  private static Rule rule(String name, @Nullable PostAction action, List<String> asked) {
    return new Rule(
        name,
        _ -> {
          asked.add(name);
          return action == null ? Optional.empty() : Optional.of(new Finding(action, name));
        });
  }

  private static PostFacts facts() {
    return PostFacts.of(Fixtures.post("ann@a.example", PLAIN), Fixtures.list(), members());
  }

  private static PostingDecision decide(MailingList list, String reversePath, String text) {
    return PostingRules.decide(PostFacts.of(Fixtures.post(reversePath, text), list, members()));
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

  private static ListSettings withSize(ListSettings settings, int octets) {
    return new ListSettings(
        settings.subscribePolicy(),
        settings.nonMemberAction(),
        settings.memberAction(),
        settings.archiveAccess(),
        settings.archived(),
        octets,
        settings.verp(),
        PostAction.DEFER,
        PostAction.HOLD,
        PostAction.HOLD,
        null);
  }
}
