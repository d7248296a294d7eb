package org.milena.listexpander.sequence;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.milena.common.command.AccountChange;
import org.milena.common.command.CommandOutcome;
import org.milena.common.command.CommandOutcome.Done;
import org.milena.common.command.CommandOutcome.NotFound;
import org.milena.common.command.CommandOutcome.Refused;
import org.milena.common.command.CommandRecord;
import org.milena.common.command.HeldChange;
import org.milena.common.command.ListChange;
import org.milena.common.command.ListCommand;
import org.milena.common.command.MemberChange;
import org.milena.common.command.MemberChange.NewMember;
import org.milena.common.command.OutcomeRecord;
import org.milena.common.directory.Account;
import org.milena.common.directory.Member;
import org.milena.common.directory.MemberOptions.Stop;
import org.milena.common.directory.MemberRole;
import org.milena.common.directory.OptionsPatch;
import org.milena.common.event.Delivery;
import org.milena.common.event.MailEvent;
import org.milena.common.event.Topics;
import org.milena.common.mail.MailAddress;
import org.milena.common.settings.HeaderFilter;
import org.milena.common.settings.ListSettings;
import org.milena.common.settings.PostAction;
import org.milena.common.settings.ScanPolicy;
import org.milena.common.settings.SettingsPatch;
import org.milena.listexpander.fake.Fixtures;
import org.milena.listexpander.fake.ListWorld;
import org.milena.listexpander.fake.MemoryTransaction;

class ListCommandsTest {
  private final ListWorld world = new ListWorld();
  private final ListCommand create =
      new ListChange.CreateList(Fixtures.USERS, "Users", "About", ListSettings.DISCUSSION);

  @Test
  void makesAListOnce() {
    assertThat(world.command(create)).isInstanceOf(Done.class);
    assertThat(
            world.tables.directory().lists().get(Fixtures.USERS_ID.value()).orElseThrow().version())
        .isEqualTo(1);
    assertThat(code(world.command(create))).isEqualTo("list-exists");
  }

  @Test
  void tellsTheOwnersOfANewListOnceADay() {
    world.with(Fixtures.list(), Fixtures.member("own@o.example", null, MemberRole.OWNER));
    MemoryTransaction told = world.take(new ListChange.WelcomeOwners());
    assertThat(told.on(Topics.DELIVERIES, Delivery.class))
        .flatExtracting(Delivery::recipients)
        .containsExactly(MailAddress.of("own@o.example"));
    assertThat(told.events())
        .extracting(MailEvent::text)
        .containsExactly("Your new mailing list users@lists.example.org");
    assertThat(world.take(new ListChange.WelcomeOwners()).on(Topics.OUTGOING)).isEmpty();
    assertThat(world.command(new ListChange.WelcomeOwners()))
        .as("nobody was told")
        .isEqualTo(new Done("The owners were told enough of this today.", 0));
  }

  @Test
  void refusesAListThatCannotBe() {
    assertThat(
            code(
                world.command(
                    new ListChange.CreateList(
                        MailAddress.of("users@elsewhere.example"),
                        "",
                        "",
                        ListSettings.DISCUSSION))))
        .isEqualTo("list-name");
    assertThat(
            code(
                world.command(
                    new ListChange.CreateList(
                        MailAddress.of("dev@lists.example.org"), "", "", ListSettings.DISCUSSION))))
        .isEqualTo("list-id");
    assertThat(
            code(
                world.command(
                    new ListChange.CreateList(
                        Fixtures.USERS, "a\r\nb", "", ListSettings.DISCUSSION))))
        .isEqualTo("display-name");
  }

  @Test
  void changesAListAndCountsVersions() {
    world.command(create);
    assertThat(world.command(new ListChange.ChangeList("New", null, null, 1L)))
        .isEqualTo(new Done("The list users@lists.example.org is changed.", 1));
    assertThat(code(world.command(new ListChange.ChangeList("Newer", null, null, 1L))))
        .isEqualTo("version");
    assertThat(world.command(new ListChange.ChangeList("New", null, null, 2L)))
        .isEqualTo(new Done("Nothing was to be changed.", 0));
    assertThat(world.tables.directory().lists().get(Fixtures.USERS_ID.value()).orElseThrow())
        .satisfies(list -> assertThat(list.displayName()).isEqualTo("New"))
        .satisfies(list -> assertThat(list.description()).isEqualTo("About"));
  }

  @Test
  void refusesPatternsThatAreNone() {
    world.with(Fixtures.list());
    for (String setting :
        List.of(
            "bans",
            "acceptNonMembers",
            "holdNonMembers",
            "rejectNonMembers",
            "discardNonMembers",
            "acceptableAliases",
            "dmarcAddresses",
            "dmarcExcept")) {
      assertThat(code(world.command(change(setting, List.of("ann@a.example", "^(")))))
          .as(setting)
          .isEqualTo("pattern");
      assertThat(code(world.command(change(setting, List.of("^((a{999}){999}){999}")))))
          .as(setting)
          .isEqualTo("pattern");
    }
    assertThat(
            code(
                world.command(
                    change(
                        "headerFilters",
                        List.of(new HeaderFilter("Subject", "[", PostAction.HOLD))))))
        .isEqualTo("pattern");
    assertThat(world.command(change("bans", List.of("^.*@spam\\.example", "@x@y.example"))))
        .isInstanceOf(Done.class);
  }

  private static ListCommand change(String setting, Object value) {
    return new ListChange.ChangeList(null, null, SettingsPatch.of(setting, value), null);
  }

  @Test
  void refusesSettingsThatNoListCanKeep() {
    world.command(create);
    for (String setting : List.of("unprovenAction", "disownedAction", "suspectAction")) {
      SettingsPatch accepting = SettingsPatch.of(setting, PostAction.ACCEPT);
      assertThat(code(world.command(new ListChange.ChangeList(null, null, accepting, null))))
          .isEqualTo("action");
    }
    assertThat(
            code(
                world.command(
                    new ListChange.ChangeList(
                        null, null, SettingsPatch.of("maximumSize", 3), null))))
        .isEqualTo("settings");
    for (ScanPolicy policy : List.of(policy(17, null), policy(1, Duration.ofDays(8)))) {
      assertThat(
              code(
                  world.command(
                      new ListChange.ChangeList(
                          null, null, SettingsPatch.of("scanPolicy", policy), null))))
          .isEqualTo("scan-policy");
    }
    assertThat(
            world.command(
                new ListChange.ChangeList(
                    null,
                    null,
                    SettingsPatch.of("scanPolicy", policy(2, Duration.ofHours(1))),
                    null)))
        .isInstanceOf(Done.class);
  }

  @Test
  void attachmentsBecomeLinksOnlyWhereThereIsAnArchive() {
    world.command(create);
    assertThat(code(changed(SettingsPatch.of("attachments", "LINK").and("archived", false))))
        .isEqualTo("attachments");
    assertThat(code(changed(SettingsPatch.of("attachmentLinkSize", -1)))).isEqualTo("attachments");
    assertThat(changed(SettingsPatch.of("attachments", "LINK"))).isInstanceOf(Done.class);
    assertThat(code(changed(SettingsPatch.of("archived", false)))).isEqualTo("attachments");
  }

  private CommandOutcome changed(SettingsPatch settings) {
    return world.command(new ListChange.ChangeList(null, null, settings, null));
  }

  private static ScanPolicy policy(int quorum, @Nullable Duration patience) {
    ScanPolicy usual = ScanPolicy.DEFAULT;
    return new ScanPolicy(
        quorum,
        patience,
        usual.unscannable(),
        usual.encrypted(),
        usual.macros(),
        usual.attachments(),
        usual.spam());
  }

  @Test
  void takesAListAwayWithItsMembersButNotWithHeldPosts() {
    world.command(create);
    put("bob@b.example");
    world.take(Fixtures.post("eve@e.example", "From: eve@e.example\n\nx\n"));
    assertThat(code(world.command(new ListChange.DeleteList()))).isEqualTo("held-posts");
    world.command(
        new HeldChange.DecideHeld(
            world.holds().getFirst().holdId(), HeldChange.HeldDecision.DISCARD, ""));
    assertThat(world.command(new ListChange.DeleteList())).isInstanceOf(Done.class);
    assertThat(world.tables.directory().members().size()).isZero();
    assertThat(world.command(new ListChange.DeleteList())).isInstanceOf(NotFound.class);
  }

  @Test
  void putsMembersAndKeepsWhatIsNotNamed() {
    world.command(create);
    put("bob@b.example");
    Member bob = world.member("bob@b.example").orElseThrow();
    assertThat(bob.receivesPosts()).isTrue();
    NewMember silent =
        new NewMember(
            MailAddress.of("Bob@b.example"),
            "Bob",
            Set.of(MemberRole.MEMBER, MemberRole.OWNER),
            PostAction.HOLD,
            null,
            OptionsPatch.delivery(false));
    assertThat(world.command(new MemberChange.PutMembers(List.of(silent))))
        .isEqualTo(new Done("0 added, 1 changed.", 1));
    put("bob@b.example");
    Member changed = world.member("bob@b.example").orElseThrow();
    assertThat(changed.options().stopped()).isEqualTo(Stop.BY_MODERATOR);
    assertThat(changed.action()).isNull();
    assertThat(changed.since()).isEqualTo(bob.since());
    assertThat(world.tables.directory().members().size()).isEqualTo(1);
  }

  @Test
  void aListIsNoMemberOfItself() {
    world.command(create);
    for (String own : List.of("users@lists.example.org", "Users-owner@lists.example.org")) {
      assertThat(
              code(
                  world.command(
                      new MemberChange.PutMembers(
                          List.of(
                              NewMember.of(
                                  MailAddress.of("ok@a.example"), "", Set.of(MemberRole.MEMBER)),
                              NewMember.of(MailAddress.of(own), "", Set.of(MemberRole.MEMBER)))))))
          .isEqualTo("loop");
    }
    assertThat(world.tables.directory().members().size()).isZero();
  }

  @Test
  void removesMembers() {
    world.command(create);
    put("bob@b.example");
    ListCommand remove =
        new MemberChange.RemoveMembers(
            List.of(MailAddress.of("BOB@b.example"), MailAddress.of("x@y.example")));
    assertThat(world.command(remove)).isEqualTo(new Done("1 removed.", 1));
    assertThat(world.command(remove)).isEqualTo(new Done("0 removed.", 0));
  }

  @Test
  void whatSpeaksOfNoListIsNotFound() {
    assertThat(world.command(new MemberChange.PutMembers(List.of()))).isInstanceOf(NotFound.class);
    assertThat(world.command(new ListChange.DeleteList())).isInstanceOf(NotFound.class);
  }

  @Test
  void keepsAnOperator() {
    assertThat(account(put("admin", true))).isInstanceOf(Done.class);
    assertThat(code(account(new AccountChange.DeleteAccount("admin")))).isEqualTo("last-operator");
    assertThat(code(account(put("admin", false)))).isEqualTo("last-operator");
    account(put("second", true));
    assertThat(account(new AccountChange.DeleteAccount("admin"))).isInstanceOf(Done.class);
    assertThat(account(new AccountChange.DeleteAccount("admin"))).isInstanceOf(NotFound.class);
    assertThat(code(account(put("Not Lower", false)))).isEqualTo("account-name");
  }

  @Test
  void replacesNoAccountThatSomebodyElseChanged() {
    account(put("admin", true));
    assertThat(code(account(new AccountChange.PutAccount(account("admin", true), null))))
        .isEqualTo("account-changed");
    assertThat(
            code(
                account(new AccountChange.PutAccount(account("new", true), account("new", false)))))
        .isEqualTo("account-changed");
  }

  private ListCommand put(String name, boolean operator) {
    return new AccountChange.PutAccount(
        account(name, operator), world.tables.directory().accounts().get(name).orElse(null));
  }

  private CommandOutcome account(ListCommand command) {
    return world
        .take(new CommandRecord("c", null, "admin", "192.0.2.7", Fixtures.NOW, command))
        .on(Topics.OUTCOMES, OutcomeRecord.class)
        .getFirst()
        .outcome();
  }

  private static Account account(String name, boolean operator) {
    return new Account(name, null, null, List.of(), List.of(), operator, Fixtures.NOW);
  }

  private void put(String address) {
    world.command(
        new MemberChange.PutMembers(
            List.of(NewMember.of(MailAddress.of(address), "", Set.of(MemberRole.MEMBER)))));
  }

  private static String code(CommandOutcome outcome) {
    return outcome instanceof Refused(var code, _, _) ? code : "not refused: " + outcome;
  }
}
