package org.milena.ingress.auth;

import static org.assertj.core.api.Assertions.assertThat;

import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.milena.common.mail.MailAddress;
import org.milena.ingress.fixture.FakeDirectory;

class DirectoryAuthenticatorTest {
  private final FakeDirectory directory = new FakeDirectory();
  private final Authenticator authenticator =
      new DirectoryAuthenticator(directory, new SecureRandom());

  @Test
  void knowsAnAccountByAnyOfItsAppPasswords() {
    directory.addAccount("bert", MailAddress.of("bert@example.com"), "one", "two", "three", "four");
    for (String password : new String[] {"one", "two", "three", "four"}) {
      assertThat(authenticator.check(" BERT ", password))
          .isEqualTo(
              new AuthOutcome.Authenticated("bert", List.of(MailAddress.of("bert@example.com"))));
    }
  }

  @Test
  void rejectsEverythingElseAlike() {
    for (String[] login :
        new String[][] {
          {"anna", "wrong"},
          {"anna", ""},
          {"anna", "\0"},
          {"nobody", FakeDirectory.PASSWORD},
          {"", ""},
          {"nomail", FakeDirectory.PASSWORD}
        }) {
      assertThat(authenticator.check(login[0], login[1]))
          .as(login[0])
          .isEqualTo(new AuthOutcome.Rejected());
    }
  }

  @Test
  void makesNoFinalJudgementFromAnOldView() {
    directory.fresh(false);
    assertThat(authenticator.check("nobody", "x")).isEqualTo(new AuthOutcome.Unavailable());
    assertThat(authenticator.check("anna", FakeDirectory.PASSWORD))
        .isInstanceOf(AuthOutcome.Authenticated.class);
  }

  /** As many derivations, so about as much time; the bounds are wide because machines are busy. */
  @Test
  void takesItsTimeForUnknownNamesToo() {
    Duration known = best("anna");
    Duration unknown = best("nobody");
    assertThat(unknown).isBetween(known.dividedBy(3), known.multipliedBy(3));
  }

  private Duration best(String name) {
    long best = Long.MAX_VALUE;
    for (int i = 0; i < 15; i++) {
      long before = System.nanoTime();
      authenticator.check(name, "wrong");
      best = Math.min(best, System.nanoTime() - before);
    }
    return Duration.ofNanos(best);
  }
}
