package org.milena.listexpander.sequence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.milena.common.command.CommandOutcome;
import org.milena.common.command.ListCommand;
import org.milena.common.command.ListCommand.HeldDecision;
import org.milena.common.directory.Account;
import org.milena.common.directory.Member;
import org.milena.common.directory.MemberOptions.Stop;
import org.milena.common.directory.MemberRole;
import org.milena.common.directory.Suppression;
import org.milena.common.event.ArchiveId;
import org.milena.common.event.AuthenticationReport;
import org.milena.common.event.AuthenticationReport.Result;
import org.milena.common.event.Delivery;
import org.milena.common.event.Hold;
import org.milena.common.event.MailEvent;
import org.milena.common.event.MailEvent.Kind;
import org.milena.common.event.MailJson;
import org.milena.common.event.MailMeta;
import org.milena.common.event.OutgoingMeta;
import org.milena.common.event.PostMeta;
import org.milena.common.event.RecordHeaders;
import org.milena.common.event.RecordPosition;
import org.milena.common.event.RecordType;
import org.milena.common.event.ReturnPath;
import org.milena.common.event.Route;
import org.milena.common.event.ScanReport;
import org.milena.common.event.Topics;
import org.milena.common.failure.UnreadableRecordException;
import org.milena.common.header.HeaderBlock;
import org.milena.common.mail.MailAddress;
import org.milena.common.mail.RawMessage;
import org.milena.common.settings.ListSettings;
import org.milena.common.settings.PostAction;
import org.milena.common.stage.InRecord;
import org.milena.common.stage.OutRecord;
import org.milena.listexpander.fake.Fixtures;
import org.milena.listexpander.fake.ListWorld;
import org.milena.listexpander.fake.MemoryTransaction;
import org.milena.listexpander.incoming.ListMail;

class ListSequenceTest {
  private static final String POST =
      """
      From: Ann <ann@a.example>
      To: users@lists.example.org
      Message-ID: <1@a.example>
      Subject: hi

      Text
      """;
  private static final String STRANGER = POST.replace("ann@a", "eve@e");
  private static final AuthenticationReport PROVEN =
      new AuthenticationReport(Result.PASS, Result.PASS, Result.PASS, "e.example", null);

  private final ListWorld world =
      new ListWorld()
          .with(
              Fixtures.list(),
              Fixtures.member("ann@a.example"),
              Fixtures.member("bob@b.example"),
              Fixtures.member("carl@b.example"),
              Fixtures.member("own@o.example", null, MemberRole.OWNER));

  @Test
  void aMembersPostIsArchivedExpandedAndTold() {
    ListMail mail = Fixtures.post("ann@a.example", POST);
    MemoryTransaction written = world.take(mail);

    OutRecord post = written.on(Topics.POSTS).getFirst();
    ArchiveId id = ArchiveId.compute(Fixtures.USERS_ID, "1@a.example", mail.meta().sha256());
    assertThat(post.key()).contains(id.value());
    assertThat(post.partitionKey()).contains(Fixtures.USERS_ID.value());
    PostMeta meta = meta(post, PostMeta.class);
    assertThat(meta.archiveId()).isEqualTo(id);
    assertThat(meta.mailId()).isEqualTo(mail.id());
    assertThat(text(post)).contains("Archived-At:").endsWith(POST.replace("\n", "\r\n"));

    OutRecord content = written.on(Topics.OUTGOING).getFirst();
    assertThat(content.key()).contains(Fixtures.USERS_ID.value());
    assertThat(meta(content, OutgoingMeta.class).kind()).isEqualTo(OutgoingMeta.Kind.POST);

    List<Delivery> deliveries = written.on(Topics.DELIVERIES, Delivery.class);
    assertThat(addresses(deliveries))
        .containsExactlyInAnyOrder("ann@a.example", "bob@b.example", "carl@b.example");
    assertThat(deliveries).hasSize(2);
    assertThat(deliveries)
        .allSatisfy(delivery -> {
          assertThat(delivery.content().sha256())
              .isEqualTo(RawMessage.wrap(Objects.requireNonNull(content.value())).sha256());
          assertThat(delivery.returnPath())
              .isEqualTo(new ReturnPath.Verp(MailAddress.of("users-bounces@lists.example.org")));
          assertThat(delivery.unsubscribe()).isNull();
        });
    assertThat(written.story()).containsExactly(Kind.ACCEPTED, Kind.EXPANDED);
    assertThat(written.events().getLast().count()).isEqualTo(3);
    assertThat(written.events()).allMatch(event -> mail.id().equals(event.mailId()));
  }

  @Test
  void withHttpsEveryCopyGetsItsOwnLink() {
    ListWorld secure =
        new ListWorld("https://lists.example.org")
            .with(Fixtures.list(), Fixtures.member("ann@a.example"));
    Delivery delivery =
        secure
            .take(Fixtures.post("ann@a.example", POST))
            .on(Topics.DELIVERIES, Delivery.class)
            .getFirst();
    assertThat(Objects.requireNonNull(delivery.unsubscribe()).urlPrefix())
        .isEqualTo("https://lists.example.org/unsubscribe/");
  }

  @Test
  void sendsNothingToThoseWhoDoNotWantOrCannotHaveIt() {
    Member silent = Fixtures.member("silent@a.example");
    world.with(Fixtures.list(), silent.with(silent.options().stopped(Stop.BY_MEMBER, null)));
    MailAddress bob = MailAddress.of("bob@b.example");
    world
        .tables
        .directory()
        .suppressions()
        .put(bob.key(), new Suppression(bob, "dead", Fixtures.NOW));
    MemoryTransaction written = world.take(Fixtures.post("ann@a.example", POST));
    assertThat(addresses(written.on(Topics.DELIVERIES, Delivery.class)))
        .containsExactlyInAnyOrder("ann@a.example", "carl@b.example");
    assertThat(written.events().getLast().count()).isEqualTo(2);
  }

  @Test
  void whoLeavesBehindAPostStillGetsIt() {
    MemoryTransaction together = new MemoryTransaction();
    world.takeInto(together, Fixtures.post("ann@a.example", POST));
    world
        .tables
        .directory()
        .members()
        .delete(Member.key(Fixtures.USERS_ID, MailAddress.of("bob@b.example")));
    together.finish();
    assertThat(together.on(Topics.DELIVERIES, Delivery.class))
        .flatExtracting(Delivery::recipients)
        .contains(MailAddress.of("bob@b.example"));
  }

  @Test
  void theSameMailAgainIsATraceEntryAndNothingElse() {
    ListMail mail = Fixtures.post("ann@a.example", POST);
    world.take(mail);
    ListMail again = Fixtures.post("ann@a.example", POST);
    MemoryTransaction written = world.take(again);
    assertThat(written.story()).containsExactly(Kind.DUPLICATE);
    assertThat(written.events().getFirst().text()).contains(mail.id().toString());
    assertThat(written.on(Topics.POSTS)).isEmpty();
    assertThat(written.on(Topics.OUTGOING)).isEmpty();
  }

  private static ListMail proven(String text) {
    return Fixtures.mail(
        "eve@e.example", text, new Route.ListPost(Fixtures.USERS_ID), PROVEN, null);
  }

  @Test
  void whoJoinsAfterARejectionSendsTheSameMailAgain() {
    for (PostAction refusal : List.of(PostAction.REJECT, PostAction.DISCARD)) {
      ListWorld strict =
          new ListWorld().with(Fixtures.list(Fixtures.actions(PostAction.ACCEPT, refusal)));
      assertThat(strict.take(Fixtures.post("eve@e.example", STRANGER)).story())
          .doesNotContain(Kind.ACCEPTED);
      strict.with(
          Fixtures.list(Fixtures.actions(PostAction.ACCEPT, refusal)),
          Fixtures.member("eve@e.example"));
      assertThat(strict.take(Fixtures.post("eve@e.example", STRANGER)).story())
          .contains(Kind.ACCEPTED);
      assertThat(strict.take(Fixtures.post("eve@e.example", STRANGER)).story())
          .containsExactly(Kind.DUPLICATE);
    }
  }

  @Test
  void aRejectionIsToldOnceHoweverOftenTheMailComes() {
    ListWorld strict =
        new ListWorld().with(Fixtures.list(Fixtures.actions(PostAction.ACCEPT, PostAction.REJECT)));
    // not proven: nobody is told, so a proven one behind it still is
    assertThat(strict.take(Fixtures.post("eve@e.example", STRANGER)).story())
        .containsExactly(Kind.REJECTED);
    assertThat(strict.take(proven(STRANGER)).story()).containsExactly(Kind.NOTICE, Kind.REJECTED);
    for (int i = 0; i < 20; i++) {
      MemoryTransaction again = strict.take(proven(STRANGER));
      assertThat(again.story()).containsExactly(Kind.REJECTED);
      assertThat(again.on(Topics.OUTGOING)).isEmpty();
      assertThat(again.events().getFirst().text()).contains("was told");
    }
    assertThat(strict.take(proven(STRANGER + "another text\n")).story()).contains(Kind.NOTICE);
  }

  @Test
  void theSameMessageIdOnAnotherTextIsHeldAndNotLost() {
    ListMail first = Fixtures.post("ann@a.example", POST);
    world.take(first);
    MemoryTransaction written = world.take(Fixtures.post("ann@a.example", POST + "and more\n"));
    assertThat(written.story()).contains(Kind.HELD);
    assertThat(world.holds().getFirst().reasons())
        .containsExactly("Another post has the same Message-ID: " + first.id() + ".");
  }

  @Test
  void forgetsAfterSevenDaysAndSweepsTheNotesAway() {
    world.take(Fixtures.post("ann@a.example", POST));
    world.later(Duration.ofDays(7).plusSeconds(1));
    assertThat(world.take(Fixtures.post("ann@a.example", POST)).story()).contains(Kind.ACCEPTED);
    for (int i = 0; i < 20; i++) {
      world.take(Fixtures.post("ann@a.example", POST.replace("<1@", "<a" + i + "@")));
    }
    world.later(Duration.ofDays(8));
    for (int i = 0; i < 20; i++) {
      world.take(Fixtures.post("ann@a.example", POST.replace("<1@", "<b" + i + "@")));
    }
    assertThat(world.tables.seen().size()).isLessThanOrEqualTo(44);
  }

  @Test
  void aHeldPostWaitsWithEveryReasonAndItsOwnersAreTold() {
    ListMail mail = Fixtures.post("eve@e.example", POST.replace("ann@a", "eve@e"));
    MemoryTransaction written = world.take(mail);
    Hold hold = world.holds().getFirst();
    assertThat(hold.subject()).isEqualTo("hi");
    assertThat(hold.author()).contains("eve@e.example");
    assertThat(hold.reasons()).singleElement().asString().contains("not a member");
    assertThat(hold.content().mailId()).isEqualTo(mail.id());
    OutRecord held = written.on(Topics.HELD).getFirst();
    assertThat(held.key()).contains(hold.holdId());
    assertThat(meta(held, MailMeta.class)).isEqualTo(mail.meta());
    assertThat(text(held)).isEqualTo(text(mail.message()));
    assertThat(written.story()).containsExactly(Kind.NOTICE, Kind.HELD);
    assertThat(addresses(written.on(Topics.DELIVERIES, Delivery.class)))
        .containsExactly("own@o.example");
    assertThat(text(written.on(Topics.OUTGOING).getFirst())).contains("Auto-Submitted:");
    assertThat(written.on(Topics.POSTS)).isEmpty();
  }

  @Test
  void theAuthorOfAHeldPostIsToldOnlyWhenProven() {
    MemoryTransaction written =
        world.take(
            Fixtures.mail(
                "eve@e.example",
                POST.replace("ann@a", "eve@e"),
                new Route.ListPost(Fixtures.USERS_ID),
                PROVEN,
                null));
    assertThat(addresses(written.on(Topics.DELIVERIES, Delivery.class)))
        .containsExactlyInAnyOrder("own@o.example", "eve@e.example");
  }

  @Test
  void whatTheScannerWantsSeenIsHeldWithItsReasonAndTheProof() {
    ListMail mail = Fixtures.post("ann@a.example", POST);
    ScanReport scan =
        new ScanReport(
            ScanReport.Verdict.POLICY,
            List.of(
                new ScanReport.EngineReport(
                    "builtin",
                    "1",
                    ScanReport.Verdict.POLICY,
                    "secret\u202E.zip is\r\nencrypted",
                    ScanReport.Objection.ENCRYPTED)),
            AuthenticationReport.NOT_CHECKED,
            Fixtures.NOW,
            null,
            null,
            ScanReport.Passage.HOLD);
    MemoryTransaction written = world.take(ListMail.of(mail.meta().withScan(scan), mail.message()));
    assertThat(world.holds().getFirst().reasons())
        .containsExactly(
            "The scanner wants a moderator to see it: builtin says secret .zip is encrypted.");
    assertThat(written.on(Topics.POSTS)).isEmpty();
    assertThat(written.events().getLast().text())
        .contains("secret .zip is encrypted", "The author is not proven: not checked.");

    // an operator has looked at it
    ListMail other = Fixtures.post("ann@a.example", POST.replace("<1@", "<2@"));
    ListMail released =
        ListMail.of(other.meta().withScan(scan.releasedBy("admin")), other.message());
    assertThat(world.take(released).story()).contains(Kind.ACCEPTED);
  }

  @Test
  void theStoryOfAnAcceptedPostSaysWhatProvesItsAuthor() {
    MemoryTransaction written =
        world.take(
            Fixtures.mail(
                "ann@a.example", POST, new Route.ListPost(Fixtures.USERS_ID), PROVEN, null));
    assertThat(written.events().getFirst().text())
        .isEqualTo(
            "Accepted for users@lists.example.org."
                + " ann@a.example is proven to be the author by DMARC.");
  }

  @Test
  void aFloodOfHeldPostsIsNotAFloodOfNotices() {
    int notices = 0;
    for (int i = 0; i < 50; i++) {
      notices +=
          (int)
              world
                  .take(Fixtures.post("eve@e.example", "From: eve@e.example\n\n" + i + "\n"))
                  .story()
                  .stream()
                  .filter(kind -> kind == Kind.NOTICE)
                  .count();
    }
    assertThat(notices).isEqualTo(12);
    world.later(Duration.ofHours(1));
    assertThat(world.take(Fixtures.post("eve@e.example", "From: eve@e.example\n\nx\n")).story())
        .contains(Kind.NOTICE);
    assertThat(world.holds()).hasSize(51);
  }

  @Test
  void anAcceptedHeldPostIsPostedAsItCame() {
    ListMail mail = Fixtures.post("eve@e.example", POST.replace("ann@a", "eve@e"));
    world.take(mail);
    MemoryTransaction written = world.take(decide(HeldDecision.ACCEPT));
    assertThat(written.story()).containsExactly(Kind.ACCEPTED, Kind.EXPANDED);
    assertThat(text(written.on(Topics.POSTS).getFirst())).endsWith(text(mail.message()));
    assertThat(world.holds()).isEmpty();
    assertThat(world.take(Fixtures.post("eve@e.example", POST.replace("ann@a", "eve@e"))).story())
        .containsExactly(Kind.DUPLICATE);
  }

  @Test
  void aHoldIsDecidedOnce() {
    world.take(Fixtures.post("eve@e.example", POST.replace("ann@a", "eve@e")));
    ListCommand twice = decide(HeldDecision.ACCEPT);
    assertThat(world.command(twice)).isInstanceOf(CommandOutcome.Done.class);
    assertThat(world.command(twice))
        .isInstanceOfSatisfying(
            CommandOutcome.Refused.class,
            refused -> assertThat(refused.code()).isEqualTo("decided"));
  }

  @Test
  void aRejectedAuthorIsToldOnlyWhenProven() {
    world.take(Fixtures.post("eve@e.example", POST.replace("ann@a", "eve@e")));
    MemoryTransaction silent = world.take(decide(HeldDecision.REJECT));
    assertThat(silent.on(Topics.OUTGOING)).isEmpty();
    assertThat(silent.story()).containsExactly(Kind.REJECTED);
    assertThat(silent.events().getFirst().text()).contains("not proven");

    // refused, so it may be sent again, and this time by the account that owns the address
    world.tables.directory().accounts().put("eve", account("eve", "eve@e.example"));
    world.take(
        Fixtures.mail(
            "eve@e.example",
            POST.replace("ann@a", "eve@e"),
            new Route.ListPost(Fixtures.USERS_ID),
            AuthenticationReport.NOT_CHECKED,
            "eve"));
    MemoryTransaction told = world.take(decide(HeldDecision.REJECT));
    assertThat(told.story()).containsExactly(Kind.NOTICE, Kind.REJECTED);
    assertThat(addresses(told.on(Topics.DELIVERIES, Delivery.class)))
        .containsExactly("eve@e.example");
    assertThat(text(told.on(Topics.OUTGOING).getFirst())).contains("no thanks");
  }

  @Test
  void aDiscardedPostLeavesOnlyATrace() {
    world.take(Fixtures.post("eve@e.example", POST.replace("ann@a", "eve@e")));
    MemoryTransaction written = world.take(decide(HeldDecision.DISCARD));
    assertThat(written.story()).containsExactly(Kind.DISCARDED);
    assertThat(written.on(Topics.OUTGOING)).isEmpty();
    assertThat(world.holds()).isEmpty();
  }

  @Test
  void twoListsThatAreMembersOfEachOtherStopAfterOneLap() {
    ListMail first = Fixtures.post("ann@a.example", POST);
    String sent = text(world.take(first).on(Topics.OUTGOING).getFirst());
    // the other list puts its own List-Id in the place of ours
    String relayed = sent.replace("users.lists", "dev.lists").replace("\r\n", "\n");
    assertThat(world.take(Fixtures.post("dev-bounces@d.example", relayed)).story())
        .containsExactly(Kind.DISCARDED);
  }

  @Test
  void aListThatKeepsNoArchiveArchivesNothing() {
    world.with(Fixtures.list(ListSettings.DISCUSSION.with("archived", false).with("verp", false)));
    MemoryTransaction written = world.take(Fixtures.post("ann@a.example", POST));
    assertThat(written.on(Topics.POSTS)).isEmpty();
    assertThat(text(written.on(Topics.OUTGOING).getFirst())).doesNotContain("Archived-At");
    assertThat(written.on(Topics.DELIVERIES, Delivery.class))
        .allMatch(delivery -> delivery.returnPath() instanceof ReturnPath.Fixed);
  }

  @Test
  void aPostToAListThatIsGoneIsDiscardedWithATrace() {
    world.command(new ListCommand.DeleteList());
    assertThat(world.take(Fixtures.post("ann@a.example", POST)).story())
        .containsExactly(Kind.DISCARDED);
  }

  @Test
  void mailToOwnersIsForwardedOnceAndNeverInACircle() {
    ListMail mail = Fixtures.role("ann@a.example", Route.Role.OWNER, null, POST);
    MemoryTransaction written = world.take(mail);
    assertThat(addresses(written.on(Topics.DELIVERIES, Delivery.class)))
        .containsExactly("own@o.example");
    String sent = text(written.on(Topics.OUTGOING).getFirst());
    assertThat(sent).endsWith(text(mail.message()));
    MemoryTransaction again =
        world.take(
            Fixtures.role("x@o.example", Route.Role.OWNER, null, sent.replace("\r\n", "\n")));
    assertThat(again.story()).containsExactly(Kind.DISCARDED);
  }

  @Test
  void aBounceCountsOnlyWithOurTag() {
    String tag =
        world.verpTags.tag(Fixtures.USERS_ID, MailAddress.of("bob@b.example"), Fixtures.NOW);
    String report =
        """
        From: MAILER-DAEMON@b.example
        Subject: Undelivered Mail Returned to Sender
        Content-Type: multipart/report; report-type=delivery-status; boundary=x

        --x
        Content-Type: message/delivery-status

        Reporting-MTA: dns; b.example

        Final-Recipient: rfc822; bob@b.example
        Action: failed
        Status: 5.1.1

        --x--
        """;
    MailEvent genuine =
        world.take(Fixtures.role("", Route.Role.BOUNCES, tag, report)).events().getFirst();
    assertThat(genuine.kind()).isEqualTo(Kind.BOUNCE);
    assertThat(genuine.count()).isEqualTo(1);
    MailEvent forged =
        world.take(Fixtures.role("", Route.Role.BOUNCES, "abc", report)).events().getFirst();
    assertThat(forged.count()).isZero();
  }

  @Test
  void oneMailForTwoAddressesOfTheListIsServedForBoth() {
    RawMessage message =
        Fixtures.message("From: ann@a.example\nTo: users@lists.example.org\nSubject: help\n\n");
    MailMeta meta =
        Fixtures.meta(
            "ann@a.example", message, new Route.ListPost(Fixtures.USERS_ID), PROVEN, null);
    MailMeta both =
        meta.withRecipients(
            List.of(
                meta.recipients().getFirst(),
                meta.recipients().getFirst(),
                new org.milena.common.event.RoutedRecipient(
                    meta.recipients().getFirst().forwardPath(),
                    new Route.ListRole(Fixtures.USERS_ID, Route.Role.REQUEST, null))));
    world.with(Fixtures.list(ListSettings.DISCUSSION.with("administrivia", false)));
    assertThat(world.take(ListMail.of(both, message)).story())
        .containsExactly(Kind.ACCEPTED, Kind.NOTICE, Kind.COMMAND, Kind.EXPANDED);
  }

  @Test
  void whatHasNotPassedTheScannerIsADefect() {
    ListMail mail = Fixtures.post("ann@a.example", POST);
    MailMeta meta = mail.meta();
    MailMeta unscanned =
        new MailMeta(
            meta.mailId(),
            meta.receivedAt(),
            meta.reversePath(),
            meta.recipients(),
            meta.body(),
            meta.client(),
            meta.sha256(),
            null);
    assertThatThrownBy(() -> world.take(ListMail.of(unscanned, mail.message())))
        .isInstanceOf(UnreadableRecordException.class)
        .hasMessageContaining("scanner");
  }

  @Test
  void whatDoesNotBelongToListsIsADefect() {
    InRecord record =
        new InRecord(
            new RecordPosition(Topics.LISTS, 0, 7),
            null,
            new byte[0],
            Map.of(
                RecordHeaders.TYPE, RecordType.DELIVERY.label().getBytes(StandardCharsets.UTF_8)),
            Fixtures.NOW);
    assertThatThrownBy(() -> world.sequence().prepare(record))
        .isInstanceOf(UnreadableRecordException.class);
  }

  @Test
  void expandsToAHundredThousandMembers() {
    for (int i = 0; i < 100_000; i++) {
      world.with(Fixtures.list(), Fixtures.member("m" + i + "@d" + i % 700 + ".example"));
    }
    MemoryTransaction written = world.take(Fixtures.post("ann@a.example", POST));
    List<Delivery> deliveries = written.on(Topics.DELIVERIES, Delivery.class);
    Set<String> all = new HashSet<>(addresses(deliveries));
    assertThat(all).hasSize(100_003);
    assertThat(deliveries.stream().mapToInt(delivery -> delivery.recipients().size()).sum())
        .isEqualTo(100_003);
    assertThat(written.on(Topics.OUTGOING)).hasSize(1);
  }

  private ListCommand decide(HeldDecision decision) {
    return new ListCommand.DecideHeld(world.holds().getFirst().holdId(), decision, "no thanks");
  }

  private static Account account(String name, String address) {
    return new Account(
        name, MailAddress.of(address), null, List.of(), List.of(), false, Fixtures.NOW);
  }

  private static List<String> addresses(List<Delivery> deliveries) {
    return deliveries.stream()
        .flatMap(delivery -> delivery.recipients().stream())
        .map(MailAddress::toString)
        .collect(Collectors.toList());
  }

  private static <T> T meta(OutRecord record, Class<T> type) {
    return MailJson.read(
        new String(
            Objects.requireNonNull(record.headers().get(RecordHeaders.META)),
            StandardCharsets.UTF_8),
        type);
  }

  private static String text(OutRecord record) {
    return new String(Objects.requireNonNull(record.value()), StandardCharsets.UTF_8);
  }

  private static String text(RawMessage message) {
    assertThat(HeaderBlock.of(message)).isNotNull();
    return new String(message.toByteArray(), StandardCharsets.UTF_8);
  }
}
