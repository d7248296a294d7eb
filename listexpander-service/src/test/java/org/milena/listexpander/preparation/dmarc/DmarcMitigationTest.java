package org.milena.listexpander.preparation.dmarc;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.milena.common.event.AuthenticationEvidence;
import org.milena.common.event.AuthenticationEvidence.Arc;
import org.milena.common.event.AuthenticationEvidence.Dmarc;
import org.milena.common.event.AuthenticationEvidence.Dmarc.Policy;
import org.milena.common.event.AuthenticationEvidence.Iprev;
import org.milena.common.event.AuthenticationEvidence.Signature;
import org.milena.common.event.AuthenticationEvidence.Spf;
import org.milena.common.event.AuthenticationReport.Result;
import org.milena.common.header.HeaderEditor;
import org.milena.common.mail.RawMessage;
import org.milena.common.settings.ListSettings;
import org.milena.listexpander.fake.Fixtures;

class DmarcMitigationTest {
  private static final AuthorLists NOBODY = new AuthorLists(_ -> false, _ -> false);
  private static final RawMessage POST =
      Fixtures.message(
          "Subject: upper\nFrom: Ann <ann@a.example>\nSubject: lower\nTo: b@b.example\n\ntext\n");
  private static final RawMessage CHANGED =
      HeaderEditor.of(POST).replace("Subject", "[list] x").toMessage();

  @ParameterizedTest
  @CsvSource({
    "REJECT, REJECT, true",
    "REJECT, QUARANTINE, false",
    "REJECT, NONE, false",
    "REJECT, , false",
    "QUARANTINE, REJECT, true",
    "QUARANTINE, QUARANTINE, true",
    "QUARANTINE, NONE, false",
    "ANY_POLICY, NONE, true",
    "ANY_POLICY, , false",
    "ALWAYS, , true",
    "ALWAYS, NONE, true"
  })
  void actsForWhatTheDomainAsks(String when, @Nullable Policy policy, boolean acts) {
    DmarcDecision decision =
        decide(
            ListSettings.DISCUSSION.with("dmarcWhen", when),
            evidence(Result.FAIL, policy, List.of()),
            CHANGED);
    assertThat(decision).isInstanceOf(acts ? DmarcDecision.Munge.class : DmarcDecision.Pass.class);
    assertThat(decision.reason()).isNotBlank();
  }

  @ParameterizedTest
  @CsvSource({"MUNGE, Munge", "WRAP, Wrap", "REJECT, Reject", "DISCARD, Discard", "NONE, Pass"})
  void actsAsTheListWants(String action, String decision) {
    assertThat(
            decide(
                    ListSettings.DISCUSSION.with("dmarcAction", action),
                    evidence(Result.FAIL, Policy.REJECT, List.of()),
                    CHANGED)
                .getClass()
                .getSimpleName())
        .isEqualTo(decision);
  }

  @Test
  void actsWhereTheDomainCouldNotBeAsked() {
    assertThat(
            decide(ListSettings.DISCUSSION, evidence(Result.TEMPERROR, null, List.of()), CHANGED))
        .isEqualTo(new DmarcDecision.Munge("the policy of a.example could not be asked for"));
  }

  /** Of two domains neither can be asked, and receivers refuse what names none. */
  @Test
  void actsWhereThereIsNoSingleDomainOfAnAuthor() {
    AuthenticationEvidence none = evidence("", Result.NONE, null, List.of());
    RawMessage two =
        Fixtures.message("From: a@a.example, b@b.example\nSubject: x\nTo: l@l.example\n\nt\n");
    assertThat(decide(ListSettings.DISCUSSION, none, two))
        .isEqualTo(new DmarcDecision.Munge("it names no single author's domain"));
    assertThat(decide(ListSettings.DISCUSSION.with("dmarcAction", "REJECT"), none, two))
        .isInstanceOf(DmarcDecision.Pass.class);
    assertThat(decide(ListSettings.DISCUSSION.with("dmarcAction", "NONE"), none, two))
        .isInstanceOf(DmarcDecision.Pass.class);
  }

  @Test
  void refusesNobodyOnlyBecauseItActsForAll() {
    ListSettings settings =
        ListSettings.DISCUSSION.with("dmarcAction", "REJECT").with("dmarcWhen", "ALWAYS");
    assertThat(decide(settings, evidence(Result.PASS, Policy.NONE, List.of()), CHANGED))
        .isInstanceOf(DmarcDecision.Pass.class);
    assertThat(decide(settings, evidence(Result.PASS, Policy.REJECT, List.of()), CHANGED))
        .isInstanceOf(DmarcDecision.Reject.class);
  }

  @Test
  void passesWhatLeavesTheSignatureAlone() {
    AuthenticationEvidence signed = signed("a.example", List.of("from", "subject", "cc"));
    RawMessage above = HeaderEditor.of(POST).prepend("List-Id", "<x.example>").toMessage();
    assertThat(decide(ListSettings.DISCUSSION, signed, above).reason())
        .isEqualTo("the signature of a.example outlives what the list changes");
    // the lower Subject is the signed one
    RawMessage upper =
        Fixtures.message("From: Ann <ann@a.example>\nSubject: lower\nTo: b@b.example\n\ntext\n");
    assertThat(decide(ListSettings.DISCUSSION, signed, upper))
        .isInstanceOf(DmarcDecision.Pass.class);
  }

  @ParameterizedTest
  @CsvSource({
    "from:subject, Subject: z, upper Subject of two not signed, true",
    "from:subject:subject, '', nothing, true",
    "from:subject:subject:subject, Subject: z, oversigned, false",
    "from:reply-to, Reply-To: z@z.example, signed as absent, false",
    "from:list-unsubscribe, '', added later, false"
  })
  void seesWhatIsSigned(String fields, String added, String why, boolean lives) {
    RawMessage copy =
        added.isEmpty()
            ? POST
            : HeaderEditor.of(POST)
                .prependRaw(
                    added.substring(0, added.indexOf(':')), added.substring(added.indexOf(':') + 2))
                .toMessage();
    assertThat(
            new SignatureSurvival(POST, copy, Set.of("list-unsubscribe"))
                .passesAgain(signed("a.example", List.of(fields.split(":", -1)))))
        .as(why)
        .isEqualTo(lives);
  }

  @Test
  void trustsNoSignatureThatDidNotPassOrIsOfSomebodyElse() {
    assertThat(decide(ListSettings.DISCUSSION, signed("esp.example", List.of("from")), POST))
        .isInstanceOf(DmarcDecision.Munge.class);
    assertThat(
            decide(
                ListSettings.DISCUSSION,
                evidence(Result.PASS, Policy.REJECT, List.of("spf")),
                POST))
        .isInstanceOf(DmarcDecision.Munge.class);
    RawMessage body = RawMessage.wrap((octets(POST) + "x").getBytes(StandardCharsets.ISO_8859_1));
    assertThat(decide(ListSettings.DISCUSSION, signed("a.example", List.of("from")), body))
        .isInstanceOf(DmarcDecision.Munge.class);
  }

  @Test
  void knowsExceptions() {
    AuthenticationEvidence reject = evidence(Result.FAIL, Policy.REJECT, List.of());
    DmarcMitigation never =
        new DmarcMitigation(Fixtures.list(), new AuthorLists(_ -> true, _ -> true));
    assertThat(never.decide(reject, POST, CHANGED, Set.of()))
        .isInstanceOf(DmarcDecision.Pass.class);
    DmarcMitigation always =
        new DmarcMitigation(
            Fixtures.list(),
            new AuthorLists(author -> author.domain().equals("a.example"), _ -> false));
    assertThat(always.decide(null, POST, POST, Set.of()))
        .isEqualTo(new DmarcDecision.Munge("the list does so for this author"));
    assertThat(decide(ListSettings.DISCUSSION.with("anonymous", true), reject, CHANGED))
        .isEqualTo(new DmarcDecision.Pass("the list is anonymous"));
    assertThat(decide(ListSettings.DISCUSSION, null, CHANGED))
        .isEqualTo(new DmarcDecision.Pass("DMARC was not checked"));
  }

  private static DmarcDecision decide(
      ListSettings settings, @Nullable AuthenticationEvidence evidence, RawMessage copy) {
    return new DmarcMitigation(Fixtures.list(settings), NOBODY)
        .decide(evidence, POST, copy, Set.of());
  }

  private static AuthenticationEvidence signed(String domain, List<String> fields) {
    return new AuthenticationEvidence(
        new Spf(Result.NONE, Spf.Identity.MAIL_FROM, "", ""),
        List.of(new Signature(Result.PASS, domain, "s", "rsa-sha256", fields, true, "")),
        new Dmarc(Result.PASS, "a.example", "a.example", Policy.REJECT, false, List.of("dkim"), ""),
        new Arc(Result.NONE, 0, null, ""),
        new Iprev(Result.NONE, null));
  }

  private static AuthenticationEvidence evidence(
      Result result, @Nullable Policy policy, List<String> aligned) {
    return evidence("a.example", result, policy, aligned);
  }

  private static AuthenticationEvidence evidence(
      String domain, Result result, @Nullable Policy policy, List<String> aligned) {
    return new AuthenticationEvidence(
        new Spf(Result.NONE, Spf.Identity.MAIL_FROM, "", ""),
        List.of(),
        new Dmarc(result, domain, null, policy, false, aligned, ""),
        new Arc(Result.NONE, 0, null, ""),
        new Iprev(Result.NONE, null));
  }

  private static String octets(RawMessage message) {
    return new String(message.toByteArray(), StandardCharsets.ISO_8859_1);
  }
}
