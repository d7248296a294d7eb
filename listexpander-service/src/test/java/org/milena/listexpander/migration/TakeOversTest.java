package org.milena.listexpander.migration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.milena.common.command.CommandOutcome;
import org.milena.common.command.ListCommand;
import org.milena.common.command.TakeOverChange;
import org.milena.common.directory.MailingList;
import org.milena.common.directory.Member;
import org.milena.common.directory.MemberOptions;
import org.milena.common.directory.MemberOptions.Stop;
import org.milena.common.directory.MemberRole;
import org.milena.common.directory.MemberSource;
import org.milena.common.directory.Template;
import org.milena.common.event.Hold;
import org.milena.common.event.ListState;
import org.milena.common.event.MailPointer;
import org.milena.common.event.RecordPosition;
import org.milena.common.event.ThreadWish;
import org.milena.common.event.Topics;
import org.milena.common.mail.ListId;
import org.milena.common.mail.MailAddress;
import org.milena.common.mail.MailId;
import org.milena.common.settings.ListSettings;
import org.milena.common.settings.PostAction;
import org.milena.common.settings.SettingsPatch;
import org.milena.listexpander.fake.Fixtures;
import org.milena.listexpander.fake.ListWorld;
import org.milena.listexpander.fake.MemoryTransaction;

class TakeOversTest {
  private static final Instant LONG_AGO = Instant.parse("2001-02-03T04:05:06Z");

  private final ListWorld world = new ListWorld();

  private static TakeOverChange.TakeOverList list(SettingsPatch settings, ListState state) {
    return new TakeOverChange.TakeOverList(
        Fixtures.USERS,
        "Users",
        "About",
        settings,
        List.of(new Template("elsewhere", "list:member:regular:footer", "en", "--\n")),
        state,
        "$argon2id$v=19$x",
        false);
  }

  private static ListState state(long posts, int volume, int issue) {
    return new ListState(Fixtures.USERS_ID, posts, volume, issue, LocalDate.of(2020, 1, 2), null);
  }

  private static Member member(String address, MemberOptions options, MemberRole... roles) {
    return new Member(
        ListId.of("elsewhere.example.org"),
        MailAddress.of(address),
        "Ann",
        Set.of(roles),
        PostAction.DEFER,
        options,
        LONG_AGO);
  }

  private int done(ListCommand command) {
    return assertInstanceOf(CommandOutcome.Done.class, world.command(command)).changed();
  }

  @Test
  void makesAListAndTheSecondTimeChangesNothing() {
    ListCommand take = list(SettingsPatch.of("emergency", true), state(4_710, 7, 12));
    assertThat(done(take)).isPositive();
    var made = world.tables.directory().lists().get(Fixtures.USERS_ID.value()).orElseThrow();
    assertThat(made.displayName()).isEqualTo("Users");
    assertThat(made.settings()).isEqualTo(ListSettings.DISCUSSION.with("emergency", true));
    assertThat(made.moderatorSecret()).isEqualTo("$argon2id$v=19$x");
    assertThat(
            world
                .tables
                .directory()
                .templates()
                .get(Template.key(Fixtures.USERS_ID.value(), "list:member:regular:footer", "en")))
        .map(Template::text)
        .contains("--\n");
    assertThat(world.tables.states().get(Fixtures.USERS_ID.value())).contains(state(4_710, 7, 12));
    assertThat(done(take)).isZero();
  }

  @Test
  void changesTheListThatIsThereAndLeavesWhatTheOldOneDoesNotSay() {
    world.with(Fixtures.list(Fixtures.actions(PostAction.HOLD, PostAction.DISCARD)));
    assertThat(done(list(SettingsPatch.of("nonMemberAction", "REJECT"), state(0, 1, 1))))
        .isPositive();
    var posting =
        world
            .tables
            .directory()
            .lists()
            .get(Fixtures.USERS_ID.value())
            .orElseThrow()
            .settings()
            .posting();
    assertThat(posting.memberAction()).isEqualTo(PostAction.HOLD);
    assertThat(posting.nonMemberAction()).isEqualTo(PostAction.REJECT);
  }

  @Test
  void aListThatHasAnotherAddressNowIsLeftAlone() {
    MailingList renamed = Fixtures.list().at(MailAddress.of("people@lists.example.org"), List.of());
    world.with(renamed);
    assertThat(world.command(list(SettingsPatch.of("emergency", true), state(0, 1, 1))))
        .isInstanceOfSatisfying(
            CommandOutcome.Refused.class,
            refused -> assertThat(refused.text()).contains("people@lists.example.org now"));
    assertThat(world.tables.directory().lists().get(Fixtures.USERS_ID.value())).contains(renamed);
  }

  @Test
  void whatAMemberWantedOfThreadsEndsWithTheMembership() {
    MailAddress ann = MailAddress.of("ann@a.example");
    Member bySource =
        new Member(
            Fixtures.USERS_ID,
            ann,
            "",
            Set.of(MemberRole.MEMBER),
            null,
            MemberOptions.DEFAULT,
            LONG_AGO,
            true);
    world.with(Fixtures.list(), bySource);
    ThreadWish wish =
        new ThreadWish(
            Fixtures.USERS_ID, ann, "1@x", "", ThreadWish.Kind.MUTE, Fixtures.NOW, Fixtures.NOW);
    world.tables.wishes().put(wish.key(), wish);
    Member changed = member("ann@a.example", MemberOptions.DEFAULT, MemberRole.MEMBER);
    world.command(new TakeOverChange.TakeOverMembers(List.of(changed)));
    assertThat(world.tables.wishes().get(wish.key())).contains(wish);
    world.with(Fixtures.list(), bySource);
    Member gone = member("ann@a.example", MemberOptions.DEFAULT, MemberRole.NONMEMBER);
    world.command(new TakeOverChange.TakeOverMembers(List.of(gone)));
    assertThat(world.tables.wishes().get(wish.key())).isEmpty();
  }

  @Test
  void numbersNeverGoBack() {
    assertThat(TakeOvers.later(state(9, 3, 4), state(7, 3, 5))).isEqualTo(state(9, 3, 5));
    assertThat(TakeOvers.later(state(1, 4, 1), state(7, 3, 9))).isEqualTo(state(7, 4, 1));
  }

  @Test
  void refusesWhatNoListCanBe() {
    assertThat(world.command(list(SettingsPatch.of("nothing", 1), state(0, 1, 1))))
        .isInstanceOf(CommandOutcome.Refused.class);
    assertThat(world.tables.directory().lists().size()).isZero();
  }

  @Test
  void membersAreAsTheyWereAndNobodyGetsMail() {
    world.with(Fixtures.list());
    MemberOptions stopped = MemberOptions.DEFAULT.stopped(Stop.BY_BOUNCES, null);
    var take =
        new TakeOverChange.TakeOverMembers(
            List.of(member("Ann@a.example", stopped, MemberRole.MEMBER)));
    MemoryTransaction transaction = world.take(take);
    assertThat(transaction.on(Topics.OUTGOING)).isEmpty();
    assertThat(transaction.on(Topics.DELIVERIES)).isEmpty();
    Member ann = world.member("ann@a.example").orElseThrow();
    assertThat(ann.list()).isEqualTo(Fixtures.USERS_ID);
    assertThat(ann.address()).hasToString("Ann@a.example");
    assertThat(ann.options()).isEqualTo(stopped);
    assertThat(ann.since()).isEqualTo(LONG_AGO);
    assertThat(done(take)).isZero();
  }

  @Test
  void whoIsThereKeepsRolesAndOwnChoices() {
    Member owner = Fixtures.member("ann@a.example", null, MemberRole.OWNER, MemberRole.MEMBER);
    world.with(Fixtures.list(), owner);
    MemberOptions stopped = MemberOptions.DEFAULT.stopped(Stop.BY_MEMBER, null);
    done(
        new TakeOverChange.TakeOverMembers(
            List.of(member("ann@a.example", stopped, MemberRole.NONMEMBER))));
    Member after = world.member("ann@a.example").orElseThrow();
    assertThat(after.roles()).isEqualTo(owner.roles());
    assertThat(after.options()).isEqualTo(owner.options());
    assertThat(after.action()).isNull();
    done(
        new TakeOverChange.TakeOverMembers(
            List.of(member("ann@a.example", stopped, MemberRole.MEMBER))));
    Member chosen = world.member("ann@a.example").orElseThrow();
    assertThat(chosen.roles()).isEqualTo(owner.roles());
    assertThat(chosen.options()).isEqualTo(stopped);
    assertThat(chosen.since()).isEqualTo(owner.since());
  }

  @Test
  void allMembersOrNone() {
    world.with(Fixtures.list());
    assertThat(
            world.command(
                new TakeOverChange.TakeOverMembers(
                    List.of(
                        member("ann@a.example", MemberOptions.DEFAULT, MemberRole.MEMBER),
                        member(
                            "users-owner@lists.example.org",
                            MemberOptions.DEFAULT,
                            MemberRole.MEMBER)))))
        .isInstanceOf(CommandOutcome.Refused.class);
    assertThat(world.member("ann@a.example")).isEmpty();
  }

  @Test
  void whatHoldsByASourceOnlyIsAddedOnce() {
    world.with(Fixtures.list());
    var take =
        new TakeOverChange.TakeOverMembers(
            List.of(
                member("ann@a.example", MemberOptions.DEFAULT, MemberRole.MEMBER).sourced(true)));
    assertThat(done(take)).isOne();
    assertThat(world.member("ann@a.example").orElseThrow().bySource()).isTrue();
    assertThat(done(take)).isZero();
  }

  @Test
  void whoLeftElsewhereStaysAwayThoughASourceHasHim() {
    umbrella();
    var left =
        new TakeOverChange.TakeOverMembers(
            List.of(member("ann@a.example", MemberOptions.DEFAULT, MemberRole.NONMEMBER)));
    assertThat(roles()).containsExactly(MemberRole.MEMBER);
    assertThat(done(left)).isOne();
    assertThat(roles()).containsExactly(MemberRole.NONMEMBER);
    assertThat(done(left)).isZero();
    umbrella(Fixtures.member("ann@a.example").sourced(true));
    assertThat(done(left)).isOne();
    assertThat(roles()).as("who had options here").containsExactly(MemberRole.NONMEMBER);
  }

  @Test
  void whoLeftHereStaysAwayThoughASourceHadHimElsewhere() {
    Member left = Fixtures.member("ann@a.example", PostAction.HOLD, MemberRole.NONMEMBER);
    umbrella(left.named("Ann"));
    Member sourced = member("ann@a.example", MemberOptions.DEFAULT, MemberRole.MEMBER);
    assertThat(done(new TakeOverChange.TakeOverMembers(List.of(sourced.sourced(true))))).isZero();
    assertThat(roles()).containsExactly(MemberRole.NONMEMBER);
  }

  @Test
  void anOfficeMakesNobodyAMemberByHimself() {
    Member owner = member("ann@a.example", MemberOptions.DEFAULT, MemberRole.OWNER);
    var office = new TakeOverChange.TakeOverMembers(List.of(owner));
    umbrella(Fixtures.member("ann@a.example", null, MemberRole.OWNER));
    assertThat(done(office)).isOne();
    assertThat(world.member("ann@a.example").orElseThrow().roles())
        .as("an office alone")
        .containsExactly(MemberRole.OWNER);
    umbrella(Fixtures.member("ann@a.example").sourced(true));
    assertThat(done(office)).isOne();
    Member after = world.member("ann@a.example").orElseThrow();
    assertThat(after.roles()).containsOnly(MemberRole.OWNER, MemberRole.MEMBER);
    assertThat(after.bySource()).as("options here").isTrue();
  }

  @Test
  void anOfficeHereKeepsWhatSomebodyIsElsewhereByASource() {
    umbrella(Fixtures.member("ann@a.example", null, MemberRole.OWNER));
    Member sourced = member("ann@a.example", MemberOptions.DEFAULT, MemberRole.MEMBER);
    done(new TakeOverChange.TakeOverMembers(List.of(sourced.sourced(true))));
    Member after = world.member("ann@a.example").orElseThrow();
    assertThat(after.roles()).containsOnly(MemberRole.OWNER, MemberRole.MEMBER);
    assertThat(after.bySource()).isTrue();
  }

  /** A list that Ann is on by way of another one, with rows of its own. */
  private void umbrella(Member... rows) {
    MailAddress address = MailAddress.of("staff@lists.example.org");
    ListId staff = ListId.forAddress(address);
    world.with(
        new MailingList(staff, address, "", "", ListSettings.DISCUSSION, LONG_AGO, 1),
        new Member(
            staff, MailAddress.of("ann@a.example"), "", Set.of(MemberRole.MEMBER), null, LONG_AGO));
    String source = new MemberSource.OfList(staff, LONG_AGO, false).toString();
    world.with(Fixtures.list(ListSettings.DISCUSSION.with("memberSources", List.of(source))), rows);
  }

  /** What Ann is, by herself or by a source. */
  private Set<MemberRole> roles() {
    return world
        .ledger(new MemoryTransaction())
        .member(Fixtures.USERS_ID, MailAddress.of("ann@a.example"))
        .orElseThrow()
        .roles();
  }

  @Test
  void aHeldPostWaitsOnAndNobodyIsTold() {
    world.with(Fixtures.list(), Fixtures.member("mod@m.example", null, MemberRole.OWNER));
    MailId id = Fixtures.newId();
    Hold hold =
        new Hold(
            "h1",
            Fixtures.USERS_ID,
            id,
            new MailPointer(new RecordPosition(Topics.HELD, 0, 7), id, "ab"),
            "Ann",
            "Hi",
            9,
            LONG_AGO,
            List.of("One.", "Two."));
    MemoryTransaction transaction = world.take(new TakeOverChange.TakeOverHeld(hold));
    assertThat(transaction.on(Topics.OUTGOING)).isEmpty();
    assertThat(world.holds()).containsExactly(hold);
    assertThat(done(new TakeOverChange.TakeOverHeld(hold))).isZero();
  }
}
