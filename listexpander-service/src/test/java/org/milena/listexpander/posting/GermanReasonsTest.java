package org.milena.listexpander.posting;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;
import static org.milena.listexpander.posting.RuleSamples.ANN;
import static org.milena.listexpander.posting.RuleSamples.EVE;
import static org.milena.listexpander.posting.RuleSamples.USUAL;

import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.milena.common.directory.Authorship;
import org.milena.common.directory.MailDomain;
import org.milena.common.directory.Member;
import org.milena.common.directory.MemberOptions;
import org.milena.common.directory.MemberRole;
import org.milena.common.event.AuthenticationEvidence.Dmarc.Policy;
import org.milena.common.event.AuthenticationReport;
import org.milena.common.event.ScanReport;
import org.milena.common.event.ScanReport.EngineReport;
import org.milena.common.event.ScanReport.Passage;
import org.milena.common.event.ScanReport.Verdict;
import org.milena.common.event.SeenPost;
import org.milena.common.event.Sentence;
import org.milena.common.event.SpamReport;
import org.milena.common.event.ThreadLock;
import org.milena.common.mail.MailAddress;
import org.milena.common.pattern.AddressPatterns.OtherLists;
import org.milena.common.settings.HeaderFilter;
import org.milena.common.settings.ListSettings;
import org.milena.common.settings.PostAction;
import org.milena.listexpander.fake.English;
import org.milena.listexpander.fake.Fixtures;
import org.milena.listexpander.incoming.ListMail;
import org.milena.listexpander.posting.Rule.Finding;
import org.milena.listexpander.sentence.Sentences;
import org.milena.listexpander.template.Language;

/** Whatever a rule finds is said in German, too. */
class GermanReasonsTest {
  /** Posts that make each rule say everything that it can. */
  static List<PostFacts> posts() {
    List<PostFacts> posts = new ArrayList<>();
    for (PostAction action : PostAction.values()) {
      ListSettings strict =
          USUAL
              .with("memberAction", action)
              .with("nonMemberAction", action)
              .with("unprovenAction", action)
              .with("disownedAction", action)
              .with("suspectAction", action)
              .with("headerFilters", List.of(new HeaderFilter("Subject", "post", action)));
      posts.add(of(strict, ANN));
      posts.add(of(strict, EVE));
      posts.add(of(USUAL, ANN, known(action, MemberRole.MEMBER)));
      posts.add(of(USUAL, ANN, known(action, MemberRole.NONMEMBER)));
      posts.add(
          withScan(
              strict,
              report(AuthenticationReport.Result.FAIL, PostingRulesTest.Evidence.REJECT),
              null,
              new SpamReport(SpamReport.Level.SUSPECT, 7.25, 15, "", List.of())));
      posts.add(
          withScan(
              strict,
              report(AuthenticationReport.Result.NONE, PostingRulesTest.Evidence.NONE),
              Passage.HOLD,
              new SpamReport(SpamReport.Level.SPAM, 7.25, 15, "add header", List.of()),
              new EngineReport("builtin", "1", Verdict.POLICY, "a.zip verschlossen", null),
              new EngineReport("clamd", "1", Verdict.INFECTED, "", null)));
    }
    posts.add(of(USUAL, ANN, known(null, MemberRole.OWNER)));
    for (String patterns :
        List.of("acceptNonMembers", "holdNonMembers", "rejectNonMembers", "discardNonMembers")) {
      posts.add(of(USUAL.with(patterns, List.of("eve@e.example")), EVE));
    }
    posts.add(
        withScan(
            USUAL,
            AuthenticationReport.NOT_CHECKED,
            Passage.HOLD,
            new SpamReport(SpamReport.Level.HAM, 1, 15, "", List.of())));
    posts.add(withScan(USUAL, AuthenticationReport.NOT_CHECKED, Passage.HOLD, null));
    // where it comes from
    posts.add(facts(USUAL, post("", ANN), RuleSamples.around(), Approval.NONE));
    posts.add(of(USUAL, "From: a@a.example\nFrom: b@b.example\n\nText\n"));
    for (Approval approval : Approval.values()) {
      posts.add(facts(USUAL, post("x@x.example", ANN), RuleSamples.around(), approval));
    }
    posts.add(of(USUAL.with("emergency", true), ANN));
    posts.add(of(USUAL, "X-BeenThere: users@lists.example.org\n" + ANN));
    posts.add(of(USUAL.with("bans", List.of("ann@a.example")), ANN));
    for (String domain : List.of(MailDomain.SITE, "lists.example.org")) {
      posts.add(
          of(
              USUAL,
              ANN,
              RuleSamples.around(RuleSamples.domain(domain, List.of("ann@a.example"), List.of()))));
      posts.add(
          of(
              USUAL,
              ANN,
              RuleSamples.around(
                  RuleSamples.domain(
                      domain,
                      List.of(),
                      List.of(new HeaderFilter("Subject", "post", PostAction.HOLD))))));
    }
    posts.add(
        of(
            USUAL,
            "From: "
                + IntStream.range(0, 60)
                    .mapToObj(i -> "n" + i + "@n.example")
                    .collect(Collectors.joining(", "))
                + "\n\nText\n"));
    // what it says
    posts.add(
        of(
            USUAL.with("maxSize", 10).with("maxRecipients", 2),
            "From: eve@e.example\nTo: x@x.example, y@y.example\nSubject: \n\nunsubscribe\n"));
    posts.add(of(USUAL, "From: ann@a.example\nSubject: Re: X Digest, Vol 1, Issue 2\n\nText\n"));
    posts.add(
        of(
            USUAL,
            """
            From: ann@a.example

            > Send posts for the mailing list X to
            > To join or leave on the web, go to
            > The people who run the list are at
            > Today's Topics:
            """));
    posts.add(of(USUAL, "Auto-Submitted: auto-replied\n" + ANN));
    // how many, how fast
    Member fresh = Fixtures.member("ann@a.example").with(MemberOptions.DEFAULT.withProbation(2));
    posts.add(
        of(
            USUAL.with("postsPerHour", 5).with("threadPostsPerHour", 5),
            "Message-ID: <1@a.example>\nIn-Reply-To: <0@a.example>\n" + ANN,
            new FakeSurroundings(
                address -> Optional.of(fresh).filter(_ -> address.domain().equals("a.example")),
                List.of(),
                List.of(
                    new ThreadLock(
                        Fixtures.USERS_ID, "0@a.example", "", true, "own", Fixtures.NOW, null)),
                OtherLists.NONE,
                Optional.of(new SeenPost(Fixtures.newId(), Fixtures.NOW)),
                5)));
    return posts;
  }

  @Test
  void everyFindingOfEveryRuleIsGermanInGerman() {
    Map<String, Set<String>> said = new TreeMap<>();
    List<PostFacts> posts = posts();
    for (Rule rule : PostingRules.RULES) {
      for (PostFacts facts : posts) {
        for (Finding finding : rule.test().apply(facts)) {
          isGerman(finding.reason());
          said.computeIfAbsent(rule.name(), _ -> new TreeSet<>())
              .add(String.valueOf(finding.reason().key()));
        }
      }
    }
    assertThat(said.keySet())
        .as("each rule says something here: a new one wants a post of its own above")
        .containsExactlyInAnyOrderElementsOf(PostingRules.RULES.stream().map(Rule::name).toList());
    assertThat(said.values().stream().flatMap(Set::stream).collect(Collectors.toSet()))
        .as("and says all it can: %s", said)
        .containsAll(
            Set.of(
                "empty-return-path",
                "two-from-fields",
                "approved",
                "wrong-approval",
                "unchecked-approval",
                "emergency",
                "loop",
                "banned",
                "many-authors",
                "unproven-author",
                "member-has-action",
                "staff",
                "members",
                "header-filter",
                "non-member-has-action",
                "non-members",
                "non-member-on-list",
                "scan-passage",
                "spam",
                "disowned-author",
                "administrivia",
                "implicit-destination",
                "max-recipients",
                "max-size",
                "no-subject",
                "digest-subject",
                "digest-quoted",
                "auto-reply",
                "thread-closed",
                "same-message-id",
                "probation",
                "sender-rate",
                "thread-rate"));
  }

  static Stream<Authorship> authorships() {
    MailAddress ann = MailAddress.of("ann@a.example");
    return Stream.concat(
        Stream.of(
            new Authorship.Proven(ann, Authorship.Proof.DMARC),
            new Authorship.Proven(ann, Authorship.Proof.ACCOUNT),
            new Authorship.Unproven(false, AuthenticationReport.Result.NOT_CHECKED),
            new Authorship.Disowned("a.example", Policy.QUARANTINE)),
        Stream.of(AuthenticationReport.Result.values())
            .map(result -> new Authorship.Unproven(true, result)));
  }

  @ParameterizedTest
  @MethodSource("authorships")
  void whatIsKnownOfTheAuthorIsGermanInGerman(Authorship authorship) {
    isGerman(Words.of(authorship));
  }

  /** A sentence without a key would be English in every language. */
  @Test
  void noRuleSaysAnythingPastTheCatalogue() {
    noClasses()
        .should()
        .callMethod(Sentence.class, "plain", String.class)
        .orShould()
        .callConstructor(Sentence.class, String.class, String.class, List.class)
        .check(
            new ClassFileImporter()
                .withImportOption(new ImportOption.DoNotIncludeTests())
                .importPackages("org.milena.listexpander.posting"));
  }

  @Test
  void readsAsSomebodyWritesIt() {
    assertThat(german(of(USUAL.with("maxSize", 10), EVE.replace("Text", "x".repeat(2_000)))))
        .contains(
            "eve@e.example ist nicht Mitglied. Beiträge von Nichtmitgliedern werden zur"
                + " Moderation zurückgehalten.")
        .anyMatch(reason ->
            reason.matches(
                "Er hat 2\\.\\d{3} Byte; auf dieser Liste sind höchstens" + " 10 erlaubt\\."));
    assertThat(
            german(
                withScan(
                    USUAL,
                    report(AuthenticationReport.Result.FAIL, PostingRulesTest.Evidence.REJECT),
                    Passage.HOLD,
                    new SpamReport(SpamReport.Level.SUSPECT, 7.25, 15, "add header", List.of()),
                    new EngineReport("clamd", "1", Verdict.POLICY, "a.zip is encrypted", null))))
        .contains(
            "Der Scanner möchte, dass ein Moderator ihn ansieht: clamd meldet: a.zip is encrypted;"
                + " der Spamfilter gibt ihm 7,3 von 15,0 Punkten (add header).",
            "Es ist nicht bewiesen, von wem der Beitrag stammt: a.example sagt, dass er nicht von"
                + " dort kommt (Richtlinie reject). Solche Beiträge werden zur Moderation"
                + " zurückgehalten.");
  }

  private static List<String> german(PostFacts facts) {
    return Sentences.in(Language.DE, RuleHit.sentences(PostingRules.decide(facts).hits()));
  }

  private static void isGerman(Sentence reason) {
    assertThat(reason.key()).as(reason.text()).isNotNull();
    String german = Sentences.in(Language.DE, reason);
    assertThat(german).isNotEqualTo(reason.text());
    assertThat(English.in(german)).as(german).isEmpty();
    assertThat(Sentences.in(Language.EN, reason)).isEqualTo(reason.text());
  }

  private static FakeSurroundings known(@Nullable PostAction action, MemberRole role) {
    Member ann = Fixtures.member("ann@a.example", action, role);
    return new FakeSurroundings(
        address -> Optional.of(ann).filter(member -> member.address().key().equals(address.key())));
  }

  private static PostFacts of(ListSettings settings, String text) {
    return of(settings, text, RuleSamples.around());
  }

  private static PostFacts of(ListSettings settings, String text, Surroundings around) {
    return facts(settings, post("x@x.example", text), around, Approval.NONE);
  }

  private static ListMail post(String reversePath, String text) {
    return Fixtures.post(reversePath, text);
  }

  private static PostFacts facts(
      ListSettings settings, ListMail mail, Surroundings around, Approval approval) {
    return PostFacts.of(mail, Fixtures.list(settings), Optional.empty(), around, approval);
  }

  private static AuthenticationReport report(
      AuthenticationReport.Result dmarc, PostingRulesTest.Evidence evidence) {
    AuthenticationReport report = evidence.report("ann@a.example", "ann@a.example");
    assertThat(report.dmarc()).isEqualTo(dmarc);
    return report;
  }

  private static PostFacts withScan(
      ListSettings settings,
      AuthenticationReport authentication,
      @Nullable Passage passage,
      @Nullable SpamReport spam,
      EngineReport... engines) {
    ListMail mail = Fixtures.post("ann@a.example", ANN);
    ScanReport scan =
        new ScanReport(
            passage == null ? Verdict.CLEAN : Verdict.POLICY,
            List.of(engines),
            authentication,
            Fixtures.NOW,
            null,
            spam,
            passage);
    return facts(
        settings,
        ListMail.of(mail.meta().withScan(scan), mail.message()),
        RuleSamples.around(),
        Approval.NONE);
  }
}
