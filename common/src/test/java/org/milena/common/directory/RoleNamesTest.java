package org.milena.common.directory;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Random;
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

  @ParameterizedTest
  @CsvSource(
      nullValues = "-",
      value = {
        "users+subscribe, users, SUBSCRIBE, -",
        "Users+Subscribe-Digest, Users, SUBSCRIBE, digest",
        "users+SUBSCRIBE-nomail, users, SUBSCRIBE, nomail",
        "users+unsubscribe, users, UNSUBSCRIBE, -",
        "users+unsubscribe-digest, users, UNSUBSCRIBE, digest",
        "users+help, users, REQUEST, help",
        "users+FAQ, users, REQUEST, faq",
        "users+list, users, REQUEST, list",
        "users+owner, users, OWNER, -",
        "users+confsub-ToKen, users, CONFIRM, ToKen",
        "users+confunsub-digest-ToKen, users, CONFIRM, ToKen",
        "dev-request+subscribe, dev-request, SUBSCRIBE, -"
      })
  void readsTheWordsOfOthersBehindAPlus(
      String localPart, String list, Route.Role role, String detail) {
    RoleNames.OfList first = RoleNames.readings(localPart).getFirst();
    assertThat(first.list()).isEqualTo(list);
    assertThat(first.role()).isEqualTo(role);
    assertThat(first.detail()).isEqualTo(detail);
    assertThat(first.byWord()).isTrue();
  }

  @Test
  void whatIsNoWordIsNoRole() {
    for (String name :
        List.of("users+subscribers", "users+get-12", "users+", "+help", "users+help+x", "users")) {
      assertThat(RoleNames.readings(name)).as(name).isEmpty();
    }
    assertThat(RoleNames.readings("dev-confirm+help"))
        .extracting(RoleNames.OfList::list)
        .containsExactly("dev-confirm", "dev");
  }

  @Test
  void readsAnyLocalPart() {
    Random random = new Random(5);
    String[] pieces = {"users", "+", "-", "subscribe", "confsub-", "digest", "\u00e4", ".", " "};
    for (int i = 0; i < 20_000; i++) {
      StringBuilder name = new StringBuilder();
      for (int piece = random.nextInt(7); piece > 0; piece--) {
        name.append(pieces[random.nextInt(pieces.length)]);
      }
      assertThat(RoleNames.readings(name.toString())).hasSizeLessThan(3);
    }
  }
}
