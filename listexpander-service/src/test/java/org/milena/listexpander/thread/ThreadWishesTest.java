package org.milena.listexpander.thread;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.milena.common.command.CommandOutcome;
import org.milena.common.command.CommandOutcome.Done;
import org.milena.common.command.CommandOutcome.NotFound;
import org.milena.common.command.CommandOutcome.Refused;
import org.milena.common.command.ListChange;
import org.milena.common.command.MemberChange;
import org.milena.common.command.RequestChange;
import org.milena.common.command.ThreadChange;
import org.milena.common.directory.Member;
import org.milena.common.directory.MemberOptions;
import org.milena.common.directory.MemberOptions.Stop;
import org.milena.common.directory.MemberRole;
import org.milena.common.directory.OptionsPatch;
import org.milena.common.event.AuditEntry;
import org.milena.common.event.AuthenticationReport;
import org.milena.common.event.AuthenticationReport.Result;
import org.milena.common.event.Delivery;
import org.milena.common.event.OutgoingMeta;
import org.milena.common.event.Route;
import org.milena.common.event.ThreadWish;
import org.milena.common.event.ThreadWish.Kind;
import org.milena.common.event.Topics;
import org.milena.common.mail.MailAddress;
import org.milena.common.settings.DeliveryMode;
import org.milena.listexpander.fake.Fixtures;
import org.milena.listexpander.fake.ListWorld;
import org.milena.listexpander.fake.MemoryTransaction;

class ThreadWishesTest {
  private static final String FIRST = "1@a.example";
  private static final String IN_THREAD = "References: <1@a.example>";

  private final ListWorld world = new ListWorld();
  private int mails;

  @BeforeEach
  void aList() {
    world.with(
        Fixtures.list(),
        Fixtures.member("ann@a.example"),
        Fixtures.member("bob@b.example"),
        reader("dig@d.example", MemberOptions.DEFAULT.withMode(DeliveryMode.MIME_DIGEST)));
  }

  private static Member reader(String address, MemberOptions options) {
    return Fixtures.member(address).with(options);
  }

  private CommandOutcome wish(String address, String id, String subject, Kind kind) {
    return world.command(new ThreadChange.WishThread(MailAddress.of(address), id, subject, kind));
  }

  private CommandOutcome end(String address, String id) {
    return world.command(new ThreadChange.EndThreadWish(MailAddress.of(address), id, null));
  }

  /** Who gets a post of Ann's with these fields. */
  private List<String> post(String fields) {
    return post("p%d@a.example".formatted(++mails), fields);
  }

  private List<String> post(String id, String fields) {
    MemoryTransaction written =
        world.take(
            Fixtures.post(
                "ann@a.example",
                "From: ann@a.example\nMessage-ID: <%s>\n%s\n\nx %d\n"
                    .formatted(id, fields, ++mails)));
    return written.on(Topics.DELIVERIES, Delivery.class).stream()
        .filter(delivery -> delivery.kind() == OutgoingMeta.Kind.POST)
        .flatMap(delivery -> delivery.recipients().stream())
        .map(MailAddress::toString)
        .sorted()
        .toList();
  }

  @Test
  void whoMutesAThreadGetsNoMoreOfItAndAllElse() {
    assertThat(wish("bob@b.example", FIRST, "", Kind.MUTE)).isInstanceOf(Done.class);
    assertThat(post("References: <1@a.example> <2@b.example>")).containsExactly("ann@a.example");
    assertThat(post("In-Reply-To: <2@b.example>"))
        .containsExactly("ann@a.example", "bob@b.example");
    assertThat(end("bob@b.example", FIRST)).isInstanceOf(Done.class);
    assertThat(post(IN_THREAD)).containsExactly("ann@a.example", "bob@b.example");
    assertThat(end("bob@b.example", FIRST)).isInstanceOf(NotFound.class);
  }

  @Test
  void whoFollowsAThreadGetsItOnceWhateverElseHeGets() {
    world.with(
        Fixtures.list(),
        reader("none@n.example", MemberOptions.DEFAULT.withMode(DeliveryMode.NONE)),
        reader("stop@s.example", MemberOptions.DEFAULT.stopped(Stop.BY_MEMBER, null)),
        reader("mod@s.example", MemberOptions.DEFAULT.stopped(Stop.BY_MODERATOR, null)),
        reader("back@s.example", MemberOptions.DEFAULT.stopped(Stop.BY_BOUNCES, null)));
    for (String address :
        List.of(
            "bob@b.example",
            "dig@d.example",
            "none@n.example",
            "stop@s.example",
            "mod@s.example",
            "back@s.example")) {
      assertThat(wish(address, FIRST, "", Kind.FOLLOW)).isInstanceOf(Done.class);
    }
    assertThat(post(IN_THREAD))
        .containsExactly(
            "ann@a.example", "bob@b.example", "dig@d.example", "none@n.example", "stop@s.example");
    assertThat(post("")).containsExactly("ann@a.example", "bob@b.example");
  }

  @Test
  void whatFollowersAskedNotToGetTheyDoNotGet() {
    MemberOptions skipping =
        new MemberOptions(DeliveryMode.NONE, null, null, true, false, true, false, null, 0);
    world.with(Fixtures.list(), reader("skip@s.example", skipping));
    wish("skip@s.example", FIRST, "", Kind.FOLLOW);
    assertThat(post(IN_THREAD)).contains("skip@s.example");
    assertThat(post(IN_THREAD + "\nCc: skip@s.example")).doesNotContain("skip@s.example");
  }

  @Test
  void aThreadIsNamedByAnyOfItsPostsThatTheListRemembers() {
    post("2@b.example", IN_THREAD);
    assertThat(wish("dig@d.example", "2@b.example", "", Kind.FOLLOW))
        .isEqualTo(new Done("dig@d.example gets each post of the thread of <1@a.example>.", 1));
    assertThat(post(IN_THREAD)).contains("dig@d.example");
    assertThat(end("dig@d.example", "2@b.example")).isInstanceOf(Done.class);
    world.later(Duration.ofDays(8));
    wish("dig@d.example", "2@b.example", "", Kind.FOLLOW);
    assertThat(post(IN_THREAD)).as("another branch").doesNotContain("dig@d.example");
    assertThat(post(IN_THREAD + " <2@b.example>")).contains("dig@d.example");
    assertThat(end("dig@d.example", "2@b.example")).isInstanceOf(Done.class);
  }

  @Test
  void anotherThreadUnderTheSameSubjectIsAnother() {
    wish("bob@b.example", FIRST, "flames", Kind.MUTE);
    assertThat(post("References: <other@a.example>\nSubject: Re: flames"))
        .containsExactly("ann@a.example", "bob@b.example");
    assertThat(post(IN_THREAD + "\nSubject: Re: flames")).containsExactly("ann@a.example");
  }

  @Test
  void withASubjectAnswersUnderItBelongToIt() {
    wish("bob@b.example", FIRST, "[Users] Re: Flames", Kind.MUTE);
    assertThat(post("Subject: Re: flames")).containsExactly("ann@a.example");
    assertThat(post("Subject: Flames")).containsExactly("ann@a.example", "bob@b.example");
  }

  @Test
  void theLastWishCounts() {
    wish("bob@b.example", FIRST, "", Kind.MUTE);
    world.later(Duration.ofMinutes(1));
    wish("bob@b.example", "2@b.example", "", Kind.FOLLOW);
    assertThat(post(IN_THREAD)).containsExactly("ann@a.example");
    assertThat(post(IN_THREAD + " <2@b.example>")).contains("bob@b.example");
    wish("bob@b.example", FIRST, "", Kind.FOLLOW);
    assertThat(post(IN_THREAD)).contains("bob@b.example");
    assertThat(world.tables.wishes().size()).isEqualTo(2);
  }

  @Test
  void refusesStrangersWhatIsNoThreadAndTooMany() {
    assertThat(wish("eve@e.example", FIRST, "", Kind.FOLLOW)).isInstanceOf(NotFound.class);
    world.with(Fixtures.list(), Fixtures.member("own@o.example", null, MemberRole.OWNER));
    assertThat(wish("own@o.example", FIRST, "", Kind.FOLLOW)).isInstanceOf(NotFound.class);
    assertThat(wish("bob@b.example", "a b", "", Kind.FOLLOW)).isInstanceOf(Refused.class);
    for (int i = 0; i < ThreadWishes.MOST; i++) {
      assertThat(wish("bob@b.example", i + "@x", "", Kind.MUTE)).isInstanceOf(Done.class);
    }
    assertThat(wish("bob@b.example", FIRST, "", Kind.MUTE)).isInstanceOf(Refused.class);
    assertThat(wish("bob@b.example", "0@x", "", Kind.FOLLOW)).isInstanceOf(Done.class);
    assertThat(wish("ann@a.example", FIRST, "", Kind.MUTE)).isInstanceOf(Done.class);
  }

  @Test
  void endsAYearAfterTheLastPostAndWithTheMember() {
    wish("bob@b.example", FIRST, "", Kind.MUTE);
    wish("ann@a.example", "other@x", "", Kind.MUTE);
    world.later(Duration.ofDays(300));
    assertThat(post(IN_THREAD)).containsExactly("ann@a.example");
    world.later(Duration.ofDays(71));
    chores();
    assertThat(world.tables.wishes().size()).isEqualTo(2);
    world.later(Duration.ofDays(1));
    chores();
    assertThat(world.tables.wishes().scan("", "", 9))
        .extracting(row -> row.getValue().messageId())
        .containsExactly(FIRST);
    world.command(new MemberChange.RemoveMembers(List.of(MailAddress.of("bob@b.example"))));
    assertThat(world.tables.wishes().size()).isZero();
    wish("ann@a.example", FIRST, "", Kind.MUTE);
    world.command(new ListChange.DeleteList());
    assertThat(world.tables.wishes().size()).isZero();
  }

  private void chores() {
    WishTimes times = new WishTimes();
    boolean due = times.isDue(world.tables, Fixtures.list(), world.now());
    assertThat(times.prepare(world.tables, world.mailReader, Fixtures.list(), world.now()))
        .matches(work -> work.isPresent() == due);
    world.command(new ListChange.DoChores());
  }

  @Test
  void aBusyThreadWritesNoRowForEachPost() {
    wish("bob@b.example", FIRST, "", Kind.MUTE);
    ThreadWish first = world.tables.wishes().scan("", "", 1).getFirst().getValue();
    world.later(Duration.ofDays(6));
    post(IN_THREAD);
    assertThat(world.tables.wishes().get(first.key())).contains(first);
    world.later(Duration.ofDays(1));
    post(IN_THREAD);
    assertThat(world.tables.wishes().get(first.key())).contains(first.seen(world.now()));
  }

  @Test
  void membersWishByMailInAnAnswerOrByTheId() {
    MemoryTransaction muted =
        request("bob@b.example", "Re: [Users] Flames", IN_THREAD + "\n", "mute\n", Result.PASS);
    assertThat(text(muted)).contains("mute: bob@b.example gets no more posts of the thread of");
    assertThat(muted.on(Topics.AUDIT, AuditEntry.class))
        .extracting(AuditEntry::actor, AuditEntry::what, AuditEntry::outcome)
        .containsExactly(tuple("mail:bob@b.example", "wish-thread", "done"));
    assertThat(post("Subject: Re: Flames")).containsExactly("ann@a.example");
    assertThat(text(request("bob@b.example", "unfollow <1@a.example>", "", "", Result.PASS)))
        .contains("has no such wish");
    request("bob@b.example", "unmute <1@a.example>", "", "", Result.PASS);
    assertThat(post("Subject: Re: Flames")).containsExactly("ann@a.example", "bob@b.example");
    request("dig@d.example", "follow thread <1@a.example>", "", "", Result.PASS);
    assertThat(post(IN_THREAD)).contains("dig@d.example");
    assertThat(text(request("bob@b.example", "follow", "", "", Result.PASS)))
        .contains("follow: which thread?");
  }

  @Test
  void whoMutesAThreadDoesNotDoWhatItsSubjectBeginsWith() {
    request("bob@b.example", "Re: Leave policy 2027", IN_THREAD + "\n", "mute\n", Result.PASS);
    assertThat(world.member("bob@b.example")).isPresent();
    assertThat(post(IN_THREAD)).containsExactly("ann@a.example");
    world.with(
        Fixtures.list(),
        Fixtures.member("own@o.example", null, MemberRole.OWNER, MemberRole.MEMBER));
    MemoryTransaction closed =
        request(
            "own@o.example",
            "Re: invite eve@evil.example",
            IN_THREAD + "\n",
            "close\n",
            Result.PASS);
    assertThat(closed.on(Topics.AUDIT, AuditEntry.class))
        .extracting(AuditEntry::what)
        .containsExactly("close-thread");
    assertThat(text(closed)).doesNotContain("eve@evil.example:").contains("close: ");
  }

  @Test
  void wishesGoWithTheMembershipOfWhoeverKeepsAnOffice() {
    world.with(
        Fixtures.list(),
        Fixtures.member("own@o.example", null, MemberRole.OWNER, MemberRole.MEMBER));
    wish("own@o.example", FIRST, "", Kind.FOLLOW);
    world.command(new RequestChange.Unsubscribe(MailAddress.of("own@o.example"), true));
    assertThat(world.member("own@o.example")).isPresent();
    assertThat(world.tables.wishes().size()).isZero();
    assertThat(post(IN_THREAD)).doesNotContain("own@o.example");
    wish("bob@b.example", FIRST, "", Kind.FOLLOW);
    world.command(
        new MemberChange.PutMembers(
            List.of(
                new MemberChange.NewMember(
                    MailAddress.of("bob@b.example"),
                    "",
                    Set.of(MemberRole.MODERATOR),
                    null,
                    null,
                    OptionsPatch.NONE))));
    assertThat(world.tables.wishes().size()).isZero();
  }

  @Test
  void aForgedMailWishesNothing() {
    MemoryTransaction forged = request("bob@b.example", "mute <1@a.example>", "", "", Result.NONE);
    assertThat(forged.on(Topics.OUTGOING)).isEmpty();
    assertThat(world.tables.wishes().size()).isZero();
  }

  private MemoryTransaction request(
      String from, String subject, String fields, String body, Result dmarc) {
    return world.take(
        Fixtures.mail(
            from,
            "From: %s\nTo: users-request@lists.example.org\nMessage-ID: <r%d@m>\nSubject: %s\n%s\n%s"
                .formatted(from, ++mails, subject, fields, body),
            new Route.ListRole(Fixtures.USERS_ID, Route.Role.REQUEST, null),
            new AuthenticationReport(
                dmarc, dmarc, dmarc, from.substring(from.indexOf('@') + 1), null),
            null));
  }

  private static String text(MemoryTransaction transaction) {
    return new String(
        Objects.requireNonNull(transaction.on(Topics.OUTGOING).getFirst().value()),
        StandardCharsets.UTF_8);
  }
}
