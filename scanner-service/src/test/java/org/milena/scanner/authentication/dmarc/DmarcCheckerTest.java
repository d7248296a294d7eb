package org.milena.scanner.authentication.dmarc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.milena.common.event.AuthenticationEvidence.Dmarc.Policy.NONE;
import static org.milena.common.event.AuthenticationEvidence.Dmarc.Policy.QUARANTINE;
import static org.milena.common.event.AuthenticationEvidence.Dmarc.Policy.REJECT;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.milena.common.event.AuthenticationEvidence.Dmarc;
import org.milena.common.event.AuthenticationEvidence.Dmarc.Policy;
import org.milena.common.event.AuthenticationEvidence.Signature;
import org.milena.common.event.AuthenticationEvidence.Spf;
import org.milena.common.event.AuthenticationReport.Result;
import org.milena.common.mail.ReversePath;
import org.milena.scanner.authentication.lookup.MapLookup;
import org.milena.scanner.authentication.lookup.SlowLookup;

class DmarcCheckerTest {

  private static final ReversePath PATH = ReversePath.of("bounces@elsewhere.example");
  private static final Spf NO_SPF = new Spf(Result.NONE, Spf.Identity.MAIL_FROM, "", "");

  private final MapLookup names = new MapLookup().host("com").host("example.com");

  private Dmarc check(String author, ReversePath path, Spf spf, Signature... signatures) {
    return new DmarcChecker(names, InstantSource.system())
        .check(new AuthorDomain.Known(author), path, () -> spf, () -> List.of(signatures));
  }

  private Dmarc dkim(String author, String signer) {
    return check(author, PATH, NO_SPF, signature(Result.PASS, signer));
  }

  private Dmarc spf(String author, String domain) {
    return check(author, PATH, mailFrom(Result.PASS, domain));
  }

  private static Signature signature(Result result, String domain) {
    return new Signature(result, domain, "s", "rsa-sha256", List.of("from"), true, "");
  }

  private static Spf mailFrom(Result result, String domain) {
    return new Spf(result, Spf.Identity.MAIL_FROM, domain, "");
  }

  @Test
  void saysNothingOfAMessageWithoutOneAuthorDomain() {
    Dmarc result =
        new DmarcChecker(names, InstantSource.system())
            .check(new AuthorDomain.Unclear("two"), PATH, () -> NO_SPF, List::of);
    assertThat(result).isEqualTo(new Dmarc(Result.NONE, "", null, null, false, List.of(), "two"));
    assertThat(names.asked()).isEmpty();
  }

  @Test
  void saysNoneWhereNobodyPublishes() {
    Dmarc result = dkim("a.example.com", "a.example.com");
    assertThat(result.result()).isEqualTo(Result.NONE);
    assertThat(result.domain()).isEqualTo("a.example.com");
    assertThat(result.policyDomain()).isNull();
    assertThat(result.policy()).isNull();
  }

  @Test
  void failsWithThePolicyOfTheDomain() {
    names.policy("example.com", "v=DMARC1; p=reject; sp=none");
    assertThat(check("example.com", PATH, NO_SPF))
        .isEqualTo(
            new Dmarc(
                Result.FAIL,
                "example.com",
                "example.com",
                REJECT,
                false,
                List.of(),
                "no aligned identifier passed"));
  }

  @Test
  void passesWithThePolicyToo() {
    names.policy("example.com", "v=DMARC1; p=reject");
    Dmarc result =
        check(
            "example.com",
            PATH,
            mailFrom(Result.PASS, "bounce.example.com"),
            signature(Result.FAIL, "example.com"),
            signature(Result.PASS, "Example.COM."));
    assertThat(result)
        .isEqualTo(
            new Dmarc(
                Result.PASS,
                "example.com",
                "example.com",
                REJECT,
                false,
                List.of("dkim", "spf"),
                ""));
  }

  @Test
  void needsNoWalkWhereOnlyTheAuthorItselfIsAligned() {
    names.policy("mail.example.com", "v=DMARC1; p=reject; adkim=s; aspf=s");
    assertThat(dkim("mail.example.com", "mail.example.com").result()).isEqualTo(Result.PASS);
    assertThat(names.asked()).containsExactly("_dmarc.mail.example.com");
  }

  @ParameterizedTest
  @CsvSource({
    // author, identifier, record at example.com, result by DKIM, result by SPF
    "example.com, example.com, '', PASS, PASS",
    "example.com, a.example.com, '', PASS, PASS",
    "a.example.com, example.com, '', PASS, PASS",
    "a.example.com, b.c.example.com, '', PASS, PASS",
    "example.com, example.net, '', FAIL, FAIL",
    "example.com, com, '', FAIL, FAIL",
    "example.com, notexample.com, '', FAIL, FAIL",
    "example.com, a.example.com, adkim=s, FAIL, PASS",
    "example.com, a.example.com, aspf=s, PASS, FAIL",
    "example.com, EXAMPLE.com, adkim=s; aspf=s, PASS, PASS",
    "a.example.com, a.example.com, adkim=s; aspf=s, PASS, PASS",
  })
  void alignsIdentifiers(
      String author, String identifier, String tags, Result byDkim, Result bySpf) {
    names.policy("example.com", "v=DMARC1; p=reject; " + tags);
    assertThat(dkim(author, identifier).result()).isEqualTo(byDkim);
    assertThat(spf(author, identifier).result()).isEqualTo(bySpf);
  }

  @Test
  void keepsOrganizationsBelowASuffixApart() {
    names.policy("com", "v=DMARC1; p=reject; psd=y");
    assertThat(dkim("example.com", "mail.example.com").result()).isEqualTo(Result.PASS);
    assertThat(dkim("example.com", "mallory.com").result()).isEqualTo(Result.FAIL);
    assertThat(dkim("example.com", "com").result()).isEqualTo(Result.FAIL);
    assertThat(dkim("com", "example.com").result()).isEqualTo(Result.FAIL);
  }

  /** RFC 9989 appendix B.4. */
  @Test
  void agreesWithTheExamplesOfTheRfc() {
    names.policy("example.com", "v=DMARC1; p=reject");
    names.policy("signing.example.com", "v=DMARC1; p=none");
    for (String author : List.of("example.com", "a.b.c.d.e.f.g.h.i.j.k.example.com")) {
      Dmarc result =
          check(
              author,
              PATH,
              mailFrom(Result.PASS, "example.com"),
              signature(Result.PASS, "signing.example.com"));
      assertThat(result.aligned()).containsExactly("dkim", "spf");
      assertThat(result.policyDomain()).isEqualTo("example.com");
    }
    names.policy("bank.example", "v=DMARC1; p=reject; psd=y");
    names.policy("giant.bank.example", "v=DMARC1; p=quarantine");
    Dmarc giant =
        check(
            "giant.bank.example",
            PATH,
            mailFrom(Result.PASS, "mail.giant.bank.example"),
            signature(Result.PASS, "mail.mega.bank.example"));
    assertThat(giant.aligned()).containsExactly("spf");
    assertThat(giant.policyDomain()).isEqualTo("giant.bank.example");
  }

  @Test
  void keepsADepartmentThatIsItsOwnOrganizationApart() {
    names.policy("example.com", "v=DMARC1; p=reject");
    names.policy("lab.example.com", "v=DMARC1; p=none; psd=n");
    assertThat(dkim("example.com", "lab.example.com").result()).isEqualTo(Result.FAIL);
    assertThat(dkim("lab.example.com", "example.com").result()).isEqualTo(Result.FAIL);
    assertThat(dkim("lab.example.com", "x.lab.example.com").result()).isEqualTo(Result.PASS);
  }

  @ParameterizedTest
  @CsvSource({
    // author, its policy; here.example.com exists, gone.example.com does not
    "example.com, NONE",
    "here.example.com, QUARANTINE",
    "gone.example.com, REJECT",
    "deep.gone.example.com, REJECT",
  })
  void asksForWhatPSpOrNpSay(String author, Policy policy) {
    names.host("here.example.com");
    names.policy("example.com", "v=DMARC1; p=none; sp=quarantine; np=reject");
    Dmarc failed = check(author, PATH, NO_SPF);
    assertThat(failed.policy()).isEqualTo(policy);
    assertThat(failed.policyDomain()).isEqualTo("example.com");
    assertThat(dkim(author, "example.com").policy()).isEqualTo(policy);
  }

  @Test
  void takesThePolicyOfASuffixForDomainsWithoutOne() {
    names.policy("com", "v=DMARC1; p=none; sp=quarantine; np=reject; psd=y");
    assertThat(check("example.com", PATH, NO_SPF).policy()).isEqualTo(QUARANTINE);
    assertThat(check("gone.com", PATH, NO_SPF).policy()).isEqualTo(REJECT);
    assertThat(check("gone.com", PATH, NO_SPF).policyDomain()).isEqualTo("com");
  }

  @Test
  void ignoresSpOfADomainThatIsNotTheOrganization() {
    names.policy("example.com", "v=DMARC1; p=quarantine");
    names.policy("mail.example.com", "v=DMARC1; p=none; sp=reject");
    Dmarc below = check("a.mail.example.com", PATH, NO_SPF);
    assertThat(below.policy()).isEqualTo(QUARANTINE);
    assertThat(below.policyDomain()).isEqualTo("example.com");
  }

  @ParameterizedTest
  @CsvSource({"reject, QUARANTINE", "quarantine, NONE", "none, NONE"})
  void lowersThePolicyWhileTheDomainIsTesting(String written, Policy applied) {
    names.policy("example.com", "v=DMARC1; t=y; p=" + written);
    Dmarc result = check("example.com", PATH, NO_SPF);
    assertThat(result.policy()).isEqualTo(applied);
    assertThat(result.testing()).isTrue();
    assertThat(result.result()).isEqualTo(Result.FAIL);
  }

  @Test
  void ignoresThePercentageOfOldRecords() {
    names.policy("example.com", "v=DMARC1; p=reject; pct=0; rf=afrf; ri=0");
    assertThat(check("example.com", PATH, NO_SPF).policy()).isEqualTo(REJECT);
  }

  @Test
  void callsARecordWithoutPolicyAndReportsAPermanentError() {
    names.policy("example.com", "v=DMARC1; p=rejekt");
    Dmarc result = dkim("example.com", "example.com");
    assertThat(result.result()).isEqualTo(Result.PERMERROR);
    assertThat(result.policyDomain()).isEqualTo("example.com");
    assertThat(result.policy()).isNull();
    assertThat(result.aligned()).isEmpty();
  }

  @Test
  void readsNoneFromARecordWithoutPolicyThatWantsReports() {
    names.policy("example.com", "v=DMARC1; p=rejekt; rua=mailto:a@example.com");
    assertThat(check("example.com", PATH, NO_SPF).policy()).isEqualTo(NONE);
    assertThat(dkim("example.com", "example.com").result()).isEqualTo(Result.PASS);
  }

  @Test
  void discardsTwoRecordsAndLooksFurtherUp() {
    names.policy("a.example.com", "v=DMARC1; p=none").policy("a.example.com", "v=DMARC1; p=none");
    names.policy("example.com", "v=DMARC1; p=none; sp=reject");
    assertThat(check("a.example.com", PATH, NO_SPF).policy()).isEqualTo(REJECT);
  }

  @ParameterizedTest
  @EnumSource(
      value = Result.class,
      names = {"PASS", "TEMPERROR"},
      mode = EnumSource.Mode.EXCLUDE)
  void takesOnlyAPassForAnIdentifier(Result other) {
    names.policy("example.com", "v=DMARC1; p=reject");
    Dmarc result =
        check("example.com", PATH, mailFrom(other, "example.com"), signature(other, "example.com"));
    assertThat(result.result()).isEqualTo(Result.FAIL);
  }

  @Test
  void takesTheHeloNameOnlyForTheNullPath() {
    names.policy("example.com", "v=DMARC1; p=reject");
    var helo = new Spf(Result.PASS, Spf.Identity.HELO, "mx.example.com", "");
    assertThat(check("example.com", PATH, helo).result()).isEqualTo(Result.FAIL);
    Dmarc bounce = check("example.com", new ReversePath.Null(), helo);
    assertThat(bounce.result()).isEqualTo(Result.PASS);
    assertThat(bounce.aligned()).containsExactly("spf");
  }

  @ParameterizedTest
  @CsvSource({
    // where nobody answers, author, signer, result
    "_dmarc.a.example.com, a.example.com, a.example.com, TEMPERROR",
    "_dmarc.example.com, a.example.com, a.example.com, TEMPERROR",
    "_dmarc.com, a.example.com, a.example.com, TEMPERROR",
    // the author publishes: only the way to its organization is blocked
    "_dmarc.com, example.com, example.com, PASS",
    "_dmarc.com, example.com, b.example.com, TEMPERROR",
    "_dmarc.com, example.com, example.net, FAIL",
    // the way of the identifier is blocked
    "_dmarc.b.example.com, example.com, b.example.com, TEMPERROR",
    "_dmarc.b.example.net, example.com, b.example.net, FAIL",
  })
  void neverFailsOrPassesOnAnAnswerItDidNotGet(
      String silent, String author, String signer, Result expected) {
    names.policy("example.com", "v=DMARC1; p=reject").trouble(silent);
    assertThat(dkim(author, signer).result()).isEqualTo(expected);
    assertThat(spf(author, signer).result()).isEqualTo(expected);
  }

  @Test
  void passesByOneIdentifierThoughTheOtherCouldNotBeLookedUp() {
    names.policy("example.com", "v=DMARC1; p=reject").trouble("_dmarc.b.example.com");
    Dmarc result =
        check(
            "example.com",
            PATH,
            mailFrom(Result.PASS, "b.example.com"),
            signature(Result.PASS, "b.example.com"),
            signature(Result.PASS, "c.example.com"));
    assertThat(result.result()).isEqualTo(Result.PASS);
    assertThat(result.aligned()).containsExactly("dkim");
  }

  @ParameterizedTest
  @CsvSource({
    "example.com, TEMPERROR",
    "a.example.com, TEMPERROR",
    "example.net, FAIL",
    "'', TEMPERROR",
  })
  void takesAnUnfinishedCheckOfAnAlignedDomainForAMaybe(String domain, Result expected) {
    names.policy("example.com", "v=DMARC1; p=reject");
    assertThat(check("example.com", PATH, NO_SPF, signature(Result.TEMPERROR, domain)).result())
        .isEqualTo(expected);
    Dmarc bySpf = check("example.com", PATH, mailFrom(Result.TEMPERROR, domain));
    assertThat(bySpf.result()).isEqualTo(expected);
    assertThat(bySpf.policy()).isEqualTo(REJECT);
  }

  @Test
  void doesNotGuessWhetherTheAuthorExists() {
    names.policy("example.com", "v=DMARC1; p=none; sp=none; np=reject").trouble("a.example.com");
    Dmarc failed = check("a.example.com", PATH, NO_SPF);
    assertThat(failed.result()).isEqualTo(Result.TEMPERROR);
    Dmarc passed = dkim("a.example.com", "example.com");
    assertThat(passed.result()).isEqualTo(Result.PASS);
    assertThat(passed.policy()).isEqualTo(NONE);
  }

  @Test
  void joinsNoNeighboursUnderATopLevelDomainThatPublishes() {
    names.policy("com", "v=DMARC1; p=reject").policy("example.com", "v=DMARC1; p=reject");
    assertThat(dkim("example.com", "evil.com").result()).isEqualTo(Result.FAIL);
    assertThat(dkim("other.com", "evil.com").result()).isEqualTo(Result.FAIL);
    assertThat(dkim("other.com", "other.com").result()).isEqualTo(Result.PASS);
  }

  /** Otherwise a stranger's slow names could make a temporary error of a failure. */
  @ParameterizedTest
  @CsvSource({
    "example.com, _dmarc.example.com _dmarc.com",
    "a.example.com, _dmarc.a.example.com _dmarc.example.com _dmarc.com a.example.com"
  })
  void needsNoFurtherQuestionAboutStrangersOnceSpfAndDkimAreDone(String author, String asked) {
    names.policy("example.com", "v=DMARC1; p=reject; sp=quarantine; np=none").host("a.example.com");
    List<String> before = new ArrayList<>();
    Dmarc result =
        new DmarcChecker(names, InstantSource.system())
            .check(
                new AuthorDomain.Known(author),
                PATH,
                () -> mailFrom(Result.PASS, "stranger.com"),
                () -> {
                  before.addAll(names.asked());
                  return List.of(
                      signature(Result.TEMPERROR, "slow.com"), signature(Result.PASS, "evil.com"));
                });
    assertThat(result.result()).isEqualTo(Result.FAIL);
    assertThat(before).isEqualTo(names.asked()).containsExactlyInAnyOrder(asked.split(" "));
  }

  @Test
  void asksNoFurtherWhenTimeIsUp() {
    names.policy("com", "v=DMARC1; p=reject; psd=y");
    var slow = new SlowLookup(names, Instant.EPOCH, Duration.ofMillis(4_500));
    var checker = new DmarcChecker(slow, slow);
    var author = new AuthorDomain.Known("a.b.c.d.e.f.example.com");
    assertThat(checker.check(author, PATH, () -> NO_SPF, List::of).result())
        .isEqualTo(Result.TEMPERROR);
    assertThat(slow.asked()).hasSize(5);
    assertThat(checker.check(author, PATH, () -> NO_SPF, List::of).reason()).contains("20 s");
    assertThat(slow.asked()).as("each check has its own time").hasSize(10);
  }

  @Test
  void passesWhatIsProvenBeforeTimeIsUp() {
    names.policy("example.com", "v=DMARC1; p=reject; psd=n");
    var slow = new SlowLookup(names, Instant.EPOCH, Duration.ofMillis(4_500));
    Signature[] many = new Signature[10];
    for (int i = 0; i < many.length; i++) {
      many[i] = signature(Result.PASS, "a.b." + i + ".example.com");
    }
    List<Signature> signatures = List.of(many);
    var checker = new DmarcChecker(slow, slow);
    var author = new AuthorDomain.Known("example.com");
    assertThat(checker.check(author, PATH, () -> NO_SPF, () -> signatures).result())
        .isEqualTo(Result.PASS);
    assertThat(slow.asked()).hasSizeLessThan(6);
  }

  @Test
  void asksABoundedNumberOfQuestionsForAnyNumberOfSignatures() {
    names.policy("example.com", "v=DMARC1; p=reject; psd=n");
    Signature[] many = new Signature[5_000];
    for (int i = 0; i < many.length; i++) {
      String domain = "a.b.c.d.e.f." + i + ".example.com";
      names.policy(domain.substring(4), "v=DMARC1; psd=n");
      many[i] = signature(Result.PASS, domain);
    }
    assertThat(check("example.com", PATH, NO_SPF, many).result()).isEqualTo(Result.FAIL);
    assertThat(names.asked()).hasSizeLessThan(200);
  }
}
