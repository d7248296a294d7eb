package org.milena.common.directory;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.milena.common.event.Route;

class RoleNamesTest {

  @ParameterizedTest
  @ValueSource(strings = {"postmaster", "Postmaster", "abuse", "ABUSE"})
  void theSiteHasItsRoles(String name) {
    assertThat(RoleNames.site(name)).isPresent();
    assertThat(RoleNames.isReserved(name)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"mailer-daemon", "Hostmaster", "webmaster", "noc", "security", "root", "no-reply"})
  void whatMeansTheSiteIsReserved(String name) {
    assertThat(RoleNames.isReserved(name)).isTrue();
    assertThat(RoleNames.site(name)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"users", "support", "news", "postmasters", "owner", "security-dev"})
  void otherNamesAreFree(String name) {
    assertThat(RoleNames.isReserved(name)).isFalse();
    assertThat(RoleNames.ofList(name)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      nullValues = "-",
      value = {
        "users-request, users, request, REQUEST, -",
        "Users-OWNER, Users, owner, OWNER, -",
        "a-b-join, a-b, join, SUBSCRIBE, -",
        "users-leave, users, leave, UNSUBSCRIBE, -",
        "users-confirm+ToKen, users, confirm, CONFIRM, ToKen",
        "users-bounces+a+b-owner, users, bounces, BOUNCES, a+b-owner"
      })
  void takesTheRoleOfAListApart(
      String localPart, String list, String suffix, Route.Role role, String detail) {
    assertThat(RoleNames.ofList(localPart))
        .contains(new RoleNames.OfList(list, suffix, role, detail));
  }

  @Test
  void aRoleNeedsAList() {
    assertThat(RoleNames.ofList("-owner")).isEmpty();
    assertThat(RoleNames.ofList("owner")).isEmpty();
    assertThat(RoleNames.ofList("users+owner")).isEmpty();
  }
}
