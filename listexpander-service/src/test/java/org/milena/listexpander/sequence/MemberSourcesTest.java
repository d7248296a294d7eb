package org.milena.listexpander.sequence;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.milena.common.command.CommandOutcome;
import org.milena.common.command.CommandOutcome.Done;
import org.milena.common.command.CommandOutcome.Refused;
import org.milena.common.command.DeliveryChange;
import org.milena.common.command.ListChange;
import org.milena.common.command.ListCommand;
import org.milena.common.command.MemberChange;
import org.milena.common.command.MemberChange.NewMember;
import org.milena.common.command.RequestChange;
import org.milena.common.command.ThreadChange;
import org.milena.common.directory.MailingList;
import org.milena.common.directory.Member;
import org.milena.common.directory.MemberOptions;
import org.milena.common.directory.MemberOptions.Stop;
import org.milena.common.directory.MemberRole;
import org.milena.common.directory.MemberSource;
import org.milena.common.directory.OptionsPatch;
import org.milena.common.event.Delivery;
import org.milena.common.event.OutgoingMeta;
import org.milena.common.event.ThreadWish;
import org.milena.common.event.Topics;
import org.milena.common.mail.ListId;
import org.milena.common.mail.MailAddress;
import org.milena.common.settings.DeliveryMode;
import org.milena.common.settings.ListSettings;
import org.milena.common.settings.SettingsPatch;
import org.milena.listexpander.fake.Fixtures;
import org.milena.listexpander.fake.ListWorld;
import org.milena.listexpander.fake.MemoryTransaction;

/** A list that gets members from another one, command by command. */
class MemberSourcesTest {
  private static final MailAddress ANN = MailAddress.of("ann@a.example");
  private static final MailAddress BOB = MailAddress.of("bob@b.example");
  private static final ListId STAFF = ListId.of("staff.lists.example.org");
  private static final String SOURCE =
      new MemberSource.OfList(STAFF, Fixtures.NOW, false).toString();

  private final ListWorld world = new ListWorld();

  @BeforeEach
  void anUmbrella() {
    world.with(
        new MailingList(
            STAFF,
            MailAddress.of("staff@lists.example.org"),
            "",
            "",
            ListSettings.DISCUSSION,
            Fixtures.NOW,
            1),
        staff("ann@a.example"),
        staff("bob@b.example"));
    world.with(Fixtures.list(ListSettings.DISCUSSION.with("memberSources", List.of(SOURCE))));
  }

  @Test
  void theyPostAndGetPostsAndTheLinkTakesThemOffForGood() {
    assertThat(posted()).containsExactlyInAnyOrder("ann@a.example", "bob@b.example");
    assertThat(changed(new RequestChange.Unsubscribe(BOB, true))).isOne();
    assertThat(changed(new RequestChange.Unsubscribe(BOB, true))).isZero();
    assertThat(world.member("bob@b.example").orElseThrow().roles())
        .containsExactly(MemberRole.NONMEMBER);
    assertThat(posted()).containsExactly("ann@a.example");
    assertThat(staffRow("bob@b.example").roles()).containsExactly(MemberRole.MEMBER);
    assertThat(changed(new MemberChange.RemoveMembers(List.of(BOB, ANN)))).isOne();
    assertThat(posted()).isEmpty();
  }

  @Test
  void whoLeftComesBackByJoining() {
    world.with(
        Fixtures.list(
            ListSettings.DISCUSSION
                .with("memberSources", List.of(SOURCE))
                .with("subscribePolicy", "OPEN")));
    assertThat(changed(new RequestChange.Unsubscribe(BOB, true))).isOne();
    assertThat(changed(new RequestChange.Subscribe(BOB, ""))).isOne();
    Member bob = world.member("bob@b.example").orElseThrow();
    assertThat(bob.roles()).containsExactly(MemberRole.MEMBER);
    assertThat(bob.bySource()).isFalse();
  }

  @Test
  void anOwnerWhoLeavesKeepsHisOfficeAndGetsNoPosts() {
    world.with(
        Fixtures.list(ListSettings.DISCUSSION.with("memberSources", List.of(SOURCE))),
        Fixtures.member("bob@b.example", null, MemberRole.OWNER));
    assertThat(posted()).contains("bob@b.example");
    assertThat(changed(new RequestChange.Unsubscribe(BOB, true))).isOne();
    assertThat(world.member("bob@b.example").orElseThrow().roles())
        .containsOnly(MemberRole.OWNER, MemberRole.NONMEMBER);
    assertThat(posted()).containsExactly("ann@a.example");
  }

  @Test
  void optionsHereAreARowThatMeansNobodyWithoutASource() {
    assertThat(
            changed(
                new MemberChange.ChangeOptions(
                    BOB, OptionsPatch.delivery(DeliveryMode.MIME_DIGEST), null)))
        .isOne();
    assertThat(world.member("bob@b.example").orElseThrow().bySource()).isTrue();
    assertThat(posted()).containsExactly("ann@a.example");
    world.tables.directory().members().delete(Member.key(STAFF, BOB));
    assertThat(world.ledger(new MemoryTransaction()).member(Fixtures.USERS_ID, BOB)).isEmpty();
    assertThat(changed(new RequestChange.Unsubscribe(BOB, true))).isZero();
  }

  @Test
  void whomAnOwnerAddsIsThereByHimselfWhateverHeSetElsewhere() {
    Member bob = staffRow("bob@b.example");
    Member away = bob.with(bob.options().stopped(Stop.BY_MEMBER, null));
    world.with(Fixtures.list(ListSettings.DISCUSSION.with("memberSources", List.of(SOURCE))), away);
    assertThat(put(MemberRole.MEMBER, false)).isOne();
    assertThat(put(MemberRole.MEMBER, false)).isZero();
    Member added = world.member("bob@b.example").orElseThrow();
    assertThat(added.bySource()).isFalse();
    assertThat(added.options()).isEqualTo(MemberOptions.DEFAULT);
    world.tables.directory().members().delete(Member.key(STAFF, BOB));
    assertThat(posted()).contains("bob@b.example");
  }

  @Test
  void aChangeByAnOwnerDoesNotKeepHim() {
    assertThat(put(MemberRole.MEMBER, true)).as("nothing is said").isZero();
    OptionsPatch digest = OptionsPatch.delivery(DeliveryMode.MIME_DIGEST);
    NewMember changed = new NewMember(BOB, "", Set.of(MemberRole.MEMBER), null, null, digest, true);
    assertThat(changed(new MemberChange.PutMembers(List.of(changed)))).isOne();
    assertThat(world.member("bob@b.example").orElseThrow().bySource()).isTrue();
  }

  private int put(MemberRole role, boolean sourced) {
    return changed(
        new MemberChange.PutMembers(
            List.of(new NewMember(BOB, "", Set.of(role), null, null, OptionsPatch.NONE, sourced))));
  }

  @Test
  void whoSubscribesHimselfStaysWhenTheSourceHasHimNoMore() {
    assertThat(changed(new RequestChange.Subscribe(BOB, ""))).isZero();
    assertThat(changed(new RequestChange.Confirm(request()))).isOne();
    assertThat(world.member("bob@b.example").orElseThrow().bySource()).isFalse();
    assertThat(changed(new RequestChange.Subscribe(BOB, ""))).isZero();
    assertThat(world.tables.pending().size()).as("he is there already").isZero();
    world.tables.directory().members().delete(Member.key(STAFF, BOB));
    assertThat(posted()).contains("bob@b.example");
  }

  @Test
  void whatHeSubscribesWithCountsAndTheRestIsAsHeHadIt() {
    open(ListSettings.DISCUSSION);
    staffOptions(new OptionsPatch(null, null, null, null, null, null, true, null, null));
    DeliveryMode plain = DeliveryMode.PLAIN_DIGEST;
    assertThat(changed(new RequestChange.Subscribe(BOB, " Bob ", plain))).isOne();
    Member bob = world.member("bob@b.example").orElseThrow();
    assertThat(bob.displayName()).isEqualTo("Bob");
    assertThat(bob.options().mode()).isEqualTo(plain);
    assertThat(bob.options().concealed()).isTrue();
    assertThat(bob.bySource()).isFalse();
  }

  @Test
  void whoSubscribesForSinglePostsGetsTheLastDigest() {
    open(ListSettings.DISCUSSION);
    staffOptions(OptionsPatch.delivery(DeliveryMode.MIME_DIGEST));
    posted();
    assertThat(changed(new RequestChange.Subscribe(BOB, "", DeliveryMode.EVERY_POST))).isOne();
    assertThat(world.tables.seen().scan(Topics.listKey(Fixtures.USERS_ID, "farewell "), "", 9))
        .hasSize(1);
  }

  @Test
  void whatHeHasOnTheSourceIsWrittenNowhereWhenHeLeavesOrHisMailComesBack() {
    open(ListSettings.DISCUSSION.with("bounceThreshold", 1.0).with("bounceProbe", false));
    OptionsPatch digest =
        new OptionsPatch(DeliveryMode.MIME_DIGEST, null, null, false, null, null, true, "de", null);
    staffOptions(digest);
    changed(
        new DeliveryChange.NoteFailure(
            Fixtures.newId(),
            OutgoingMeta.Kind.POST,
            BOB,
            "5.1.1",
            "mx said: 550 5.1.1 unknown",
            world.now()));
    assertThat(world.member("bob@b.example").map(Member::options))
        .contains(MemberOptions.DEFAULT.stopped(Stop.BY_BOUNCES, null));
    world.tables.directory().members().delete(Member.key(Fixtures.USERS_ID, BOB));
    assertThat(changed(new RequestChange.Unsubscribe(BOB, true))).isOne();
    assertThat(world.member("bob@b.example").map(Member::options)).contains(MemberOptions.DEFAULT);
  }

  @Test
  void aStopOnTheSourceIsNotForgottenHere() {
    Member bob = staffRow("bob@b.example");
    world
        .tables
        .directory()
        .members()
        .put(Member.key(STAFF, BOB), bob.with(bob.options().stopped(Stop.BY_BOUNCES, null)));
    assertThat(world.command(new DeliveryChange.ForgetBounces(BOB)))
        .isInstanceOf(CommandOutcome.NotFound.class);
    assertThat(world.member("bob@b.example")).isEmpty();
  }

  /** Whoever asks is on the list at once. */
  private void open(ListSettings settings) {
    world.with(
        Fixtures.list(
            settings.with("memberSources", List.of(SOURCE)).with("subscribePolicy", "OPEN")));
  }

  private void staffOptions(OptionsPatch options) {
    Member bob = staffRow("bob@b.example");
    world
        .tables
        .directory()
        .members()
        .put(Member.key(STAFF, BOB), bob.with(options.over(bob.options(), Stop.BY_MEMBER)));
  }

  private String request() {
    return world.tables.pending().scan("", "", 10).getFirst().getValue().requestId();
  }

  @Test
  void whomASourceGivesIsDecidedAboutBeforeHeStaysByHimself() {
    world.with(
        Fixtures.list(
            ListSettings.DISCUSSION
                .with("memberSources", List.of(SOURCE))
                .with("subscribePolicy", "CONFIRM_THEN_MODERATE")));
    assertThat(changed(new RequestChange.Subscribe(BOB, ""))).isZero();
    assertThat(changed(new RequestChange.Confirm(request()))).isOne();
    assertThat(world.member("bob@b.example")).as("no row of his own").isEmpty();
    assertThat(
            changed(
                new RequestChange.DecideRequest(
                    request(), RequestChange.RequestDecision.ACCEPT, "")))
        .isOne();
    assertThat(world.member("bob@b.example").orElseThrow().bySource()).isFalse();
  }

  @Test
  void postsAreKeptForReadersOfDigestsWhoComeFromASource() {
    posted();
    assertThat(world.tables.digestPosts().size()).isZero();
    Member bob = staffRow("bob@b.example");
    world
        .tables
        .directory()
        .members()
        .put(Member.key(STAFF, BOB), bob.with(bob.options().withMode(DeliveryMode.MIME_DIGEST)));
    posted();
    assertThat(world.tables.digestPosts().scan("", "", 10))
        .extracting(row -> row.getValue().list())
        .containsExactly(Fixtures.USERS_ID);
  }

  @Test
  void aListThatIsDeletedLeavesItsSourcesAlone() {
    assertThat(world.command(new ListChange.DeleteList())).isInstanceOf(Done.class);
    assertThat(staffRow("bob@b.example").roles()).containsExactly(MemberRole.MEMBER);
  }

  @Test
  void whatTheyWantOfThreadsGoesWhenTheyLeaveAndWithTheList() {
    for (MailAddress address : List.of(ANN, BOB)) {
      assertThat(changed(new ThreadChange.WishThread(address, "1@x", "", ThreadWish.Kind.FOLLOW)))
          .isOne();
    }
    assertThat(changed(new RequestChange.Unsubscribe(BOB, true))).isOne();
    assertThat(world.tables.wishes().scan("", "", 9))
        .extracting(row -> row.getValue().address())
        .containsExactly(ANN);
    assertThat(changed(new ListChange.DeleteList())).isOne();
    assertThat(world.tables.wishes().size()).isZero();
  }

  @Test
  void aSourceIsTakenInNoOtherFormThanTheEdgeMakes() {
    for (String source :
        List.of(
            "@staff@lists.example.org",
            "https://a.example/list#x",
            new MemberSource.OfList(Fixtures.USERS_ID, Fixtures.NOW, false).toString())) {
      CommandOutcome outcome =
          world.command(
              new ListChange.ChangeList(
                  null, null, SettingsPatch.of("memberSources", List.of(source)), null));
      assertThat(outcome)
          .isInstanceOfSatisfying(
              Refused.class, refused -> assertThat(refused.text()).contains("memberSources"));
    }
  }

  @Test
  void deliveryThatStoppedUntilADayGoesOnOrIsForgotten() {
    Member bob = world.ledger(new MemoryTransaction()).member(Fixtures.USERS_ID, BOB).orElseThrow();
    Member away = bob.with(bob.options().stopped(Stop.BY_MEMBER, LocalDate.of(2026, 3, 2)));
    world.tables.directory().members().put(Member.key(Fixtures.USERS_ID, BOB), away);
    world.tables.directory().members().delete(Member.key(STAFF, BOB));
    world.later(Duration.ofDays(3));
    assertThat(world.command(new ListChange.DoChores())).isInstanceOf(Done.class);
    assertThat(world.member("bob@b.example")).isEmpty();
  }

  private static Member staff(String address) {
    return new Member(
        STAFF, MailAddress.of(address), "", Set.of(MemberRole.MEMBER), null, Fixtures.NOW);
  }

  private Member staffRow(String address) {
    return world
        .tables
        .directory()
        .members()
        .get(Member.key(STAFF, MailAddress.of(address)))
        .orElseThrow();
  }

  private int changed(ListCommand command) {
    return world.command(command) instanceof Done(_, var changed, _, _) ? changed : -1;
  }

  /** Who gets a post of Ann. */
  private List<String> posted() {
    world.later(Duration.ofMinutes(1));
    return world
        .take(
            Fixtures.post(
                "ann@a.example",
                "From: ann@a.example\nMessage-ID: <%s@a.example>\n\nText\n"
                    .formatted(world.now().getEpochSecond())))
        .on(Topics.DELIVERIES, Delivery.class)
        .stream()
        .filter(delivery -> delivery.kind() == OutgoingMeta.Kind.POST)
        .flatMap(delivery -> delivery.recipients().stream())
        .map(MailAddress::toString)
        .toList();
  }
}
