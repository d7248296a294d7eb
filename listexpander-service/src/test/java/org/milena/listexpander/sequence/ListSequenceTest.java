package org.milena.listexpander.sequence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.milena.listexpander.sequence.SequenceSamples.POST;
import static org.milena.listexpander.sequence.SequenceSamples.PROVEN;
import static org.milena.listexpander.sequence.SequenceSamples.addresses;
import static org.milena.listexpander.sequence.SequenceSamples.meta;
import static org.milena.listexpander.sequence.SequenceSamples.text;

import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.milena.common.command.ListChange;
import org.milena.common.directory.Member;
import org.milena.common.directory.MemberOptions.Stop;
import org.milena.common.directory.Suppression;
import org.milena.common.event.ArchiveId;
import org.milena.common.event.Delivery;
import org.milena.common.event.MailEvent;
import org.milena.common.event.MailEvent.Kind;
import org.milena.common.event.MailMeta;
import org.milena.common.event.OutgoingMeta;
import org.milena.common.event.PostMeta;
import org.milena.common.event.RecordHeaders;
import org.milena.common.event.RecordPosition;
import org.milena.common.event.RecordType;
import org.milena.common.event.ReturnPath;
import org.milena.common.event.Route;
import org.milena.common.event.Topics;
import org.milena.common.failure.UnreadableRecordException;
import org.milena.common.mail.MailAddress;
import org.milena.common.mail.RawMessage;
import org.milena.common.settings.ListSettings;
import org.milena.common.stage.InRecord;
import org.milena.common.stage.OutRecord;
import org.milena.listexpander.fake.Fixtures;
import org.milena.listexpander.fake.ListWorld;
import org.milena.listexpander.fake.MemoryTransaction;
import org.milena.listexpander.incoming.ListMail;

/** What becomes of a post that is accepted, and of mail that belongs nowhere. */
class ListSequenceTest {
  private final ListWorld world = SequenceSamples.world();

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
    world.command(new ListChange.DeleteList());
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
}
