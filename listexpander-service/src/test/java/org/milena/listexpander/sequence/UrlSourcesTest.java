package org.milena.listexpander.sequence;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.milena.common.command.CommandOutcome;
import org.milena.common.command.CommandOutcome.Done;
import org.milena.common.command.CommandOutcome.Refused;
import org.milena.common.command.ListChange;
import org.milena.common.command.ListCommand;
import org.milena.common.command.MemberChange;
import org.milena.common.command.MemberChange.TakeSource;
import org.milena.common.command.RequestChange;
import org.milena.common.directory.FetchedSource;
import org.milena.common.directory.FetchedSource.Entry;
import org.milena.common.directory.MemberRole;
import org.milena.common.event.AuditEntry;
import org.milena.common.event.Delivery;
import org.milena.common.event.OutgoingMeta;
import org.milena.common.event.Topics;
import org.milena.common.mail.MailAddress;
import org.milena.common.settings.ListSettings;
import org.milena.common.settings.SettingsPatch;
import org.milena.listexpander.fake.Fixtures;
import org.milena.listexpander.fake.ListWorld;
import org.milena.listexpander.fake.MemoryTransaction;

/** A list that gets members from the web, command by command. */
class UrlSourcesTest {
  private static final String URL = "https://members.example/list.txt";
  private static final MailAddress ANN = MailAddress.of("ann@a.example");
  private static final MailAddress BOB = MailAddress.of("bob@b.example");

  private final ListWorld world = new ListWorld();

  @BeforeEach
  void aListWithASource() {
    world.with(
        Fixtures.list(ListSettings.DISCUSSION.with("memberSources", List.of(URL))),
        Fixtures.member("owner@o.example", null, MemberRole.OWNER));
  }

  @Test
  void whoStandsInItPostsAndGetsPosts() {
    assertThat(changed(text("ann@a.example", "bob@b.example"))).isOne();
    assertThat(posted()).containsExactlyInAnyOrder("ann@a.example", "bob@b.example");
    assertThat(changed(text("ann@a.example"))).isOne();
    assertThat(posted()).containsExactly("ann@a.example");
  }

  @Test
  void whatIsNotNewerIsLeft() {
    TakeSource old = text("ann@a.example");
    assertThat(changed(text("bob@b.example"))).isOne();
    assertThat(changed(old)).isZero();
    assertThat(row().entries()).extracting(Entry::address).containsExactly(BOB);
  }

  @Test
  void aClockThatWasAheadKeepsNothingAway() {
    world.later(Duration.ofMinutes(1));
    assertThat(changed(at(Duration.ofDays(1), false, "ann@a.example"))).isOne();
    assertThat(row().heardAt()).isEqualTo(world.now());
    assertThat(row().since()).isEqualTo(world.now());
    assertThat(changed(text("bob@b.example"))).isOne();
    FetchedSource wrong = row().same(world.now().plus(Duration.ofDays(1)));
    world.tables.directory().sources().put(wrong.key(), wrong);
    assertThat(changed(text("ann@a.example"))).as("heard in the future").isOne();
    assertThat(row().heardAt()).isEqualTo(world.now());
  }

  @Test
  void whoAcceptsWhatIsOldIsRefused() {
    assertThat(changed(text("bob@b.example"))).isOne();
    Duration before = Duration.ofMinutes(-1);
    assertThat(changed(at(before, false, "ann@a.example"))).isZero();
    assertThat(world.command(at(before, true, "ann@a.example"))).isInstanceOf(Refused.class);
    assertThat(row().entries()).extracting(Entry::address).containsExactly(BOB);
  }

  @Test
  void whatNobodyWasToldOfWaitsThoughItIsAccepted() {
    world.command(text(many(20)));
    assertThat(world.command(accepted(many(9))))
        .isInstanceOfSatisfying(
            Refused.class, refused -> assertThat(refused.text()).contains("accept it once more"));
    assertThat(row().entries()).hasSize(20);
    assertThat(row().smaller()).isNotNull();
    assertThat(changed(accepted(many(9)))).isOne();
    assertThat(row().entries()).hasSize(9);
  }

  @Test
  void whatSaysTheSameIsNotWritten() {
    assertThat(changed(text("ann@a.example", "bob@b.example"))).isOne();
    FetchedSource before = row();
    assertThat(changed(text("bob@b.example", "ann@a.example"))).isZero();
    assertThat(changed(took(null, null))).isZero();
    assertThat(row()).isSameAs(before);
  }

  @Test
  void aFaultKeepsWhoIsThereAndIsToldOnce() {
    world.command(text("ann@a.example"));
    assertThat(notices(fault("The server answers 503."))).isOne();
    FetchedSource.Fault fault = row().fault();
    assertThat(fault).isNotNull();
    assertThat(notices(fault("The server is too slow."))).isZero();
    assertThat(row().fault())
        .isEqualTo(new FetchedSource.Fault("The server is too slow.", fault.since()));
    assertThat(posted()).containsExactly("ann@a.example");
    assertThat(changed(took(null, null))).as("it is as it was, and the fault is over").isOne();
    assertThat(row().fault()).isNull();
    assertThat(notices(fault("The server answers 503."))).isOne();
  }

  @Test
  void aSourceThatNeverGaveAnythingHasAFault() {
    assertThat(notices(fault("There is no such host."))).isOne();
    assertThat(row().fetchedAt()).isNull();
    assertThat(posted()).isEmpty();
  }

  @Test
  void farFewerAddressesWaitForAnOwner() {
    world.command(text(many(20)));
    assertThat(changed(text(many(10)))).as("half").isOne();
    world.command(text(many(20)));
    assertThat(notices(text(many(9)))).isOne();
    assertThat(row().entries()).hasSize(20);
    assertThat(row().smaller()).isNotNull();
    assertThat(notices(text(many(8)))).as("told once while it waits").isZero();
    assertThat(world.command(accepted(many(9))))
        .as("not what he was told of")
        .isInstanceOf(Refused.class);
    assertThat(row().entries()).hasSize(20);
    MemoryTransaction transaction = world.take(accepted(many(9)));
    assertThat(row().entries()).hasSize(9);
    assertThat(row().smaller()).isNull();
    assertThat(transaction.on(Topics.AUDIT, AuditEntry.class)).hasSize(1);
  }

  @Test
  void whatWaitedIsForgottenWhenTheOldTextIsBack() {
    world.command(text(many(20)));
    world.command(text());
    assertThat(row().smaller()).isNotNull();
    assertThat(changed(took(null, null))).isOne();
    assertThat(row().smaller()).isNull();
    assertThat(row().entries()).hasSize(20);
  }

  @Test
  void aShortTextMayShrinkAsItLikes() {
    world.command(text(many(19)));
    assertThat(changed(text())).isOne();
    assertThat(row().entries()).isEmpty();
  }

  @Test
  void whoLeavesStaysAwayWhateverIsFetchedLater() {
    world.command(text("ann@a.example", "bob@b.example"));
    assertThat(changed(new RequestChange.Unsubscribe(BOB, true))).isOne();
    assertThat(world.member("bob@b.example").orElseThrow().roles())
        .containsExactly(MemberRole.NONMEMBER);
    world.command(text("ann@a.example", "bob@b.example", "eve@e.example"));
    assertThat(posted()).containsExactlyInAnyOrder("ann@a.example", "eve@e.example");
    assertThat(changed(new MemberChange.RemoveMembers(List.of(ANN)))).isOne();
    assertThat(posted()).doesNotContain("ann@a.example");
  }

  @Test
  void aSourceThatIsTakenAwayGivesNobodyAndNothingOfItStays() {
    world.command(text("ann@a.example"));
    assertThat(changed(change(List.of()))).isOne();
    assertThat(world.tables.directory().sources().size()).isZero();
    assertThat(posted()).isEmpty();
    assertThat(world.command(text("ann@a.example"))).isInstanceOf(Refused.class);
    assertThat(world.tables.directory().sources().size()).isZero();
  }

  @Test
  void withTheListGoesWhatItGot() {
    world.command(text("ann@a.example"));
    assertThat(world.command(new ListChange.DeleteList())).isInstanceOf(Done.class);
    assertThat(world.tables.directory().sources().size()).isZero();
  }

  @Test
  void onlyAddressesOfThatFormAreKept() {
    assertThat(changed(change(List.of(URL, "https://other.example/a?b=c")))).isOne();
    for (String bad :
        List.of("HTTPS://a.example/", "https://u:p@a.example/", "https://a.example/#a")) {
      assertThat(world.command(change(List.of(bad)))).as(bad).isInstanceOf(Refused.class);
    }
  }

  @Test
  void moreThanTheMostIsRefused() {
    assertThat(world.command(text(many(FetchedSource.MAX_ENTRIES + 1))))
        .isInstanceOf(Refused.class);
  }

  private static ListCommand change(List<String> sources) {
    return new ListChange.ChangeList(null, null, SettingsPatch.of("memberSources", sources), null);
  }

  private static String[] many(int count) {
    return IntStream.range(0, count)
        .mapToObj(i -> "u%05d@a.example".formatted(i))
        .toArray(String[]::new);
  }

  private TakeSource text(String... addresses) {
    return took(entries(addresses), null);
  }

  private TakeSource accepted(String... addresses) {
    world.later(Duration.ofMinutes(1));
    return new TakeSource(URL, world.now(), entries(addresses), null, null, true);
  }

  /** Of a clock that is so far ahead. */
  private TakeSource at(Duration ahead, boolean accepted, String... addresses) {
    return new TakeSource(URL, world.now().plus(ahead), entries(addresses), null, null, accepted);
  }

  private static List<Entry> entries(String... addresses) {
    return List.of(addresses).stream()
        .map(address -> new Entry(MailAddress.of(address), ""))
        .toList();
  }

  private TakeSource fault(String reason) {
    return took(null, reason);
  }

  private TakeSource took(@Nullable List<Entry> entries, @Nullable String fault) {
    world.later(Duration.ofMinutes(1));
    return new TakeSource(URL, world.now(), entries, null, fault, false);
  }

  private FetchedSource row() {
    return world
        .tables
        .directory()
        .sources()
        .get(FetchedSource.key(Fixtures.USERS_ID, URL))
        .orElseThrow();
  }

  private int changed(ListCommand command) {
    CommandOutcome outcome = world.command(command);
    return outcome instanceof Done(_, var changed, _, _) ? changed : -1;
  }

  /** How many owners are told something. */
  private int notices(ListCommand command) {
    return recipients(world.take(command), OutgoingMeta.Kind.NOTICE).size();
  }

  /** Who gets a post of Ann, who may post wherever she is. */
  private List<String> posted() {
    world.later(Duration.ofMinutes(1));
    boolean owner =
        world
            .ledger(new MemoryTransaction())
            .member(Fixtures.USERS_ID, ANN)
            .filter(ann -> ann.roles().contains(MemberRole.MEMBER))
            .isPresent();
    String author = owner ? "ann@a.example" : "owner@o.example";
    return recipients(
        world.take(
            Fixtures.post(
                author,
                "From: %s\nMessage-ID: <%s@a.example>\n\nText\n"
                    .formatted(author, world.now().getEpochSecond()))),
        OutgoingMeta.Kind.POST);
  }

  private static List<String> recipients(MemoryTransaction transaction, OutgoingMeta.Kind kind) {
    return transaction.on(Topics.DELIVERIES, Delivery.class).stream()
        .filter(delivery -> delivery.kind() == kind)
        .flatMap(delivery -> delivery.recipients().stream())
        .map(MailAddress::toString)
        .toList();
  }
}
