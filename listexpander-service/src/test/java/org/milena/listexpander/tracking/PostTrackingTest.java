package org.milena.listexpander.tracking;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.milena.common.command.CommandOutcome.Done;
import org.milena.common.command.CommandOutcome.NotFound;
import org.milena.common.command.DeliveryChange.NoteCopies;
import org.milena.common.command.ListChange;
import org.milena.common.command.MemberChange;
import org.milena.common.directory.OptionsPatch;
import org.milena.common.event.AuthenticationReport;
import org.milena.common.event.AuthenticationReport.Result;
import org.milena.common.event.Delivery;
import org.milena.common.event.MailEvent;
import org.milena.common.event.OutgoingMeta;
import org.milena.common.event.Route;
import org.milena.common.event.Topics;
import org.milena.common.event.TrackedPost;
import org.milena.common.mail.MailAddress;
import org.milena.common.mail.MailId;
import org.milena.listexpander.fake.Fixtures;
import org.milena.listexpander.fake.ListWorld;
import org.milena.listexpander.fake.MemoryTransaction;
import org.milena.listexpander.incoming.ListMail;

class PostTrackingTest {
  private static final MailAddress ANN = MailAddress.of("ann@a.example");

  private final ListWorld world = new ListWorld();
  private int mails;

  @BeforeEach
  void aList() {
    world.with(
        Fixtures.list(),
        Fixtures.member("ann@a.example"),
        Fixtures.member("bob@b.example"),
        Fixtures.member("eve@e.example"));
    track(true);
  }

  private void track(boolean wanted) {
    assertThat(
            world.command(new MemberChange.ChangeOptions(ANN, OptionsPatch.tracking(wanted), null)))
        .isInstanceOf(Done.class);
  }

  private ListMail mail(Result result, String fields) {
    return Fixtures.mail(
        "ann@a.example",
        "From: ann@a.example\nTo: users@lists.example.org\nSubject: Trains\n"
            + "Message-ID: <%d@a.example>\n%s\nx\n".formatted(++mails, fields),
        new Route.ListPost(Fixtures.USERS_ID),
        new AuthenticationReport(result, result, result, "a.example", null),
        null);
  }

  private MailId posted() {
    ListMail mail = mail(Result.PASS, "");
    assertThat(tracked(world.take(mail))).isTrue();
    return mail.id();
  }

  private static boolean tracked(MemoryTransaction written) {
    return written.on(Topics.DELIVERIES, Delivery.class).stream()
        .filter(delivery -> delivery.kind() == OutgoingMeta.Kind.POST)
        .allMatch(delivery -> Boolean.TRUE.equals(delivery.tracked()));
  }

  private MemoryTransaction copies(MailId mail, int delivered, int failed) {
    return world.take(new NoteCopies(mail, delivered, failed, world.now()));
  }

  private static List<String> notices(MemoryTransaction written) {
    return written.on(Topics.OUTGOING).stream()
        .map(record -> new String(Objects.requireNonNull(record.value()), StandardCharsets.UTF_8))
        .toList();
  }

  @Test
  void theAuthorIsToldOnceWhenAllCopiesAreDeliveredOrHaveFailed() {
    MailId mail = posted();
    world.later(Duration.ofMinutes(1));
    assertThat(notices(copies(mail, 1, 0))).isEmpty();
    world.later(Duration.ofMinutes(4));
    assertThat(notices(copies(mail, 0, 1))).isEmpty();
    world.later(Duration.ofMinutes(1));
    MemoryTransaction last = copies(mail, 1, 0);
    assertThat(notices(last))
        .singleElement()
        .asString()
        .contains(
            "To: ann@a.example",
            "Your post \"Trains\" went to 3 recipients",
            "delivered      2",
            "failed         1",
            "on their way   0",
            "2026-03-01 10:01",
            "2026-03-01 10:06")
        .doesNotContain("bob@b.example", "eve@e.example");
    assertThat(world.tables.tracked().size()).isZero();
    assertThat(world.command(new NoteCopies(mail, 1, 0, world.now()))).isInstanceOf(NotFound.class);
  }

  @Test
  void afterADayTheAuthorIsToldWhatThereIs() {
    MailId mail = posted();
    copies(mail, 1, 0);
    world.later(PostTracking.LONGEST.minusSeconds(1));
    assertThat(notices(world.take(new ListChange.DoChores()))).isEmpty();
    world.later(Duration.ofSeconds(1));
    assertThat(notices(world.take(new ListChange.DoChores())))
        .singleElement()
        .asString()
        .contains("delivered      1", "on their way   2");
    assertThat(notices(world.take(new ListChange.DoChores()))).isEmpty();
    assertThat(notices(copies(mail, 2, 0))).isEmpty();
  }

  @Test
  void theStoryOfThePostNamesNeitherTheAuthorNorCounts() {
    MailId mail = posted();
    List<String> told =
        copies(mail, 2, 1).on(Topics.EVENTS, MailEvent.class).stream()
            .filter(event -> event.mailId().equals(mail))
            .map(MailEvent::text)
            .toList();
    assertThat(told)
        .singleElement()
        .asString()
        .matches("To the author, what became of the copies: Notice [0-9a-f-]+ sent\\.");
    MailId other = posted();
    track(false);
    assertThat(copies(other, 3, 0).on(Topics.EVENTS, MailEvent.class))
        .extracting(MailEvent::text)
        .noneMatch(text -> text.contains("@"));
  }

  @Test
  void aPostThatWasHeldForDaysKeepsNoOtherWaiting() {
    ListMail held = mail(Result.PASS, "");
    world.later(Duration.ofDays(3));
    posted();
    world.later(Duration.ofHours(12));
    world.take(held);
    assertThat(world.tables.tracked().size()).isEqualTo(2);
    world.later(Duration.ofHours(12));
    assertThat(world.chores)
        .filteredOn(PostTracking.class::isInstance)
        .singleElement()
        .matches(chore -> chore.isDue(world.tables, Fixtures.list(), world.now()));
    assertThat(notices(world.take(new ListChange.DoChores()))).hasSize(1);
    assertThat(world.tables.tracked().size()).isOne();
  }

  @Test
  void onlyAProvenAuthorWhoWantsItIsTold() {
    for (ListMail mail :
        List.of(mail(Result.NONE, ""), mail(Result.PASS, "Auto-Submitted: auto-generated\n"))) {
      MemoryTransaction written = world.take(mail);
      assertThat(written.story()).contains(MailEvent.Kind.EXPANDED);
      assertThat(tracked(written)).isFalse();
    }
    track(false);
    assertThat(tracked(world.take(mail(Result.PASS, "")))).isFalse();
    assertThat(world.tables.tracked().size()).isZero();
  }

  @Test
  void whoChangedHisMindIsNotTold() {
    MailId mail = posted();
    track(false);
    assertThat(notices(copies(mail, 3, 0))).isEmpty();
    assertThat(world.tables.tracked().size()).isZero();
  }

  @Test
  void aPostToNobodyOrToVeryManyIsNotCounted() {
    assertThat(PostTracking.counts(0)).isFalse();
    assertThat(PostTracking.counts(PostTracking.MOST_RECIPIENTS)).isTrue();
    assertThat(PostTracking.counts(PostTracking.MOST_RECIPIENTS + 1)).isFalse();
  }

  @Test
  void whatIsCountedGoesWithTheList() {
    posted();
    world.command(new ListChange.DeleteList());
    assertThat(world.tables.tracked().size()).isZero();
  }

  @Test
  void theFirstAndTheLastAreTheEarliestAndTheLatest() {
    TrackedPost post =
        new TrackedPost(
            Fixtures.USERS_ID, Fixtures.newId(), ANN, "", 3, 0, 0, world.now(), null, null);
    TrackedPost counted =
        post.and(0, 1, world.now())
            .and(1, 0, world.now().plusSeconds(9))
            .and(1, 0, world.now().plusSeconds(5));
    assertThat(counted.firstAt()).isEqualTo(world.now().plusSeconds(5));
    assertThat(counted.lastAt()).isEqualTo(world.now().plusSeconds(9));
    assertThat(counted.waiting()).isZero();
    assertThat(counted.and(1, 0, world.now()).waiting()).isZero();
  }
}
