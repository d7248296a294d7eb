package org.milena.listexpander.bounce;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.milena.common.directory.MailingList;
import org.milena.common.directory.Member;
import org.milena.common.directory.MemberOptions.Stop;
import org.milena.common.directory.MemberRole;
import org.milena.common.directory.MemberSource;
import org.milena.common.mail.ListId;
import org.milena.common.mail.MailAddress;
import org.milena.common.settings.ListSettings;
import org.milena.listexpander.fake.Fixtures;

class MassBouncesTest {
  private static final String UNKNOWN = "mx said: 550 5.1.1 no such user ";
  private static final String POLICY = "mx said: 550 5.7.26 unauthenticated mail";

  @ParameterizedTest(name = "{0} members, {1} fail, {2}: frozen {3}")
  @CsvSource({
    "19, 19, 5.1.1, false",
    "20, 20, 5.1.1, true",
    "40, 20, 5.1.1, true",
    "50, 20, 5.1.1, false",
    "100, 20, 5.7.26, true",
    "110, 20, 5.7.26, false",
    "110, 22, 5.7.26, true",
  })
  void aWholeDomainThatFailsIsNoMembersFault(
      int members, int failing, String status, boolean frozen) {
    BounceWorld bounces = new BounceWorld();
    List<MailAddress> all = members(bounces, members);
    all.subList(0, failing)
        .forEach(one ->
            bounces.refused(
                one, status, status.equals("5.7.26") ? POLICY : UNKNOWN + "<" + one + ">"));
    MailAddress next = MailAddress.of("next@mass.example");
    bounces.world.with(Fixtures.list(), Fixtures.member("" + next));
    bounces.refused(next, "5.2.2", "mx said: 552 5.2.2 mailbox full");
    assertThat(bounces.points(next)).isEqualTo(frozen ? 0 : 0.5);
    double expected = frozen || status.equals("5.7.26") ? 0 : 1;
    all.subList(0, failing).forEach(one -> assertThat(bounces.points(one)).isEqualTo(expected));
  }

  @Test
  void whatFollowedOnThisDayIsTakenBackAndEarlierPointsStay() {
    BounceWorld bounces =
        new BounceWorld(
            ListSettings.DISCUSSION.with("bounceThreshold", 2.0).with("bounceProbe", false));
    List<MailAddress> all = members(bounces, 20);
    MailAddress stoppedToday = all.getFirst();
    bounces.refused(stoppedToday, "5.1.1", UNKNOWN);
    bounces.days(1);
    bounces.refused(stoppedToday, "5.1.1", UNKNOWN);
    assertThat(bounces.receives(stoppedToday)).isFalse();
    all.subList(1, 20).forEach(one -> bounces.refused(one, "5.1.1", UNKNOWN));
    assertThat(bounces.receives(stoppedToday)).isTrue();
    assertThat(bounces.points(stoppedToday)).isEqualTo(1);
    assertThat(bounces.score(all.getLast())).isEmpty();
    bounces.world.later(Duration.ofHours(23));
    bounces.refused(all.getLast(), "5.1.1", UNKNOWN);
    assertThat(bounces.score(all.getLast())).isEmpty();
    bounces.world.later(Duration.ofHours(2));
    bounces.refused(all.getLast(), "5.1.1", UNKNOWN);
    assertThat(bounces.points(all.getLast())).isEqualTo(1);
  }

  @Test
  void aProbeOfThisDayOrOneThatCameBackOnItIsTakenBackToo() {
    BounceWorld bounces = new BounceWorld(ListSettings.DISCUSSION.with("bounceThreshold", 2.0));
    List<MailAddress> all = members(bounces, 20);
    MailAddress returned = all.get(0);
    MailAddress probed = all.get(1);
    bounces.fails(returned);
    bounces.days(1);
    String probe = BounceWorld.probe(bounces.fails(returned)).orElseThrow();
    bounces.refused(probed, "5.1.1", UNKNOWN);
    bounces.days(1);
    bounces.comesTo(probe, bounces.dsn(returned, "failed", "5.1.1", "550 5.1.1 unknown"));
    assertThat(bounces.receives(returned)).isFalse();
    // the other words of the probe's report are no part of this mass
    bounces.refused(MailAddress.of("bob@b.example"), "5.1.1", UNKNOWN);
    MailAddress more = MailAddress.of("more@mass.example");
    bounces.world.with(
        bounces.world.tables.directory().lists().get(Fixtures.USERS_ID.value()).orElseThrow(),
        Fixtures.member("" + more));
    all.subList(1, 20).forEach(one -> bounces.refused(one, "5.1.1", UNKNOWN));
    assertThat(bounces.score(probed).orElseThrow().probedOn()).isNotNull();
    bounces.refused(more, "5.1.1", UNKNOWN);
    assertThat(bounces.receives(returned)).isTrue();
    assertThat(bounces.score(returned)).isEmpty();
    assertThat(bounces.score(probed).orElseThrow().probedOn()).isNull();
    assertThat(bounces.points(probed)).isEqualTo(1);
    assertThat(bounces.points(BounceWorld.BOB)).as("at another domain").isEqualTo(1);
  }

  @Test
  void whatStoppedOnASourceIsNotTakenBackHere() {
    BounceWorld bounces = new BounceWorld();
    List<MailAddress> all = members(bounces, 20);
    MailAddress sourced = all.getFirst();
    ListId staff = ListId.of("staff.lists.example.org");
    Member row = new Member(staff, sourced, "", Set.of(MemberRole.MEMBER), null, Fixtures.NOW);
    String source = new MemberSource.OfList(staff, Fixtures.NOW, false).toString();
    bounces
        .world
        .with(
            new MailingList(
                staff,
                MailAddress.of("staff@lists.example.org"),
                "",
                "",
                ListSettings.DISCUSSION,
                Fixtures.NOW,
                1),
            row)
        .with(Fixtures.list(ListSettings.DISCUSSION.with("memberSources", List.of(source))));
    var rows = bounces.world.tables.directory().members();
    rows.delete(Member.key(Fixtures.USERS_ID, sourced));
    bounces.refused(sourced, "5.1.1", UNKNOWN);
    assertThat(bounces.points(sourced)).isEqualTo(1);
    rows.put(Member.key(staff, sourced), row.with(row.options().stopped(Stop.BY_BOUNCES, null)));
    all.subList(1, 20).forEach(one -> bounces.refused(one, "5.1.1", UNKNOWN));
    assertThat(bounces.score(sourced)).as("it was a mass").isEmpty();
    assertThat(bounces.world.member("" + sourced)).isEmpty();
  }

  @Test
  void failuresOverManyHoursAreNoMass() {
    BounceWorld bounces = new BounceWorld();
    members(bounces, 24)
        .forEach(one -> {
          bounces.refused(one, "5.1.1", UNKNOWN);
          bounces.world.later(Duration.ofMinutes(20));
          assertThat(bounces.points(one)).isEqualTo(1);
        });
  }

  @Test
  void oneMemberIsCountedOnceHoweverOftenItFails() {
    BounceWorld bounces = new BounceWorld();
    List<MailAddress> all = members(bounces, 30);
    for (int i = 0; i < 50; i++) {
      bounces.refused(all.getFirst(), "5.1.1", UNKNOWN);
    }
    assertThat(bounces.points(all.getFirst())).isEqualTo(1);
  }

  private static List<MailAddress> members(BounceWorld bounces, int count) {
    List<MailAddress> all = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      MailAddress address = MailAddress.of("m" + i + "@mass.example");
      all.add(address);
      bounces.world.with(
          bounces.world.tables.directory().lists().get(Fixtures.USERS_ID.value()).orElseThrow(),
          Fixtures.member("" + address));
    }
    return all;
  }
}
