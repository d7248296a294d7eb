package org.milena.common.event;

import static org.milena.common.event.GoldenValues.ANA;
import static org.milena.common.event.GoldenValues.AT;
import static org.milena.common.event.GoldenValues.LIST;
import static org.milena.common.event.GoldenValues.MAIL;
import static org.milena.common.event.GoldenValues.POINTER;
import static org.milena.common.event.GoldenValues.account;
import static org.milena.common.event.GoldenValues.changed;
import static org.milena.common.event.GoldenValues.command;
import static org.milena.common.event.GoldenValues.moderation;

import java.time.LocalDate;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.Arguments;
import org.milena.common.command.AccountChange;
import org.milena.common.command.AddressChange;
import org.milena.common.command.DeliveryChange;
import org.milena.common.command.DomainChange;
import org.milena.common.command.HeldChange;
import org.milena.common.command.ListChange;
import org.milena.common.command.MemberChange;
import org.milena.common.command.PostChange;
import org.milena.common.command.RequestChange;
import org.milena.common.command.SearchChange;
import org.milena.common.command.TakeOverChange;
import org.milena.common.command.TemplateChange;
import org.milena.common.command.ThreadChange;
import org.milena.common.directory.FetchedSource;
import org.milena.common.directory.MailDomain;
import org.milena.common.directory.Member;
import org.milena.common.directory.MemberRole;
import org.milena.common.directory.OptionsPatch;
import org.milena.common.directory.Template;
import org.milena.common.mail.MailAddress;
import org.milena.common.mail.Splice;
import org.milena.common.settings.DeliveryMode;
import org.milena.common.settings.ListSettings;
import org.milena.common.settings.PostAction;
import org.milena.common.settings.SettingsPatch;

/** A sample of every command, with the name of its golden file. */
final class GoldenCommands {

  static Stream<Arguments> all() {
    return Stream.of(
        Arguments.of(
            "command-create-list-1-archive",
            command(
                new ListChange.CreateList(
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
                new MemberChange.PutMembers(
                    List.of(
                        new MemberChange.NewMember(
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
        Arguments.of(
            "command-put-members-1-sourced",
            command(
                new MemberChange.PutMembers(
                    List.of(
                        new MemberChange.NewMember(
                            ANA,
                            "Ana",
                            Set.of(MemberRole.MEMBER),
                            null,
                            null,
                            OptionsPatch.NONE,
                            true))))),
        Arguments.of(
            "command-subscribe-1-mode",
            command(new RequestChange.Subscribe(ANA, "Ana", DeliveryMode.PLAIN_DIGEST))),
        Arguments.of(
            "command-decide-request-1",
            command(
                new RequestChange.DecideRequest(
                    "r1", RequestChange.RequestDecision.REJECT, "not now"))),
        Arguments.of(
            "command-invite-1", command(new RequestChange.Invite(List.of(ANA), "Come and see."))),
        Arguments.of(
            "command-change-options-1",
            command(
                new MemberChange.ChangeOptions(
                    ANA, OptionsPatch.delivery(DeliveryMode.MIME_DIGEST), "Ana B."))),
        Arguments.of(
            "command-ask-for-confirmation-1",
            command(
                new RequestChange.AskForConfirmation(
                    moderation(), RequestChange.Limit.NETWORK, false, "192.0.2.0/24", ""))),
        Arguments.of(
            "command-ask-for-confirmation-1-invitation",
            command(
                new RequestChange.AskForConfirmation(
                    moderation(), RequestChange.Limit.ADDRESS, true, null, "Come and see."))),
        Arguments.of(
            "command-ask-for-address-1", command(new AccountChange.AskForAddress("ana", ANA))),
        Arguments.of("command-confirm-address-1", command(new AccountChange.ConfirmAddress("r2"))),
        Arguments.of("command-drop-address-1", command(new AccountChange.DropAddress("ana", ANA))),
        Arguments.of("command-delete-list-1", command(new ListChange.DeleteList())),
        Arguments.of(
            "command-remove-members-1", command(new MemberChange.RemoveMembers(List.of(ANA)))),
        Arguments.of("command-subscribe-1", command(new RequestChange.Subscribe(ANA, "Ana"))),
        Arguments.of("command-unsubscribe-1", command(new RequestChange.Unsubscribe(ANA, true))),
        Arguments.of("command-confirm-1", command(new RequestChange.Confirm("r1"))),
        Arguments.of(
            "command-decide-held-1",
            command(new HeldChange.DecideHeld("h1", HeldChange.HeldDecision.REJECT, "not here"))),
        Arguments.of(
            "command-decide-held-1-trust",
            command(
                new HeldChange.DecideHeld(
                    "h1", HeldChange.HeldDecision.ACCEPT_AND_TRUST, "", true))),
        Arguments.of("command-claim-held-1", command(new HeldChange.ClaimHeld("h1", false))),
        Arguments.of("command-undo-held-1", command(new HeldChange.UndoHeld("h1"))),
        Arguments.of(
            "command-rename-list-1",
            command(new AddressChange.RenameList(MailAddress.of("people@lists.example.org"), AT))),
        Arguments.of(
            "command-claim-address-1",
            command(
                new AddressChange.ClaimAddress(
                    MailAddress.of("people@lists.example.org"), LIST, AT))),
        Arguments.of(
            "command-take-address-1",
            command(new AddressChange.TakeAddress(MailAddress.of("people@lists.example.org"), AT))),
        Arguments.of("command-retire-list-1", command(new ListChange.RetireList(true))),
        Arguments.of(
            "command-set-moderator-secret-1",
            command(new ListChange.SetModeratorSecret("$argon2id$x"))),
        Arguments.of(
            "command-put-domain-1",
            command(
                new DomainChange.PutDomain(
                    new MailDomain(
                        "lists.example.org", "Ours", Set.of("ana"), List.of(), List.of())))),
        Arguments.of(
            "command-delete-domain-1", command(new DomainChange.DeleteDomain("lists.example.org"))),
        Arguments.of(
            "command-take-over-list-1",
            command(
                new TakeOverChange.TakeOverList(
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
                new TakeOverChange.TakeOverMembers(
                    List.of(new Member(LIST, ANA, "Ana", Set.of(MemberRole.OWNER), null, AT))))),
        Arguments.of(
            "command-take-over-held-1",
            command(
                new TakeOverChange.TakeOverHeld(
                    new Hold("h1", LIST, MAIL, POINTER, "Ana", "Hello", 99, AT, List.of("new"))))),
        Arguments.of(
            "command-close-thread-1",
            command(new ThreadChange.CloseThread("1@a.example", "Hello", true, 14))),
        Arguments.of(
            "command-close-thread-2",
            command(new ThreadChange.CloseThread("1@a.example", "", false, null))),
        Arguments.of(
            "command-take-source-1",
            command(
                new MemberChange.TakeSource(
                    "https://example.org/members.txt",
                    AT,
                    List.of(new FetchedSource.Entry(ANA, "Ana")),
                    "\"v1\"",
                    null,
                    true))),
        Arguments.of(
            "command-take-source-2",
            command(
                new MemberChange.TakeSource(
                    "https://example.org/members.txt", AT, null, null, "It is gone.", false))),
        Arguments.of(
            "command-note-copies-1", command(new DeliveryChange.NoteCopies(MAIL, 2, 1, AT))),
        Arguments.of(
            "command-change-options-1-tracking",
            command(new MemberChange.ChangeOptions(ANA, OptionsPatch.tracking(true), null))),
        Arguments.of("command-welcome-owners-1", command(new ListChange.WelcomeOwners())),
        Arguments.of("command-open-thread-1", command(new ThreadChange.OpenThread("1@a.example"))),
        Arguments.of(
            "command-wish-thread-1",
            command(
                new ThreadChange.WishThread(ANA, "1@a.example", "Hello", ThreadWish.Kind.MUTE))),
        Arguments.of(
            "command-end-thread-wish-1",
            command(new ThreadChange.EndThreadWish(ANA, "1@a.example", null))),
        Arguments.of(
            "command-end-thread-wish-2",
            command(new ThreadChange.EndThreadWish(ANA, "1@a.example", ThreadWish.Kind.FOLLOW))),
        Arguments.of(
            "command-remove-posts-1",
            command(
                new PostChange.RemovePosts(
                    List.of(
                        new PostChange.ArchivedMail(
                            ArchiveId.compute(LIST, "m1@example.org", "00"),
                            MAIL,
                            "m1@example.org",
                            AT)),
                    "a wish of its author"))),
        Arguments.of(
            "command-redact-post-1",
            command(
                new PostChange.RedactPost(
                    new PostChange.ArchivedMail(
                        ArchiveId.compute(LIST, "m1@example.org", "00"),
                        MAIL,
                        "m1@example.org",
                        AT),
                    POINTER,
                    List.of(new Splice(10, 20, "[redacted]")),
                    List.of("hk:ABC"),
                    "1 passage",
                    "a wish of its author"))),
        Arguments.of("command-do-chores-1", command(new ListChange.DoChores())),
        Arguments.of(
            "command-note-failure-1",
            command(
                new DeliveryChange.NoteFailure(
                    MAIL, OutgoingMeta.Kind.POST, ANA, "5.1.1", "550 5.1.1 unknown", AT))),
        Arguments.of("command-forget-bounces-1", command(new DeliveryChange.ForgetBounces(ANA))),
        Arguments.of(
            "command-put-suppression-1", command(new DeliveryChange.PutSuppression(ANA, "asked"))),
        Arguments.of(
            "command-delete-suppression-1", command(new DeliveryChange.DeleteSuppression(ANA))),
        Arguments.of(
            "command-put-account-1", command(new AccountChange.PutAccount(account(), null))),
        Arguments.of("command-delete-account-1", command(new AccountChange.DeleteAccount("ana"))),
        Arguments.of(
            "command-change-searches-1-keep",
            command(
                new AccountChange.ChangeSearches(
                    "ana", new SearchChange.Keep("Mine", GoldenValues.question(), true)))),
        Arguments.of(
            "command-change-searches-1-replace",
            command(
                new AccountChange.ChangeSearches(
                    "ana",
                    new SearchChange.Keep(
                        "Mine", GoldenValues.question(), true, new SearchChange.Seen("s1", AT))))),
        Arguments.of(
            "command-change-searches-1-rename",
            command(
                new AccountChange.ChangeSearches("ana", new SearchChange.Rename("s1", "Yours")))),
        Arguments.of(
            "command-change-searches-1-remove",
            command(new AccountChange.ChangeSearches("ana", new SearchChange.Remove("s1")))),
        Arguments.of(
            "command-put-template-1",
            command(
                new TemplateChange.PutTemplate(
                    LIST.value(), "list:user:notice:welcome", "de", "Hallo ${user_email}"))),
        Arguments.of(
            "command-delete-template-1",
            command(new TemplateChange.DeleteTemplate("*", "list:user:notice:welcome", "de"))));
  }

  private GoldenCommands() {}
}
