package org.milena.common.event;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.milena.common.command.CommandOutcome;
import org.milena.common.command.CommandRecord;
import org.milena.common.command.ListCommand;
import org.milena.common.command.OutcomeRecord;
import org.milena.common.directory.Account;
import org.milena.common.directory.AddressClaim;
import org.milena.common.directory.MailDomain;
import org.milena.common.directory.MailingList;
import org.milena.common.directory.Member;
import org.milena.common.directory.MemberOptions;
import org.milena.common.directory.MemberRole;
import org.milena.common.directory.OptionsPatch;
import org.milena.common.directory.PendingRequest;
import org.milena.common.directory.Suppression;
import org.milena.common.directory.Template;
import org.milena.common.event.AuthenticationReport.Result;
import org.milena.common.mail.ForwardPath;
import org.milena.common.mail.ListId;
import org.milena.common.mail.MailAddress;
import org.milena.common.mail.MailId;
import org.milena.common.mail.ReversePath;
import org.milena.common.settings.DeliveryMode;
import org.milena.common.settings.HeaderFilter;
import org.milena.common.settings.ListSettings;
import org.milena.common.settings.PostAction;
import org.milena.common.settings.ScanPolicy;
import org.milena.common.settings.SettingsPatch;
import tools.jackson.databind.node.NullNode;

/**
 * Every record as the released versions wrote it. A golden file is never changed: a new version of
 * a record gets a file of its own, and the old one must still be read.
 */
class GoldenFilesTest {
  private static final Instant AT = Instant.parse("2026-11-21T10:15:30.123Z");
  private static final MailId MAIL = MailId.of("019aa5f1-2b3c-7def-8123-456789abcdef");
  private static final ListId LIST = ListId.of("users.lists.example.org");
  private static final MailAddress ANA = MailAddress.of("ana@example.org");
  private static final String SHA =
      "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";
  private static final MailPointer POINTER =
      new MailPointer(new RecordPosition(Topics.OUTGOING, 2, 41), MAIL, SHA);

  private static final SettingsPatch OLDEST_SETTINGS =
      SettingsPatch.of("subscribePolicy", "CONFIRM")
          .and("nonMemberAction", "HOLD")
          .and("memberAction", "DEFER")
          .and("archiveAccess", "PUBLIC")
          .and("archived", true)
          .and("maxSize", 0)
          .and("verp", true);

  /** What only older versions write. */
  static Stream<Arguments> olderRecords() {
    return Stream.of(
        Arguments.of(
            "command-create-list-1",
            command(
                new ListCommand.CreateList(
                    MailAddress.of("users@lists.example.org"),
                    "Users",
                    "For users",
                    ListSettings.DISCUSSION))),
        Arguments.of(
            "command-create-list-1-authorship",
            command(
                new ListCommand.CreateList(
                    MailAddress.of("users@lists.example.org"),
                    "Users",
                    "For users",
                    ListSettings.DISCUSSION))),
        Arguments.of("command-change-list-1", command(changed(OLDEST_SETTINGS))),
        Arguments.of(
            "command-change-list-1-authorship",
            command(
                changed(
                    OLDEST_SETTINGS
                        .and("unprovenAction", "DEFER")
                        .and("disownedAction", "HOLD")
                        .and("suspectAction", "HOLD")
                        .and("scanPolicy", NullNode.getInstance())))),
        Arguments.of(
            "command-put-members-1",
            command(
                new ListCommand.PutMembers(
                    List.of(
                        new ListCommand.NewMember(
                            ANA,
                            "Ana",
                            Set.of(MemberRole.OWNER),
                            PostAction.HOLD,
                            null,
                            OptionsPatch.delivery(true)))))),
        Arguments.of(
            "member-1",
            new Member(LIST, ANA, "Ana", Set.of(MemberRole.OWNER), PostAction.HOLD, AT)),
        Arguments.of("mailing-list-1-scan-policy", listWithScanPolicy()),
        Arguments.of(
            "mailing-list-1",
            new MailingList(
                LIST,
                MailAddress.of("users@lists.example.org"),
                "Users",
                "For users",
                ListSettings.DISCUSSION,
                AT,
                1)));
  }

  static Stream<Arguments> records() {
    return Stream.of(
        Arguments.of("digest-mail-1", mail().withScan(scan())),
        Arguments.of(
            "audit-entry-1",
            new AuditEntry(
                "c1", LIST, AT, "ana", "192.0.2.1", "change-list", "maxSize: 0 to 9", "done")),
        Arguments.of(
            "command-create-list-1-settings",
            command(
                new ListCommand.CreateList(
                    MailAddress.of("users@lists.example.org"),
                    "Users",
                    "For users",
                    ListSettings.DISCUSSION))),
        Arguments.of(
            "command-change-list-1-patch",
            command(changed(SettingsPatch.of("maxSize", 9).and("bans", List.of("^x"))))),
        Arguments.of(
            "command-put-members-1-options",
            command(
                new ListCommand.PutMembers(
                    List.of(
                        new ListCommand.NewMember(
                            ANA,
                            "Ana",
                            Set.of(MemberRole.OWNER),
                            PostAction.HOLD,
                            null,
                            new OptionsPatch(
                                DeliveryMode.MIME_DIGEST,
                                false,
                                LocalDate.of(2026, 12, 1),
                                false,
                                true,
                                true,
                                true,
                                "de",
                                3)))))),
        Arguments.of("mailing-list-1-settings", listWithScanPolicy()),
        Arguments.of(
            "mailing-list-1-retired",
            new MailingList(
                LIST,
                MailAddress.of("users@lists.example.org"),
                "Users",
                "For users",
                ListSettings.DISCUSSION,
                AT,
                1,
                List.of(
                    new MailingList.FormerAddress(MailAddress.of("people@lists.example.org"), AT)),
                "$argon2id$x",
                true)),
        Arguments.of(
            "member-1-usual",
            new Member(LIST, ANA, "Ana", Set.of(MemberRole.OWNER), PostAction.HOLD, AT)),
        Arguments.of(
            "member-1-options",
            new Member(
                LIST,
                ANA,
                "Ana",
                Set.of(MemberRole.MEMBER),
                null,
                new MemberOptions(
                    DeliveryMode.PLAIN_DIGEST,
                    MemberOptions.Stop.BY_BOUNCES,
                    LocalDate.of(2026, 12, 1),
                    false,
                    true,
                    true,
                    true,
                    "de",
                    2),
                AT)),
        Arguments.of(
            "mail-domain-1",
            new MailDomain(
                "lists.example.org",
                "Ours",
                Set.of("ana"),
                List.of("^.*@spam"),
                List.of(new HeaderFilter("X-Spam", "yes", PostAction.DISCARD)))),
        Arguments.of(
            "template-1", new Template(LIST.value(), "list:user:notice:welcome", "en", "Hello")),
        Arguments.of(
            "list-state-1",
            new ListState(LIST, 7, 2, 3, LocalDate.of(2026, 11, 20), LocalDate.of(2026, 11, 21))),
        Arguments.of(
            "bounce-score-1",
            new BounceScore(
                LIST,
                ANA,
                2.5,
                LocalDate.of(2026, 11, 20),
                "550 5.1.1 unknown",
                LocalDate.of(2026, 11, 20),
                LocalDate.of(2026, 11, 21),
                1,
                LocalDate.of(2026, 11, 21))),
        Arguments.of(
            "bounce-score-points-1",
            new BounceScore(
                LIST,
                ANA,
                2.5,
                LocalDate.of(2026, 11, 20),
                "550 5.1.1 unknown",
                null,
                null,
                0,
                null,
                0.5)),
        Arguments.of(
            "digest-post-1",
            new DigestPost(LIST, MAIL, POINTER, "Ana", "hi", 1234, AT, true, false)),
        Arguments.of("thread-lock-1", new ThreadLock(LIST, "m@x", "hi", true, "ana", AT, AT)),
        Arguments.of("received-mail-1", mail()),
        Arguments.of("list-mail-1", mail().withScan(scan())),
        Arguments.of("list-mail-1-authenticated", mail().withScan(fullScan())),
        Arguments.of(
            "post-1",
            new PostMeta(MAIL, LIST, ArchiveId.compute(LIST, "m1@example.org", SHA), AT, AT, SHA)),
        Arguments.of(
            "outgoing-mail-1",
            new OutgoingMeta(
                MAIL, LIST, OutgoingMeta.Kind.POST, new MailMeta.BodyFacts(true, false))),
        Arguments.of("delivery-1", delivery()),
        Arguments.of(
            "delivery-fixed-1",
            new Delivery(
                POINTER,
                OutgoingMeta.Kind.NOTICE,
                null,
                "example.org",
                new ReturnPath.Fixed(new ReversePath.Null()),
                null,
                List.of(ANA),
                AT)),
        Arguments.of(
            "delivery-relay-1-report",
            new Delivery(
                POINTER,
                OutgoingMeta.Kind.RELAY,
                null,
                "example.net",
                new ReturnPath.Fixed(new ReversePath.Mailbox(ANA)),
                null,
                List.of(MailAddress.of("bob@example.net")),
                AT,
                ANA)),
        Arguments.of(
            "deferral-1",
            new Deferral(new DeliveryId(3, 17), delivery(), 2, "4.2.2", "452 4.2.2 full", AT)),
        Arguments.of(
            "delivery-result-1",
            new DeliveryResult(
                new DeliveryId(3, 17),
                MAIL,
                LIST,
                1,
                AT,
                List.of(
                    new DeliveryResult.Recipient(
                        ANA, new RecipientOutcome.Relayed("mx.example.org", "250 2.0.0 ok")),
                    new DeliveryResult.Recipient(
                        ANA, new RecipientOutcome.Deferred("4.2.2", "full", AT)),
                    new DeliveryResult.Recipient(
                        ANA, new RecipientOutcome.Failed("5.1.1", "unknown"))))),
        Arguments.of(
            "delivery-result-kind-1",
            new DeliveryResult(
                new DeliveryId(3, 17),
                MAIL,
                LIST,
                1,
                AT,
                List.of(
                    new DeliveryResult.Recipient(
                        ANA, new RecipientOutcome.Failed("5.1.1", "unknown"))),
                OutgoingMeta.Kind.POST)),
        Arguments.of(
            "mail-event-1",
            new MailEvent(
                MAIL, AT, MailEvent.Kind.EXPANDED, LIST, "m1@example.org", "to 3 members", 3)),
        Arguments.of("held-mail-1", mail().withScan(scan())),
        Arguments.of(
            "quarantined-mail-1", new QuarantineMeta(mail().withScan(scan()), "infected", AT)),
        Arguments.of(
            "quarantine-act-1",
            new QuarantineAct(MAIL, QuarantineAct.Act.RELEASED, "admin", AT, null, null, null)),
        Arguments.of(
            "quarantine-act-1-despite",
            new QuarantineAct(
                MAIL, QuarantineAct.Act.PROPOSED, "admin", AT, "a false alarm", scan(), null)),
        Arguments.of(
            "quarantine-act-1-named",
            new QuarantineAct(
                MAIL, QuarantineAct.Act.DELETED, "admin", AT, null, null, MAIL.toString())),
        Arguments.of("quarantine-digest-1", new QuarantineDigest(AT, "main", AT)),
        Arguments.of(
            "queue-act-1", new QueueAct(QueueAct.Act.RETRY, "example.org", null, "admin", AT)),
        Arguments.of(
            "dead-letter-1",
            new DeadLetterMeta(
                "scanner", new RecordPosition(Topics.RECEIVED, 0, 5), "it broke", 5, AT)),
        Arguments.of(
            "hold-1", new Hold("h1", LIST, MAIL, POINTER, "Ana", "Hello", 99, AT, List.of("new"))),
        Arguments.of(
            "hold-1-decided",
            new Hold(
                "h1",
                LIST,
                MAIL,
                POINTER,
                "Ana",
                "Hello",
                99,
                AT,
                List.of("new"),
                new Hold.Writer(ANA, true),
                new Hold.Claim("ana", AT),
                new Hold.Decision(Hold.Verdict.DISCARDED, "ana", AT, AT))),
        Arguments.of("seen-post-1", new SeenPost(MAIL, AT)),
        Arguments.of(
            "pending-request-1",
            PendingRequest.ofList(
                "r1", LIST, PendingRequest.Kind.SUBSCRIBE, ANA, "Ana", AT, AT.plusSeconds(60))),
        Arguments.of("pending-request-1-moderation", moderation()),
        Arguments.of(
            "pending-request-1-account",
            new PendingRequest(
                "r2",
                null,
                PendingRequest.Kind.ACCOUNT_ADDRESS,
                ANA,
                "",
                AT,
                AT.plusSeconds(60),
                null,
                null,
                "ana")),
        Arguments.of(
            "command-subscribe-1-mode",
            command(new ListCommand.Subscribe(ANA, "Ana", DeliveryMode.PLAIN_DIGEST))),
        Arguments.of(
            "command-decide-request-1",
            command(
                new ListCommand.DecideRequest(
                    "r1", ListCommand.RequestDecision.REJECT, "not now"))),
        Arguments.of(
            "command-invite-1", command(new ListCommand.Invite(List.of(ANA), "Come and see."))),
        Arguments.of(
            "command-change-options-1",
            command(
                new ListCommand.ChangeOptions(
                    ANA, OptionsPatch.delivery(DeliveryMode.MIME_DIGEST), "Ana B."))),
        Arguments.of(
            "command-ask-for-confirmation-1",
            command(
                new ListCommand.AskForConfirmation(
                    moderation(), ListCommand.Limit.NETWORK, false, "192.0.2.0/24", ""))),
        Arguments.of(
            "command-ask-for-confirmation-1-invitation",
            command(
                new ListCommand.AskForConfirmation(
                    moderation(), ListCommand.Limit.ADDRESS, true, null, "Come and see."))),
        Arguments.of(
            "command-ask-for-address-1", command(new ListCommand.AskForAddress("ana", ANA))),
        Arguments.of("command-confirm-address-1", command(new ListCommand.ConfirmAddress("r2"))),
        Arguments.of("command-drop-address-1", command(new ListCommand.DropAddress("ana", ANA))),
        Arguments.of("command-delete-list-1", command(new ListCommand.DeleteList())),
        Arguments.of(
            "command-remove-members-1", command(new ListCommand.RemoveMembers(List.of(ANA)))),
        Arguments.of("command-subscribe-1", command(new ListCommand.Subscribe(ANA, "Ana"))),
        Arguments.of("command-unsubscribe-1", command(new ListCommand.Unsubscribe(ANA, true))),
        Arguments.of("command-confirm-1", command(new ListCommand.Confirm("r1"))),
        Arguments.of(
            "command-decide-held-1",
            command(new ListCommand.DecideHeld("h1", ListCommand.HeldDecision.REJECT, "not here"))),
        Arguments.of(
            "command-decide-held-1-trust",
            command(
                new ListCommand.DecideHeld(
                    "h1", ListCommand.HeldDecision.ACCEPT_AND_TRUST, "", true))),
        Arguments.of("command-claim-held-1", command(new ListCommand.ClaimHeld("h1", false))),
        Arguments.of("command-undo-held-1", command(new ListCommand.UndoHeld("h1"))),
        Arguments.of(
            "command-rename-list-1",
            command(new ListCommand.RenameList(MailAddress.of("people@lists.example.org"), AT))),
        Arguments.of(
            "command-claim-address-1",
            command(
                new ListCommand.ClaimAddress(
                    MailAddress.of("people@lists.example.org"), LIST, AT))),
        Arguments.of(
            "command-take-address-1",
            command(new ListCommand.TakeAddress(MailAddress.of("people@lists.example.org"), AT))),
        Arguments.of("command-retire-list-1", command(new ListCommand.RetireList(true))),
        Arguments.of(
            "command-set-moderator-secret-1",
            command(new ListCommand.SetModeratorSecret("$argon2id$x"))),
        Arguments.of(
            "command-put-domain-1",
            command(
                new ListCommand.PutDomain(
                    new MailDomain(
                        "lists.example.org", "Ours", Set.of("ana"), List.of(), List.of())))),
        Arguments.of(
            "command-delete-domain-1", command(new ListCommand.DeleteDomain("lists.example.org"))),
        Arguments.of(
            "command-take-over-list-1",
            command(
                new ListCommand.TakeOverList(
                    MailAddress.of("users@lists.example.org"),
                    "Users",
                    "For users",
                    SettingsPatch.of("emergency", true),
                    List.of(new Template(LIST.value(), "list:user:notice:welcome", "en", "Hello")),
                    new ListState(LIST, 7, 2, 3, LocalDate.of(2026, 11, 20), null),
                    "$argon2id$x",
                    false))),
        Arguments.of(
            "command-take-over-members-1",
            command(
                new ListCommand.TakeOverMembers(
                    List.of(new Member(LIST, ANA, "Ana", Set.of(MemberRole.OWNER), null, AT))))),
        Arguments.of(
            "command-take-over-held-1",
            command(
                new ListCommand.TakeOverHeld(
                    new Hold("h1", LIST, MAIL, POINTER, "Ana", "Hello", 99, AT, List.of("new"))))),
        Arguments.of(
            "address-claim-1",
            new AddressClaim(MailAddress.of("people@lists.example.org"), LIST, AT)),
        Arguments.of(
            "command-close-thread-1",
            command(new ListCommand.CloseThread("1@a.example", "Hello", true, 14))),
        Arguments.of(
            "command-close-thread-2",
            command(new ListCommand.CloseThread("1@a.example", "", false, null))),
        Arguments.of("command-open-thread-1", command(new ListCommand.OpenThread("1@a.example"))),
        Arguments.of("command-do-chores-1", command(new ListCommand.DoChores())),
        Arguments.of(
            "command-note-failure-1",
            command(
                new ListCommand.NoteFailure(
                    MAIL, OutgoingMeta.Kind.POST, ANA, "5.1.1", "550 5.1.1 unknown", AT))),
        Arguments.of("command-forget-bounces-1", command(new ListCommand.ForgetBounces(ANA))),
        Arguments.of(
            "command-put-suppression-1", command(new ListCommand.PutSuppression(ANA, "asked"))),
        Arguments.of(
            "command-delete-suppression-1", command(new ListCommand.DeleteSuppression(ANA))),
        Arguments.of("command-put-account-1", command(new ListCommand.PutAccount(account(), null))),
        Arguments.of("command-delete-account-1", command(new ListCommand.DeleteAccount("ana"))),
        Arguments.of(
            "command-put-template-1",
            command(
                new ListCommand.PutTemplate(
                    LIST.value(), "list:user:notice:welcome", "de", "Hallo ${user_email}"))),
        Arguments.of(
            "command-delete-template-1",
            command(new ListCommand.DeleteTemplate("*", "list:user:notice:welcome", "de"))),
        Arguments.of(
            "outcome-1",
            new OutcomeRecord("c1", new CommandOutcome.Refused("list-exists", "there"), AT)),
        Arguments.of(
            "outcome-done-1", new OutcomeRecord("c1", new CommandOutcome.Done("It is so.", 2), AT)),
        Arguments.of(
            "outcome-not-found-1",
            new OutcomeRecord("c1", new CommandOutcome.NotFound("There is none."), AT)),
        Arguments.of("account-1", account()),
        Arguments.of(
            "account-1-addresses",
            account().withMoreAddresses(List.of(MailAddress.of("ana@home.example")))),
        Arguments.of("suppression-1", new Suppression(ANA, "asked", AT)));
  }

  private static MailMeta mail() {
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

  private static ScanReport scan() {
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

  private static ScanReport fullScan() {
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

  private static ListCommand.ChangeList changed(SettingsPatch settings) {
    return new ListCommand.ChangeList("Users", null, settings, 5_000_000_000L);
  }

  private static MailingList listWithScanPolicy() {
    return new MailingList(
        LIST,
        MailAddress.of("users@lists.example.org"),
        "Users",
        "For users",
        withScanPolicy(ListSettings.DISCUSSION),
        AT,
        1);
  }

  private static ListSettings withScanPolicy(ListSettings settings) {
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

  private static Delivery delivery() {
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

  private static CommandRecord command(ListCommand command) {
    return new CommandRecord("c1", LIST, "admin", "192.0.2.1", AT, command);
  }

  private static PendingRequest moderation() {
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

  private static Account account() {
    return new Account(
        "ana",
        ANA,
        "$argon2id$x",
        List.of(new Account.AppPassword("p1", "phone", 4096, "c2FsdA==", "c3Q=", "c3Y=")),
        List.of(new Account.ApiToken("t1", "script", SHA, Set.of(Account.Scope.READ))),
        true,
        AT);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource({"records", "olderRecords"})
  void isReadAsItWasWritten(String name, Object record) throws IOException {
    assertThat((Object) MailJson.read(golden(name), record.getClass())).isEqualTo(record);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("records")
  void isStillWrittenLikeThat(String name, Object record) throws IOException {
    assertThat(MailJson.mapper().readTree(MailJson.bytes(record)))
        .isEqualTo(MailJson.mapper().readTree(golden(name)));
  }

  @Test
  void everyTypeOfRecordHasOne() {
    List<String> names = records().map(one -> (String) one.get()[0]).toList();
    for (RecordType type : RecordType.values()) {
      if (type != RecordType.ROW) { // the rows stand here by what they are
        String[] label = type.label().split("/");
        assertThat(names)
            .as(type.label())
            .anyMatch(name -> name.startsWith(label[0]) && name.endsWith("-" + label[1]));
      }
    }
  }

  @Test
  void everyCommandAndEveryOutcomeHasOne() {
    Set<Class<?>> there = new HashSet<>();
    records()
        .map(one -> one.get()[1])
        .forEach(record -> {
          if (record instanceof CommandRecord one) {
            there.add(one.command().getClass());
          } else if (record instanceof OutcomeRecord one) {
            there.add(one.outcome().getClass());
          }
        });
    assertThat(there)
        .contains(ListCommand.class.getPermittedSubclasses())
        .contains(CommandOutcome.class.getPermittedSubclasses());
  }

  @Test
  void aFieldOfANewerVersionIsIgnored() {
    assertThat(
            MailJson.read(
                "{\"mailId\":\"" + MAIL + "\",\"at\":\"" + AT + "\",\"tomorrow\":{}}",
                SeenPost.class))
        .isEqualTo(new SeenPost(MAIL, AT));
  }

  private static byte[] golden(String name) throws IOException {
    try (InputStream in = GoldenFilesTest.class.getResourceAsStream("/golden/" + name + ".json")) {
      assertThat(in).as("golden file %s.json", name).isNotNull();
      byte[] bytes = in.readAllBytes();
      assertThat(new String(bytes, StandardCharsets.UTF_8)).isNotBlank();
      return bytes;
    }
  }
}
