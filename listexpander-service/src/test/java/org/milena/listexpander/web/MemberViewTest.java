package org.milena.listexpander.web;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.milena.common.directory.Member;
import org.milena.common.directory.MemberOptions;
import org.milena.common.directory.MemberOptions.Stop;
import org.milena.common.directory.Roster;
import org.milena.listexpander.fake.Fixtures;

class MemberViewTest {
  private static final Member AWAY =
      Fixtures.member("ann@a.example").with(MemberOptions.DEFAULT.stopped(Stop.BY_MEMBER, null));

  @Test
  void optionsOfAnotherListAreSeenByHimselfOnly() {
    Roster.Listed elsewhere = new Roster.Listed(AWAY, new Roster.Via(Fixtures.USERS, null), false);
    assertThat(MemberView.of(elsewhere).options()).isNull();
    assertThat(MemberView.of(elsewhere).via()).isEqualTo(Fixtures.USERS.toString());
    assertThat(MemberView.forHimself(elsewhere).options()).isEqualTo(AWAY.options());
    Roster.Listed here = new Roster.Listed(AWAY, new Roster.Via(Fixtures.USERS, null), true);
    assertThat(MemberView.of(here).options()).isEqualTo(AWAY.options());
  }
}
