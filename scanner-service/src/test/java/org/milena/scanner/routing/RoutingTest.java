package org.milena.scanner.routing;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.milena.common.directory.Account;
import org.milena.common.event.AuthenticationEvidence;
import org.milena.common.event.AuthenticationEvidence.Arc;
import org.milena.common.event.AuthenticationEvidence.Dmarc;
import org.milena.common.event.AuthenticationEvidence.Iprev;
import org.milena.common.event.AuthenticationEvidence.Spf;
import org.milena.common.event.AuthenticationEvidence.Spf.Identity;
import org.milena.common.event.AuthenticationReport;
import org.milena.common.event.AuthenticationReport.Result;
import org.milena.common.event.ClientFacts;
import org.milena.common.event.Delivery;
import org.milena.common.event.MailMeta;
import org.milena.common.event.Route;
import org.milena.common.event.ScanReport;
import org.milena.common.event.Topics;
import org.milena.common.mail.MailAddress;
import org.milena.common.mail.RawMessage;
import org.milena.common.mail.ReversePath;
import org.milena.common.stage.MailRecords;
import org.milena.scanner.ReceivedMail;
import org.milena.scanner.RecordingTransaction;

/** Whom deliveries of relayed mail name as the one to tell of failures. */
class RoutingTest {
  private static final InstantSource CLOCK = InstantSource.fixed(ReceivedMail.RECEIVED_AT);
  private final Routing routing =
      new Routing(Optional.empty(), new ProvenSender(RoutingTest::account), CLOCK);

  @ParameterizedTest(name = "{0}: path {1}, From {2}, {3} dmarc {4} spf {5} {6} of {7}")
  @CsvSource(
      textBlock =
          """
          nothing checked,          ana@a.example, ana@a.example, ,    NONE, NONE, MAIL_FROM, a.example,
          the author is proven,     ana@a.example, ana@a.example, ,    PASS, NONE, MAIL_FROM, a.example, ana@a.example
          in another case,          Ana@A.example, ana@a.example, ,    PASS, NONE, MAIL_FROM, a.example, Ana@A.example
          another author is proven, bob@b.example, ana@a.example, ,    PASS, NONE, MAIL_FROM, b.example,
          a neighbour is proven,    bob@a.example, ana@a.example, ,    PASS, NONE, MAIL_FROM, a.example,
          SPF passed,               ana@a.example, ana@a.example, ,    NONE, PASS, MAIL_FROM, a.example, ana@a.example
          SPF of another domain,    ana@a.example, ana@a.example, ,    NONE, PASS, MAIL_FROM, b.example,
          SPF of the HELO name,     ana@a.example, ana@a.example, ,    NONE, PASS, HELO,      a.example,
          SPF failed,               ana@a.example, ana@a.example, ,    NONE, FAIL, MAIL_FROM, a.example,
          SPF soft failed,          ana@a.example, ana@a.example, ,    NONE, SOFTFAIL, MAIL_FROM, a.example,
          the account's address,    ana@a.example, ana@a.example, ana, NONE, NONE, MAIL_FROM, a.example, ana@a.example
          the account's envelope,   ana@a.example, bob@b.example, ana, NONE, NONE, MAIL_FROM, a.example, ana@a.example
          another account,          bob@b.example, bob@b.example, ana, NONE, NONE, MAIL_FROM, b.example,
          an account that is gone,  ana@a.example, ana@a.example, eve, NONE, NONE, MAIL_FROM, a.example,
          nobody to tell,           ,              ana@a.example, ana, PASS, PASS, MAIL_FROM, a.example,
          """)
  void namesAProvenSender(
      String what,
      @Nullable String path,
      String from,
      @Nullable String account,
      Result dmarc,
      Result spf,
      Identity identity,
      String spfDomain,
      @Nullable String told) {
    RawMessage message = message("From: " + from + "\r\n");
    MailMeta meta =
        meta(message, path == null ? "" : path, account, report(dmarc, spf, identity, spfDomain));
    assertThat(reportTo(meta, message))
        .as(what)
        .isEqualTo(told == null ? Optional.empty() : Optional.of(MailAddress.of(told)));
  }

  /** That field names many, or hides one; nobody reads it to its end. */
  @Test
  void namesNobodyWhereFromIsLongerThanAnyoneReads() {
    RawMessage message = message("From: ana@a.example (" + "x ".repeat(33_000) + ")\r\n");
    MailMeta meta =
        meta(
            message,
            "ana@a.example",
            null,
            report(Result.PASS, Result.NONE, Identity.MAIL_FROM, "a.example"));
    assertThat(reportTo(meta, message)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "Auto-Submitted: auto-generated",
    "Auto-Submitted: Auto-Replied (vacation)",
    "Precedence: bulk",
    "precedence: List",
    "List-Id: <users.lists.example.org>",
    "List-Unsubscribe: <https://a.example/>",
    "X-Auto-Response-Suppress: All"
  })
  void namesNobodyForWhatAMachineSent(String field) {
    RawMessage message = message("From: ana@a.example\r\n" + field + "\r\n");
    assertThat(reportTo(proven(message), message)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"Auto-Submitted: no", "Precedence: first-class", "X-Auto-Response-Suppress: OOF"})
  void namesWhomAPersonSent(String field) {
    RawMessage message = message("From: ana@a.example\r\n" + field + "\r\n");
    assertThat(reportTo(proven(message), message)).contains(MailAddress.of("ana@a.example"));
  }

  @Test
  void twoAuthorsProveNobody() {
    RawMessage message = message("From: ana@a.example, bob@b.example\r\n");
    AuthenticationReport passed = report(Result.PASS, Result.NONE, Identity.MAIL_FROM, "a.example");
    assertThat(reportTo(meta(message, "ana@a.example", null, passed), message)).isEmpty();
  }

  private static MailMeta proven(RawMessage message) {
    return meta(
        message,
        "ana@a.example",
        null,
        report(Result.PASS, Result.PASS, Identity.MAIL_FROM, "a.example"));
  }

  private Optional<MailAddress> reportTo(MailMeta meta, RawMessage message) {
    RecordingTransaction transaction = new RecordingTransaction();
    routing.write(meta, message, transaction);
    List<Delivery> deliveries =
        transaction.on(Topics.DELIVERIES).stream()
            .map(record -> MailRecords.json(record, Delivery.class))
            .toList();
    assertThat(deliveries).hasSize(1);
    return Optional.ofNullable(deliveries.getFirst().reportTo());
  }

  private static RawMessage message(String header) {
    return RawMessage.wrap((header + "\r\nText\r\n").getBytes(StandardCharsets.UTF_8));
  }

  private static Optional<Account> account(String name) {
    return name.equals("ana")
        ? Optional.of(
            new Account(
                "ana",
                MailAddress.of("ana@a.example"),
                null,
                List.of(),
                List.of(),
                false,
                ReceivedMail.RECEIVED_AT))
        : Optional.empty();
  }

  private static MailMeta meta(
      RawMessage message,
      String path,
      @Nullable String account,
      AuthenticationReport authentication) {
    return new MailMeta(
        ReceivedMail.nextId(),
        ReceivedMail.RECEIVED_AT,
        ReversePath.of(path),
        List.of(ReceivedMail.to("carl@c.example", new Route.RelayedDomain("c.example"))),
        new MailMeta.BodyFacts(false, false),
        new ClientFacts("192.0.2.1", "mail.example.org", "ESMTPS", null, account),
        message.sha256(),
        new ScanReport(
            ScanReport.Verdict.CLEAN,
            List.of(),
            authentication,
            ReceivedMail.RECEIVED_AT,
            null,
            null,
            null));
  }

  private static AuthenticationReport report(
      Result dmarc, Result spf, Identity identity, String spfDomain) {
    return new AuthenticationReport(
        spf,
        Result.NONE,
        dmarc,
        "a.example",
        new AuthenticationEvidence(
            new Spf(spf, identity, spfDomain, ""),
            List.of(),
            new Dmarc(dmarc, "a.example", null, null, false, List.of(), ""),
            new Arc(Result.NONE, 0, null, ""),
            new Iprev(Result.NONE, null)));
  }
}
