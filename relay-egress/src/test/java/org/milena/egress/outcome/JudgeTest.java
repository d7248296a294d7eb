package org.milena.egress.outcome;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.milena.common.status.EnhancedStatus;
import org.milena.common.status.SmtpReply;
import org.milena.egress.outcome.AttemptOutcome.Again;
import org.milena.egress.outcome.AttemptOutcome.Failed;
import org.milena.egress.outcome.AttemptOutcome.Relayed;
import org.milena.egress.outcome.AttemptOutcome.SetAside;

class JudgeTest {

  private static String summary(AttemptOutcome outcome) {
    return switch (outcome) {
      case Relayed _ -> "RELAYED";
      case Again(var status, _, var scope, boolean tried) ->
          "AGAIN " + status + " " + scope + (tried ? "" : " untried");
      case Failed(var status, _, var scope) -> "FAILED " + status + " " + scope;
      case SetAside _ -> "SET ASIDE";
    };
  }

  @ParameterizedTest(name = "{1} {2} at {0}: {3}")
  @CsvSource({
    "GREETING, 421, '',             AGAIN 4.3.2 SITE",
    "GREETING, 450, '',             AGAIN 4.3.2 SITE",
    "GREETING, 554, '5.3.2 no',     AGAIN 4.3.2 SITE",
    "HELO,     421, '4.7.0 slow',   AGAIN 4.7.0 SITE",
    "HELO,     550, '5.7.1 listed', FAILED 5.7.1 SITE",
    "STARTTLS, 454, '4.7.0 later',  AGAIN 4.7.0 SITE",
    "STARTTLS, 554, '',             AGAIN 4.7.0 SITE",
    "MAIL,     421, '',             AGAIN 4.3.2 SITE",
    "MAIL,     451, '4.7.1 wait',   AGAIN 4.7.1 MESSAGE",
    "MAIL,     550, '5.7.1 no',     FAILED 5.7.1 MESSAGE",
    "MAIL,     552, '',             FAILED 5.3.1 MESSAGE",
    "MAIL,     250, '',             AGAIN 4.5.0 MESSAGE",
    "RCPT,     421, '',             AGAIN 4.3.2 SITE",
    "RCPT,     450, '',             AGAIN 4.1.1 RECIPIENT",
    "RCPT,     451, '4.7.1 grey',   AGAIN 4.7.1 RECIPIENT",
    "RCPT,     452, '',             AGAIN 4.5.3 RECIPIENT",
    "RCPT,     550, '',             FAILED 5.1.1 RECIPIENT",
    "RCPT,     550, '5.2.1 off',    FAILED 5.2.1 RECIPIENT",
    "RCPT,     552, '5.2.2 full',   AGAIN 4.5.3 RECIPIENT",
    "RCPT,     553, '',             FAILED 5.1.1 RECIPIENT",
    "RCPT,     354, '',             AGAIN 4.5.0 RECIPIENT",
    "DATA,     421, '',             AGAIN 4.3.2 SITE",
    "DATA,     451, '',             AGAIN 4.3.0 MESSAGE",
    "DATA,     554, '5.7.1 no',     FAILED 5.7.1 MESSAGE",
    "DATA,     250, '',             AGAIN 4.5.0 MESSAGE",
    "CONTENT,  250, '2.0.0 ok',     RELAYED",
    "CONTENT,  251, '',             RELAYED",
    "CONTENT,  354, '',             AGAIN 4.5.0 MESSAGE",
    "CONTENT,  421, '',             AGAIN 4.3.2 SITE",
    "CONTENT,  451, '4.3.0 disk',   AGAIN 4.3.0 MESSAGE",
    "CONTENT,  552, '5.3.4 large',  FAILED 5.3.4 MESSAGE",
    "CONTENT,  550, '',             FAILED 5.7.1 MESSAGE",
    // a status of another class than the code is no status
    "CONTENT,  550, '4.7.1 odd',    FAILED 5.7.1 MESSAGE",
  })
  void judgesReplies(Phase phase, int code, String text, String expected) {
    SmtpReply reply = SmtpReply.received(code, List.of(text));
    AttemptOutcome outcome = Judge.judge(new Happening.Answered("mx", phase, reply));
    assertThat(summary(outcome)).isEqualTo(expected);
  }

  @ParameterizedTest(name = "{1} at {0}: {2}")
  @CsvSource({
    "CONNECT, REFUSED,  AGAIN 4.4.1 SITE",
    "CONNECT, TIMEOUT,  AGAIN 4.4.1 SITE",
    "MAIL,    TIMEOUT,  AGAIN 4.4.2 SITE",
    "CONTENT, LOST,     AGAIN 4.4.2 SITE",
    "HELO,    PROTOCOL, AGAIN 4.5.0 SITE",
    "STARTTLS,TLS,      AGAIN 4.7.5 SITE",
  })
  void judgesBrokenConnections(Phase phase, Happening.Cause cause, String expected) {
    assertThat(summary(Judge.judge(new Happening.Broken("mx", phase, cause, "why"))))
        .isEqualTo(expected);
  }

  @ParameterizedTest(name = "{0}: {1}")
  @CsvSource({
    "NO_SUCH_DOMAIN,    FAILED 5.1.2 SITE",
    "NULL_MX,           FAILED 5.1.10 SITE",
    "NO_HOST,           FAILED 5.4.4 SITE",
    "LOOP,              FAILED 5.4.6 SITE",
    "FORBIDDEN_ADDRESS, FAILED 5.4.4 SITE",
    "DNS_TROUBLE,       AGAIN 4.4.3 SITE",
  })
  void judgesMissingRoutes(Happening.NoRoute reason, String expected) {
    assertThat(summary(Judge.judge(new Happening.Unroutable(reason, "why")))).isEqualTo(expected);
  }

  @Test
  void judgesTheRest() {
    assertThat(
            summary(
                Judge.judge(new Happening.Unsuitable("mx", Happening.Misfit.TOO_LARGE, "10 of 5"))))
        .isEqualTo("FAILED 5.3.4 MESSAGE");
    assertThat(
            summary(
                Judge.judge(new Happening.Unsuitable("mx", Happening.Misfit.NEEDS_SMTPUTF8, "no"))))
        .isEqualTo("FAILED 5.6.7 MESSAGE");
    assertThat(summary(Judge.judge(new Happening.Suspended(EnhancedStatus.of("4.4.1"), "refused"))))
        .isEqualTo("AGAIN 4.4.1 SITE");
    assertThat(summary(Judge.judge(new Happening.Crowded("full"))))
        .isEqualTo("AGAIN 4.4.5 RECIPIENT untried");
    assertThat(summary(Judge.judge(new Happening.ContentGone("gone")))).isEqualTo("SET ASIDE");
    assertThat(summary(Judge.judge(new Happening.Suppressed("bounced"))))
        .isEqualTo("FAILED 5.7.1 RECIPIENT");
    assertThat(summary(Judge.judge(new Happening.Ended("ada"))))
        .isEqualTo("FAILED 5.7.0 RECIPIENT");
    assertThat(summary(Judge.judge(new Happening.Captured("1")))).isEqualTo("RELAYED");
  }

  @ParameterizedTest
  @EnumSource(Phase.class)
  void neverThrowsAndNeverRelaysBeforeTheContent(Phase phase) {
    for (int code = 200; code < 600; code++) {
      AttemptOutcome outcome =
          Judge.judge(new Happening.Answered("mx", phase, SmtpReply.plain(code, "text")));
      if (outcome instanceof Relayed) {
        assertThat(phase).isEqualTo(Phase.CONTENT);
        assertThat(code).isBetween(200, 299);
      }
    }
  }
}
