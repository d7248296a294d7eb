package org.milena.listexpander.posting;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.milena.common.command.CommandOutcome;
import org.milena.common.command.CommandOutcome.Done;
import org.milena.common.command.CommandOutcome.NotFound;
import org.milena.common.command.CommandOutcome.Refused;
import org.milena.common.command.ThreadChange;
import org.milena.common.directory.MemberRole;
import org.milena.common.event.AuditEntry;
import org.milena.common.event.AuthenticationReport;
import org.milena.common.event.AuthenticationReport.Result;
import org.milena.common.event.MailEvent.Kind;
import org.milena.common.event.Route;
import org.milena.common.event.Topics;
import org.milena.listexpander.fake.Fixtures;
import org.milena.listexpander.fake.ListWorld;
import org.milena.listexpander.fake.MemoryTransaction;

class ThreadLocksTest {
  private static final String FIRST = "1@a.example";

  private final ListWorld world = new ListWorld();
  private int mails;

  @BeforeEach
  void aList() {
    world.with(
        Fixtures.list(),
        Fixtures.member("ann@a.example"),
        Fixtures.member("mod@m.example", null, MemberRole.MODERATOR));
  }

  private CommandOutcome close(String subject, boolean rejects, @Nullable Integer days) {
    return world.command(new ThreadChange.CloseThread(FIRST, subject, rejects, days));
  }

  private Kind post(String fields) {
    return world
        .take(
            Fixtures.post(
                "ann@a.example",
                "From: ann@a.example\nMessage-ID: <p%d@a.example>\n%s\n\nx %d\n"
                    .formatted(++mails, fields, mails)))
        .story()
        .stream()
        .filter(kind -> kind != Kind.NOTICE)
        .findFirst()
        .orElseThrow();
  }

  @Test
  void whatAnswersAClosedThreadIsHeldOrRejected() {
    assertThat(post("References: <1@a.example>")).isEqualTo(Kind.ACCEPTED);
    assertThat(close("", false, null)).isInstanceOf(Done.class);
    assertThat(post("References: <1@a.example> <2@b.example>")).isEqualTo(Kind.HELD);
    assertThat(post("In-Reply-To: <1@a.example>")).isEqualTo(Kind.HELD);
    assertThat(post("In-Reply-To: <7@a.example>")).isEqualTo(Kind.ACCEPTED);
    assertThat(close("", true, null)).isInstanceOf(Done.class);
    assertThat(post("In-Reply-To: <1@a.example>")).isEqualTo(Kind.REJECTED);
  }

  @Test
  void withASubjectAnswersUnderItBelongToIt() {
    close("", false, null);
    assertThat(post("Subject: Re: ")).isEqualTo(Kind.ACCEPTED);
    close("[Users] Re: Flames", false, null);
    assertThat(post("Subject: Re: flames")).isEqualTo(Kind.HELD);
    assertThat(post("Subject: Flames")).isEqualTo(Kind.ACCEPTED);
  }

  @Test
  void opensByItselfOrByCommand() {
    close("", false, 2);
    world.later(Duration.ofHours(48).minusSeconds(1));
    assertThat(post("References: <1@a.example>")).isEqualTo(Kind.HELD);
    world.later(Duration.ofSeconds(1));
    assertThat(post("References: <1@a.example>")).isEqualTo(Kind.ACCEPTED);
    close("", false, null);
    assertThat(world.command(new ThreadChange.OpenThread(FIRST))).isInstanceOf(Done.class);
    assertThat(post("References: <1@a.example>")).isEqualTo(Kind.ACCEPTED);
    assertThat(world.command(new ThreadChange.OpenThread(FIRST))).isInstanceOf(NotFound.class);
  }

  @Test
  void refusesWhatIsNoThreadAndTooMany() {
    assertThat(world.command(new ThreadChange.CloseThread("a b", "", false, null)))
        .isInstanceOf(Refused.class);
    assertThat(close("", false, 0)).isInstanceOf(Refused.class);
    assertThat(close("", false, 4_000)).isInstanceOf(Refused.class);
    for (int i = 0; i < ThreadLocks.MOST; i++) {
      int days = i == 0 ? 1 : 9;
      assertThat(world.command(new ThreadChange.CloseThread(i + "@x", "", false, days)))
          .isInstanceOf(Done.class);
    }
    assertThat(close("", false, null)).isInstanceOf(Refused.class);
    world.later(Duration.ofDays(1));
    assertThat(close("", false, null)).isInstanceOf(Done.class);
  }

  @Test
  void moderatorsCloseAndOpenByMail() {
    MemoryTransaction closed =
        request("mod@m.example", "Re: [Users] Flames", "References: <1@a.example>\n", "close\n");
    assertThat(text(closed)).contains("close: The thread of <1@a.example> is closed");
    assertThat(closed.on(Topics.AUDIT, AuditEntry.class))
        .extracting(AuditEntry::actor, AuditEntry::what, AuditEntry::outcome)
        .containsExactly(tuple("mail:mod@m.example", "close-thread", "done"));
    assertThat(post("Subject: Re: Flames")).isEqualTo(Kind.HELD);
    request("mod@m.example", "open thread <1@a.example>", "", "");
    assertThat(post("Subject: Re: Flames")).isEqualTo(Kind.ACCEPTED);
    assertThat(text(request("mod@m.example", "close", "", ""))).contains("close: which thread?");
  }

  @Test
  void nobodyElseDoes() {
    assertThat(text(request("ann@a.example", "close <1@a.example>", "", "")))
        .contains("close: only owners and moderators");
    assertThat(post("References: <1@a.example>")).isEqualTo(Kind.ACCEPTED);
  }

  private MemoryTransaction request(String from, String subject, String fields, String body) {
    return world.take(
        Fixtures.mail(
            from,
            "From: %s\nTo: users-request@lists.example.org\nMessage-ID: <r%d@m>\nSubject: %s\n%s\n%s"
                .formatted(from, ++mails, subject, fields, body),
            new Route.ListRole(Fixtures.USERS_ID, Route.Role.REQUEST, null),
            new AuthenticationReport(
                Result.PASS, Result.PASS, Result.PASS, from.substring(from.indexOf('@') + 1), null),
            null));
  }

  private static String text(MemoryTransaction transaction) {
    return new String(
        Objects.requireNonNull(transaction.on(Topics.OUTGOING).getFirst().value()),
        StandardCharsets.UTF_8);
  }
}
