package org.milena.common.event;

import static org.milena.common.event.GoldenValues.ANA;
import static org.milena.common.event.GoldenValues.AT;
import static org.milena.common.event.GoldenValues.LIST;
import static org.milena.common.event.GoldenValues.MAIL;
import static org.milena.common.event.GoldenValues.OLDEST_SETTINGS;
import static org.milena.common.event.GoldenValues.POINTER;
import static org.milena.common.event.GoldenValues.SHA;
import static org.milena.common.event.GoldenValues.account;
import static org.milena.common.event.GoldenValues.changed;
import static org.milena.common.event.GoldenValues.command;
import static org.milena.common.event.GoldenValues.delivery;
import static org.milena.common.event.GoldenValues.fullScan;
import static org.milena.common.event.GoldenValues.listWithScanPolicy;
import static org.milena.common.event.GoldenValues.mail;
import static org.milena.common.event.GoldenValues.moderation;
import static org.milena.common.event.GoldenValues.retired;
import static org.milena.common.event.GoldenValues.scan;

import java.time.LocalDate;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.Arguments;
import org.milena.common.command.CommandOutcome;
import org.milena.common.command.ListChange;
import org.milena.common.command.MemberChange;
import org.milena.common.command.OutcomeRecord;
import org.milena.common.directory.AddressClaim;
import org.milena.common.directory.FetchedSource;
import org.milena.common.directory.MailDomain;
import org.milena.common.directory.MailingList;
import org.milena.common.directory.Member;
import org.milena.common.directory.MemberOptions;
import org.milena.common.directory.MemberRole;
import org.milena.common.directory.OptionsPatch;
import org.milena.common.directory.PendingRequest;
import org.milena.common.directory.SavedSearch;
import org.milena.common.directory.Suppression;
import org.milena.common.directory.Template;
import org.milena.common.mail.MailAddress;
import org.milena.common.mail.ReversePath;
import org.milena.common.settings.DeliveryMode;
import org.milena.common.settings.HeaderFilter;
import org.milena.common.settings.ListSettings;
import org.milena.common.settings.PostAction;
import tools.jackson.databind.node.NullNode;

/** A sample of every record that is no command, with the name of its golden file. */
final class GoldenRecords {

  static Stream<Arguments> all() {
    return Stream.of(
        Arguments.of("digest-mail-1", mail().withScan(scan())),
        Arguments.of(
            "audit-entry-1",
            new AuditEntry(
                "c1", LIST, AT, "ana", "192.0.2.1", "change-list", "maxSize: 0 to 9", "done")),
        Arguments.of("mailing-list-1-archive", listWithScanPolicy()),
        Arguments.of(
            "mailing-list-1-retired-archive",
            retired(ListSettings.DISCUSSION.with("personalize", "FULL"))),
        Arguments.of(
            "member-1-usual",
            new Member(LIST, ANA, "Ana", Set.of(MemberRole.OWNER), PostAction.HOLD, AT)),
        Arguments.of(
            "member-1-sourced",
            new Member(LIST, ANA, "Ana", Set.of(MemberRole.MEMBER), null, AT)
                .with(MemberOptions.DEFAULT.withMode(DeliveryMode.SUMMARY))
                .sourced(true)),
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
        Arguments.of(
            "removal-1",
            Removal.gone(
                LIST,
                ArchiveId.compute(LIST, "m1@example.org", SHA),
                "m1@example.org",
                AT,
                "a wish of its author",
                "ana",
                AT)),
        Arguments.of(
            "removal-1-redacted",
            new Removal(
                LIST,
                ArchiveId.compute(LIST, "m1@example.org", SHA),
                "m1@example.org",
                AT,
                "a wish of its author",
                "ana",
                AT,
                "a telephone number",
                SHA)),
        Arguments.of("received-mail-1", mail()),
        Arguments.of("list-mail-1", mail().withScan(scan())),
        Arguments.of("list-mail-1-authenticated", mail().withScan(fullScan())),
        Arguments.of(
            "post-1",
            new PostMeta(MAIL, LIST, ArchiveId.compute(LIST, "m1@example.org", SHA), AT, AT, SHA)),
        Arguments.of(
            "post-1-imported",
            new PostMeta(
                MAIL,
                LIST,
                ArchiveId.compute(LIST, "m1@example.org", SHA),
                AT,
                AT,
                SHA,
                new PostMeta.Imported(
                    "pipermail", List.of("/pipermail/dev/2009-July/000001.html"), List.of()))),
        Arguments.of(
            "post-1-redacted",
            new PostMeta(MAIL, LIST, ArchiveId.compute(LIST, "m1@example.org", SHA), AT, AT, SHA)
                .withFormerKeys(List.of("hk:ABC", "sha3:00"))),
        Arguments.of(
            "outgoing-mail-1",
            new OutgoingMeta(
                MAIL, LIST, OutgoingMeta.Kind.POST, new MailMeta.BodyFacts(true, false))),
        Arguments.of(
            "outgoing-mail-1-marks",
            new OutgoingMeta(
                MAIL,
                LIST,
                OutgoingMeta.Kind.POST,
                new MailMeta.BodyFacts(true, false),
                List.of(
                    new PersonalMark(1_203, PersonalValue.NAME_OR_EMAIL),
                    new PersonalMark(1_217, PersonalValue.LEAVE_URL)))),
        Arguments.of("delivery-1", delivery()),
        Arguments.of(
            "delivery-1-personal",
            delivery(
                new PersonalCopies(
                    true, "https://lists.example.org/unsubscribe/", List.of("Ana")))),
        Arguments.of(
            "delivery-1-personal-nameless", delivery(new PersonalCopies(false, null, List.of()))),
        Arguments.of("delivery-1-tracked", delivery(null, true)),
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
        Arguments.of(
            "mail-event-1-author",
            new MailEvent(
                MAIL, AT, MailEvent.Kind.EXPANDED, LIST, "m1@example.org", "to 3 members", 3, ANA)),
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
                List.of(),
                new Hold.Writer(ANA, true),
                new Hold.Claim("ana", AT),
                new Hold.Decision(Hold.Verdict.DISCARDED, "ana", AT, AT))),
        Arguments.of(
            "hold-1-sentences",
            new Hold(
                "h1",
                LIST,
                MAIL,
                POINTER,
                "Ana",
                "Hello",
                99,
                AT,
                List.of("It has 1,000 octets: a lot."),
                List.of(
                    new Sentence(
                        "It has 1,000 octets: a lot.",
                        "size",
                        List.of(Sentence.number(1_000), Sentence.plain("a lot")))),
                null,
                null,
                null)),
        Arguments.of(
            "tracked-post-1", new TrackedPost(LIST, MAIL, ANA, "Hello", 3, 1, 1, AT, AT, AT)),
        Arguments.of(
            "tracked-post-2", new TrackedPost(LIST, MAIL, ANA, "Hello", 3, 0, 0, AT, null, null)),
        Arguments.of("seen-post-1", new SeenPost(MAIL, AT)),
        Arguments.of("seen-post-1-thread", new SeenPost(MAIL, AT, null, "m@x")),
        Arguments.of(
            "saved-search-1",
            new SavedSearch("ana", "s1", "Mine", GoldenValues.question(), AT, AT.plusSeconds(60))),
        Arguments.of(
            "saved-search-1-everywhere",
            new SavedSearch(
                "ana", "s2", "All", new SavedSearch.Question("NOT x", null, null, false), AT, AT)),
        Arguments.of(
            "thread-wish-1",
            new ThreadWish(LIST, ANA, "m@x", "hi", ThreadWish.Kind.FOLLOW, AT, AT)),
        Arguments.of(
            "thread-wish-2", new ThreadWish(LIST, ANA, "m@x", "", ThreadWish.Kind.MUTE, AT, AT)),
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
            "address-claim-1",
            new AddressClaim(MailAddress.of("people@lists.example.org"), LIST, AT)),
        Arguments.of(
            "outcome-1",
            new OutcomeRecord("c1", new CommandOutcome.Refused("list-exists", "there"), AT)),
        Arguments.of(
            "outcome-done-1", new OutcomeRecord("c1", new CommandOutcome.Done("It is so.", 2), AT)),
        Arguments.of(
            "outcome-done-1-id",
            new OutcomeRecord("c1", new CommandOutcome.Done("It is kept.", 1, "s1"), AT)),
        Arguments.of(
            "outcome-not-found-1",
            new OutcomeRecord("c1", new CommandOutcome.NotFound("There is none."), AT)),
        Arguments.of("account-1", account()),
        Arguments.of(
            "account-1-addresses",
            account().withMoreAddresses(List.of(MailAddress.of("ana@home.example")))),
        Arguments.of("suppression-1", new Suppression(ANA, "asked", AT)));
  }

  /** As older versions wrote them; commands, too. */
  static Stream<Arguments> older() {
    return Stream.of(
        Arguments.of(
            "command-create-list-1",
            command(
                new ListChange.CreateList(
                    MailAddress.of("users@lists.example.org"),
                    "Users",
                    "For users",
                    ListSettings.DISCUSSION))),
        Arguments.of(
            "command-create-list-1-authorship",
            command(
                new ListChange.CreateList(
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
                new MemberChange.PutMembers(
                    List.of(
                        new MemberChange.NewMember(
                            ANA,
                            "Ana",
                            Set.of(MemberRole.OWNER),
                            PostAction.HOLD,
                            null,
                            OptionsPatch.delivery(true)))))),
        Arguments.of(
            "fetched-source-1",
            FetchedSource.first(LIST, "https://example.org/members.txt", AT)
                .taken(
                    List.of(
                        new FetchedSource.Entry(ANA, "Ana"),
                        new FetchedSource.Entry(MailAddress.of("bob@example.org"), "")),
                    "\"v1\"",
                    AT)
                .waiting(new FetchedSource.Smaller(1, SHA), AT)),
        Arguments.of(
            "fetched-source-2",
            FetchedSource.first(LIST, "https://example.org/members.txt", AT)
                .failed("The server answers 404.", AT)),
        Arguments.of(
            "member-1",
            new Member(LIST, ANA, "Ana", Set.of(MemberRole.OWNER), PostAction.HOLD, AT)),
        Arguments.of(
            "command-create-list-1-settings",
            command(
                new ListChange.CreateList(
                    MailAddress.of("users@lists.example.org"),
                    "Users",
                    "For users",
                    ListSettings.DISCUSSION))),
        Arguments.of(
            "command-create-list-1-each-bounce",
            command(
                new ListChange.CreateList(
                    MailAddress.of("users@lists.example.org"),
                    "Users",
                    "For users",
                    ListSettings.DISCUSSION))),
        Arguments.of("mailing-list-1-each-bounce", listWithScanPolicy()),
        Arguments.of(
            "mailing-list-1-retired-each-bounce",
            retired(ListSettings.DISCUSSION.with("personalize", "FULL"))),
        Arguments.of("mailing-list-1-settings", listWithScanPolicy()),
        Arguments.of("mailing-list-1-retired", retired(ListSettings.DISCUSSION)),
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

  private GoldenRecords() {}
}
