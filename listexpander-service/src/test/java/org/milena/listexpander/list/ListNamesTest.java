package org.milena.listexpander.list;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.milena.common.directory.RoleNames;
import org.milena.common.mail.MailAddress;

class ListNamesTest {
  private final ListNames names = new ListNames("lists.example.org");

  @ParameterizedTest
  @ValueSource(strings = {"users", "Users", "a-b.c_d", "x1", "owner", "request"})
  void takes(String name) {
    assertThat(names.refusal(MailAddress.of(name + "@lists.example.org"), _ -> false)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "users@elsewhere.example",
        "users-owner@lists.example.org",
        "users-leave@lists.example.org",
        "users-bounces@lists.example.org",
        "postmaster@lists.example.org",
        "ABUSE@lists.example.org",
        "mailer-daemon@lists.example.org",
        "Security@lists.example.org",
        "a+b@lists.example.org",
        "a--b@lists.example.org",
        "-a@lists.example.org",
        "\"a b\"@lists.example.org",
        "abcdefghijklmnopqrstuvwxyz0123456789@lists.example.org"
      })
  void refuses(String address) {
    assertThat(names.refusal(MailAddress.of(address), "other.example"::equals)).isPresent();
  }

  @Test
  void takesWhatLiesInAnotherDomainOfOurs() {
    assertThat(names.refusal(MailAddress.of("users@other.example"), "other.example"::equals))
        .isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "users@lists.example.org, true",
    "USERS-owner@lists.example.org, true",
    "users-bounces+abc@lists.example.org, true",
    "users-confirm+x@lists.example.org, true",
    "users-dev@lists.example.org, false",
    "users@elsewhere.example, false",
    "ann@lists.example.org, false"
  })
  void knowsTheAddressesOfAList(String address, boolean own) {
    assertThat(
            RoleNames.belongsTo(MailAddress.of("users@lists.example.org"), MailAddress.of(address)))
        .isEqualTo(own);
  }
}
