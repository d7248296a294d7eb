package org.milena.listexpander.bounce;

import static org.assertj.core.api.Assertions.assertThat;
import static org.milena.listexpander.bounce.BounceWorld.BOB;
import static org.milena.listexpander.bounce.BounceWorld.OWNER;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.milena.common.command.CommandOutcome;
import org.milena.common.command.DeliveryChange;
import org.milena.common.command.ListChange;
import org.milena.common.command.RequestChange;
import org.milena.common.directory.Member;
import org.milena.common.directory.MemberOptions.Stop;
import org.milena.common.event.AuditEntry;
import org.milena.common.event.Delivery;
import org.milena.common.event.OutgoingMeta;
import org.milena.common.event.ReturnPath;
import org.milena.common.event.Topics;
import org.milena.common.mail.ListId;
import org.milena.common.mail.MailAddress;
import org.milena.common.mail.ReversePath;
import org.milena.common.settings.ListSettings;
import org.milena.common.token.Keyring;
import org.milena.common.token.VerpTags;
import org.milena.listexpander.fake.Fixtures;
import org.milena.listexpander.fake.MemoryTransaction;

class BouncesTest {
  private static final ListSettings AT_ONCE =
      ListSettings.DISCUSSION.with("bounceThreshold", 3.0).with("bounceProbe", false);

  private static final byte[] ONES = "1".repeat(32).getBytes(StandardCharsets.US_ASCII);

  private final BounceWorld bounces = new BounceWorld();

  @Test
  void aReportToOurTagIsAPointOnceADay() {
    bounces.fails(BOB);
    bounces.fails(BOB);
    bounces.refused(BOB, "5.1.1", "mx said: 550 5.1.1 unknown");
    assertThat(bounces.points(BOB)).isEqualTo(1);
    bounces.days(1);
    bounces.refused(BOB, "5.1.1", "mx said: 550 5.1.1 unknown");
    bounces.fails(BOB);
    assertThat(bounces.points(BOB)).isEqualTo(2);
    bounces.days(8);
    bounces.fails(BOB, "5.2.2", "552 5.2.2 mailbox full");
    assertThat(bounces.points(BOB)).as("the others are stale").isEqualTo(0.5);
  }

  @Test
  void theTagSaysWhoAndTheReportWhere() {
    MailAddress elsewhere = MailAddress.of("robert@far.example");
    MemoryTransaction written =
        bounces.comesTo(
            bounces.tag(BOB), bounces.dsn(elsewhere, "failed", "5.1.1", "550 5.1.1 unknown"));
    assertThat(bounces.points(BOB)).isEqualTo(1);
    assertThat(bounces.score(elsewhere)).isEmpty();
    assertThat(BounceWorld.story(written)).contains(BOB.toString(), elsewhere.toString());
  }

  @Test
  void oneTagCountsOnceHoweverLongOneSendsIt() {
    String tag = bounces.tag(BOB);
    for (int day = 0; day < 6; day++) {
      bounces.comesTo(tag, bounces.dsn(BOB, "failed", "5.1.1", "550 5.1.1 unknown"));
      bounces.days(1);
    }
    assertThat(bounces.points(BOB)).isEqualTo(1);
    bounces.days(20);
    bounces.comesTo(tag, bounces.dsn(BOB, "failed", "5.1.1", "550 5.1.1 unknown"));
    assertThat(bounces.points(BOB)).as("too old").isEqualTo(1);
  }

  @Test
  void noForgedTagCounts() {
    Random random = new Random(11);
    String genuine = bounces.tag(BOB);
    VerpTags foreign = new VerpTags(new Keyring(Map.of('a', ONES)));
    for (int i = 0; i < 200; i++) {
      StringBuilder changed = new StringBuilder(genuine);
      int at = random.nextInt(changed.length());
      char other = "abcdefghijklmnopqrstuvwxyz234567".charAt(random.nextInt(32));
      changed.setCharAt(at, changed.charAt(at) == other ? '9' : other);
      bounces.comesTo(changed.toString(), bounces.dsn(BOB, "failed", "5.1.1", "550 5.1.1 unknown"));
    }
    bounces.comesTo(
        foreign.tag(Fixtures.USERS_ID, BOB, bounces.world.now()),
        bounces.dsn(BOB, "failed", "5.1.1", "550 5.1.1 unknown"));
    bounces.comesTo(
        bounces.world.verpTags.tag(
            ListId.forAddress(MailAddress.of("dev@lists.example.org")), BOB, bounces.world.now()),
        bounces.dsn(BOB, "failed", "5.1.1", "550 5.1.1 unknown"));
    bounces.comesTo(null, bounces.dsn(BOB, "failed", "5.1.1", "550 5.1.1 unknown"));
    assertThat(bounces.score(BOB)).isEmpty();
  }

  @Test
  void whatIsNoFailureNeverCounts() {
    bounces.comesTo(bounces.tag(BOB), bounces.dsn(BOB, "delayed", "4.4.1", "451 4.4.1 wait"));
    bounces.comesTo(bounces.tag(BOB), bounces.dsn(BOB, "delivered", "2.0.0", "250 2.0.0 ok"));
    bounces.comesTo(
        bounces.tag(BOB),
        "From: bob@b.example\nSubject: On holiday\nAuto-Submitted: auto-replied\n\nBack soon.\n");
    bounces.comesTo(bounces.tag(BOB), "From: bob@b.example\nSubject: Re: x\n\nHello?\n");
    assertThat(bounces.score(BOB)).isEmpty();
  }

  @Test
  void aRefusalForPolicyCountsNothingAndIsToldOnceADay() {
    MemoryTransaction first =
        bounces.fails(BOB, "5.7.1", "550 5.7.1 refused by policy of this site");
    assertThat(BounceWorld.recipients(first)).containsExactly(OWNER);
    bounces.refused(BOB, "5.7.26", "mx said: 550 5.7.26 not authenticated");
    MemoryTransaction again =
        bounces.fails(BOB, "5.7.1", "550 5.7.1 refused by policy of this site");
    assertThat(BounceWorld.recipients(again)).isEmpty();
    assertThat(bounces.score(BOB)).isEmpty();
  }

  @Test
  void onlyWhatNobodyCanReadGoesToTheOwnersAndNothingOfThatComesBack() {
    MemoryTransaction unread =
        bounces.comesTo(null, "From: x@y.example\nSubject: ?\nMessage-ID: <u@y>\n\nWhat?\n");
    assertThat(BounceWorld.recipients(unread)).containsExactly(OWNER);
    assertThat(BounceWorld.probe(unread)).isEmpty();
    MemoryTransaction read =
        bounces.comesTo(null, bounces.dsn(BOB, "failed", "5.1.1", "550 5.1.1 unknown"));
    assertThat(BounceWorld.recipients(read)).isEmpty();
  }

  @Test
  void theOwnersGetWhatNobodyCanReadBehindTheListsText() {
    MemoryTransaction unread =
        bounces.comesTo(
            null,
            "From: x@y.example\nSubject: What?\nMessage-ID: <u@y>\nApproved: secret\n\nH\u00e4?\n");
    String mail = BounceWorld.mails(unread).getFirst();
    assertThat(mail)
        .contains(
            "X-BeenThere: users-owner@lists.example.org",
            "Subject: Came back to users@lists.example.org: What?",
            "Content-Type: message/rfc822",
            "Message-ID: <u@y>")
        .doesNotContain("secret");
    assertThat(unread.on(Topics.DELIVERIES, Delivery.class))
        .extracting(Delivery::returnPath)
        .containsExactly(new ReturnPath.Fixed(new ReversePath.Null()));
    // such a notice that comes back by a detour is no new one
    MemoryTransaction again = bounces.comesTo(null, mail);
    assertThat(BounceWorld.recipients(again)).isEmpty();
  }

  @Test
  void ownersAreToldOfEachBounceWhereTheyWantThat() {
    assertThat(BounceWorld.recipients(bounces.fails(BOB))).isEmpty();
    BounceWorld told =
        new BounceWorld(ListSettings.DISCUSSION.with("tellOwnersOfEachBounce", true));
    MemoryTransaction first = told.fails(BOB, "5.1.1", "550 5.1.1 no such user here");
    assertThat(BounceWorld.recipients(first)).containsExactly(OWNER);
    assertThat(BounceWorld.mails(first).getFirst())
        .contains("Mail to bob@b.example came back", "no such user here", "1.0");
    assertThat(BounceWorld.recipients(told.fails(BOB))).as("no second point today").isEmpty();
    assertThat(BounceWorld.recipients(told.fails(BOB, "5.6.0", "554 5.6.0 bad content")))
        .as("what counts for nobody")
        .isEmpty();
  }

  @Test
  void atTheThresholdAProbeDecides() {
    for (int day = 0; day < 4; day++) {
      assertThat(BounceWorld.probe(bounces.fails(BOB))).isEmpty();
      bounces.days(1);
    }
    MemoryTransaction fifth = bounces.fails(BOB);
    String probe = BounceWorld.probe(fifth).orElseThrow();
    assertThat(BounceWorld.recipients(fifth)).containsExactly(BOB.toString());
    assertThat(bounces.points(BOB)).isZero();
    assertThat(bounces.receives(BOB)).as("until it comes back").isTrue();
    assertThat(bounces.world.verpTags.read(Fixtures.USERS_ID, probe)).as("no copy's").isEmpty();
    bounces.comesTo(
        probe, "From: bob@b.example\nSubject: Away\nAuto-Submitted: auto-replied\n\nBack soon\n");
    assertThat(bounces.receives(BOB)).as("an answer proves that it is alive").isTrue();
    bounces.days(1);
    MemoryTransaction back =
        bounces.comesTo(probe, bounces.dsn(BOB, "failed", "5.1.1", "550 5.1.1 unknown"));
    assertThat(stopped()).isTrue();
    assertThat(BounceWorld.recipients(back)).containsExactly(OWNER);
    assertThat(back.on(Topics.AUDIT, AuditEntry.class))
        .singleElement()
        .satisfies(entry -> {
          assertThat(entry.actor()).isEqualTo("system");
          assertThat(entry.what()).isEqualTo("stop-delivery");
        });
    bounces.days(1);
    bounces.fails(BOB);
    assertThat(bounces.points(BOB)).as("what was on its way").isZero();
  }

  @Test
  void aProbeRefusedBeforeItLeftIsAProbeThatCameBack() {
    for (int day = 0; day < 5; day++) {
      bounces.days(1);
      bounces.fails(BOB);
    }
    DeliveryChange.NoteFailure other =
        new DeliveryChange.NoteFailure(
            Fixtures.newId(),
            OutgoingMeta.Kind.NOTICE,
            BOB,
            "5.1.1",
            "550 5.1.1 unknown",
            bounces.world.now());
    bounces.world.command(other);
    assertThat(stopped()).as("another notice").isFalse();
    String key =
        bounces.world.tables.seen().scan("", "", 1000).stream()
            .map(Map.Entry::getKey)
            .filter(name -> name.contains("|probe."))
            .findFirst()
            .orElseThrow();
    bounces.world.command(
        new DeliveryChange.NoteFailure(
            bounces.world.tables.seen().get(key).orElseThrow().mailId(),
            other.kind(),
            BOB,
            "5.1.1",
            "550 5.1.1 unknown",
            bounces.world.now()));
    assertThat(stopped()).isTrue();
  }

  @Test
  void withoutProbesDeliveryStopsAtOnceAndWarningsEndInRemoval() {
    BounceWorld quick = new BounceWorld(AT_ONCE);
    for (int day = 0; day < 3; day++) {
      quick.days(1);
      quick.fails(BOB);
    }
    assertThat(quick.receives(BOB)).isFalse();
    for (int week = 0; week < 3; week++) {
      MemoryTransaction chores = quick.world.take(new ListChange.DoChores());
      assertThat(BounceWorld.recipients(chores)).as("warning %d", week).containsExactly("" + BOB);
      assertThat(BounceWorld.recipients(quick.world.take(new ListChange.DoChores()))).isEmpty();
      quick.days(6);
      assertThat(BounceWorld.recipients(quick.world.take(new ListChange.DoChores()))).isEmpty();
      quick.days(1);
    }
    MemoryTransaction last = quick.world.take(new ListChange.DoChores());
    assertThat(quick.world.member("" + BOB)).isEmpty();
    assertThat(quick.score(BOB)).isEmpty();
    assertThat(BounceWorld.recipients(last)).containsExactly("" + BOB, OWNER);
    assertThat(last.on(Topics.AUDIT, AuditEntry.class))
        .extracting(AuditEntry::what)
        .containsExactly("remove-for-bounces");
    assertThat(quick.world.member(OWNER)).isPresent();
  }

  @Test
  void whereNoWarningsFollowTheMemberIsToldAtOnce() {
    BounceWorld quick = new BounceWorld(AT_ONCE.with("bounceWarnings", 0));
    MemoryTransaction third = null;
    for (int day = 0; day < 3; day++) {
      quick.days(1);
      third = quick.fails(BOB);
    }
    assertThat(quick.receives(BOB)).isFalse();
    assertThat(BounceWorld.recipients(Objects.requireNonNull(third)))
        .containsExactly("" + BOB, OWNER);
  }

  @Test
  void whoGetsPostsAgainBeginsWithoutPoints() {
    BounceWorld quick = new BounceWorld(AT_ONCE);
    for (int day = 0; day < 3; day++) {
      quick.days(1);
      quick.fails(BOB);
    }
    Member member = quick.world.member("" + BOB).orElseThrow();
    assertThat(member.options().stopped()).isEqualTo(Stop.BY_BOUNCES);
    assertThat(quick.world.command(new DeliveryChange.ForgetBounces(BOB)))
        .isInstanceOf(CommandOutcome.Done.class);
    assertThat(quick.receives(BOB)).isTrue();
    assertThat(quick.score(BOB)).isEmpty();
    assertThat(quick.world.command(new DeliveryChange.ForgetBounces(BOB)))
        .isInstanceOf(CommandOutcome.NotFound.class);
    quick.days(1);
    quick.fails(BOB);
    assertThat(quick.points(BOB)).isEqualTo(1);
  }

  @Test
  void whoJoinsOnceMoreAndConfirmsGetsPostsAgain() {
    BounceWorld quick = new BounceWorld(AT_ONCE);
    for (int day = 0; day < 3; day++) {
      quick.days(1);
      quick.fails(BOB);
    }
    quick.world.command(new RequestChange.Subscribe(BOB, ""));
    assertThat(quick.receives(BOB)).isFalse();
    String request =
        quick.world.tables.pending().scan("", "", 10).getFirst().getValue().requestId();
    quick.world.command(new RequestChange.Confirm(request));
    assertThat(quick.receives(BOB)).isTrue();
    assertThat(quick.score(BOB)).isEmpty();
  }

  @Test
  void aListThatCountsNoBouncesCountsNone() {
    BounceWorld none = new BounceWorld(ListSettings.DISCUSSION.with("processBounces", false));
    none.fails(BOB);
    assertThat(none.score(BOB)).isEmpty();
  }

  @Test
  void oldPointsAreForgottenInTime() {
    bounces.fails(BOB);
    bounces.days(7);
    bounces.world.take(new ListChange.DoChores());
    assertThat(bounces.score(BOB)).isPresent();
    bounces.days(1);
    bounces.world.take(new ListChange.DoChores());
    assertThat(bounces.score(BOB)).isEmpty();
  }

  @Test
  void anOperatorKeepsAListOfAddressesThatGetNothing() {
    assertThat(bounces.world.command(new DeliveryChange.PutSuppression(BOB, "asked\nus")))
        .isInstanceOf(CommandOutcome.Refused.class);
    bounces.world.command(new DeliveryChange.PutSuppression(BOB, "asked us"));
    assertThat(bounces.world.tables.directory().suppressions().get(BOB.key())).isPresent();
    bounces.world.command(new DeliveryChange.DeleteSuppression(BOB));
    assertThat(bounces.world.tables.directory().suppressions().get(BOB.key())).isEmpty();
    assertThat(bounces.world.command(new DeliveryChange.DeleteSuppression(BOB)))
        .isInstanceOf(CommandOutcome.NotFound.class);
  }

  private boolean stopped() {
    return bounces.world.member("" + BOB).orElseThrow().options().stopped() == Stop.BY_BOUNCES;
  }
}
