package org.milena.common.event;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.milena.common.command.CommandRecord;
import org.milena.common.command.ListChange;
import org.milena.common.command.ListCommand;
import org.milena.common.directory.Account;
import org.milena.common.directory.MailingList;
import org.milena.common.directory.PendingRequest;
import org.milena.common.directory.SavedSearch;
import org.milena.common.event.AuthenticationReport.Result;
import org.milena.common.mail.ForwardPath;
import org.milena.common.mail.ListId;
import org.milena.common.mail.MailAddress;
import org.milena.common.mail.MailId;
import org.milena.common.mail.ReversePath;
import org.milena.common.settings.DeliveryMode;
import org.milena.common.settings.ListSettings;
import org.milena.common.settings.PostAction;
import org.milena.common.settings.ScanPolicy;
import org.milena.common.settings.SettingsPatch;

/** Values that golden files are made of. */
final class GoldenValues {
  static final Instant AT = Instant.parse("2026-11-21T10:15:30.123Z");
  static final MailId MAIL = MailId.of("019aa5f1-2b3c-7def-8123-456789abcdef");
  static final ListId LIST = ListId.of("users.lists.example.org");
  static final MailAddress ANA = MailAddress.of("ana@example.org");
  static final String SHA = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";
  static final MailPointer POINTER =
      new MailPointer(new RecordPosition(Topics.OUTGOING, 2, 41), MAIL, SHA);

  static final SettingsPatch OLDEST_SETTINGS =
      SettingsPatch.of("subscribePolicy", "CONFIRM")
          .and("nonMemberAction", "HOLD")
          .and("memberAction", "DEFER")
          .and("archiveAccess", "PUBLIC")
          .and("archived", true)
          .and("maxSize", 0)
          .and("verp", true);

  static SavedSearch.Question question() {
    return new SavedSearch.Question("release s:x", LIST, SavedSearch.Order.OLDEST, true);
  }

  /** What only older versions write. */
  static MailMeta mail() {
    return new MailMeta(
        MAIL,
        AT,
        new ReversePath.Mailbox(ANA),
        List.of(
            new RoutedRecipient(
                new ForwardPath.Mailbox(MailAddress.of("users@lists.example.org")),
                new Route.ListPost(LIST)),
            new RoutedRecipient(
                new ForwardPath.Mailbox(MailAddress.of("users-confirm+t@lists.example.org")),
                new Route.ListRole(LIST, Route.Role.CONFIRM, "t")),
            new RoutedRecipient(new ForwardPath.Postmaster(), new Route.SiteRole("postmaster")),
            new RoutedRecipient(
                new ForwardPath.Mailbox(MailAddress.of("x@inside.example.org")),
                new Route.RelayedDomain("inside.example.org")),
            new RoutedRecipient(new ForwardPath.Mailbox(ANA), new Route.Submission())),
        new MailMeta.BodyFacts(true, false),
        new ClientFacts(
            "192.0.2.1",
            "client.example.org",
            "ESMTPSA",
            new ClientFacts.TlsFacts("TLSv1.3", "TLS_AES_256_GCM_SHA384"),
            "ana"),
        SHA,
        null);
  }

  static ScanReport scan() {
    return new ScanReport(
        ScanReport.Verdict.INFECTED,
        List.of(
            new ScanReport.EngineReport(
                "clamd", "1.4/1", ScanReport.Verdict.INFECTED, "Eicar", null)),
        AuthenticationReport.NOT_CHECKED,
        AT,
        null,
        null,
        null);
  }

  static ScanReport fullScan() {
    return new ScanReport(
        ScanReport.Verdict.POLICY,
        List.of(
            new ScanReport.EngineReport(
                "builtin",
                "2",
                ScanReport.Verdict.POLICY,
                "encrypted",
                ScanReport.Objection.ENCRYPTED)),
        new AuthenticationReport(
            Result.PASS,
            Result.PASS,
            Result.PASS,
            "example.org",
            new AuthenticationEvidence(
                new AuthenticationEvidence.Spf(
                    Result.PASS,
                    AuthenticationEvidence.Spf.Identity.MAIL_FROM,
                    "example.org",
                    "matched ip4:192.0.2.0/24"),
                List.of(
                    new AuthenticationEvidence.Signature(
                        Result.PASS,
                        "example.org",
                        "s1",
                        "ed25519-sha256",
                        List.of("from", "subject"),
                        true,
                        "")),
                new AuthenticationEvidence.Dmarc(
                    Result.PASS,
                    "example.org",
                    "example.org",
                    AuthenticationEvidence.Dmarc.Policy.REJECT,
                    false,
                    List.of("spf", "dkim"),
                    ""),
                new AuthenticationEvidence.Arc(Result.PASS, 1, "relay.example.net", ""),
                new AuthenticationEvidence.Iprev(Result.PASS, "client.example.org"))),
        AT,
        null,
        new SpamReport(SpamReport.Level.SUSPECT, 6.5, 15, "add header", List.of("BAYES_SPAM")),
        ScanReport.Passage.HOLD);
  }

  static ListChange.ChangeList changed(SettingsPatch settings) {
    return new ListChange.ChangeList("Users", null, settings, 5_000_000_000L);
  }

  static MailingList listWithScanPolicy() {
    return new MailingList(
        LIST,
        MailAddress.of("users@lists.example.org"),
        "Users",
        "For users",
        withScanPolicy(ListSettings.DISCUSSION),
        AT,
        1);
  }

  static ListSettings withScanPolicy(ListSettings settings) {
    return settings
        .with("unprovenAction", PostAction.HOLD)
        .with("disownedAction", PostAction.REJECT)
        .with("suspectAction", PostAction.DISCARD)
        .with(
            new ScanPolicy(
                1,
                Duration.ofMinutes(15),
                ScanPolicy.Unscannable.ABSTAIN,
                ScanReport.Passage.PASS,
                ScanReport.Passage.HOLD,
                ScanReport.Passage.KEEP,
                ScanReport.Passage.HOLD));
  }

  static MailingList retired(ListSettings settings) {
    return new MailingList(
        LIST,
        MailAddress.of("users@lists.example.org"),
        "Users",
        "For users",
        settings,
        AT,
        1,
        List.of(new MailingList.FormerAddress(MailAddress.of("people@lists.example.org"), AT)),
        "$argon2id$x",
        true);
  }

  static Delivery delivery(PersonalCopies personal) {
    return delivery(personal, null);
  }

  static Delivery delivery(@Nullable PersonalCopies personal, @Nullable Boolean tracked) {
    Delivery usual = delivery();
    return new Delivery(
        usual.content(),
        usual.kind(),
        usual.list(),
        usual.destination(),
        usual.returnPath(),
        usual.unsubscribe(),
        usual.recipients(),
        usual.createdAt(),
        null,
        personal,
        tracked);
  }

  static Delivery delivery() {
    return new Delivery(
        POINTER,
        OutgoingMeta.Kind.POST,
        LIST,
        "example.org",
        new ReturnPath.Verp(MailAddress.of("users-bounces@lists.example.org")),
        new UnsubscribeLink(
            "https://lists.example.org/unsubscribe/",
            MailAddress.of("users-leave@lists.example.org")),
        List.of(ANA),
        AT);
  }

  static CommandRecord command(ListCommand command) {
    return new CommandRecord("c1", LIST, "admin", "192.0.2.1", AT, command);
  }

  static PendingRequest moderation() {
    return new PendingRequest(
        "r1",
        LIST,
        PendingRequest.Kind.SUBSCRIBE,
        ANA,
        "Ana",
        AT,
        AT.plusSeconds(60),
        DeliveryMode.SUMMARY,
        true,
        null);
  }

  static Account account() {
    return new Account(
        "ana",
        ANA,
        "$argon2id$x",
        List.of(new Account.AppPassword("p1", "phone", 4096, "c2FsdA==", "c3Q=", "c3Y=")),
        List.of(new Account.ApiToken("t1", "script", SHA, Set.of(Account.Scope.READ))),
        true,
        AT);
  }

  private GoldenValues() {}
}
