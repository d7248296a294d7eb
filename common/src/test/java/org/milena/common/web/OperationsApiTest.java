package org.milena.common.web;

import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.post;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.content;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.jsonPath;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.status;

import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.milena.common.directory.Account.Scope;
import org.milena.common.event.DeadLetterMeta;
import org.milena.common.event.RecordPosition;
import org.milena.common.failure.OutageException;
import org.milena.common.operations.DeadLetter;
import org.milena.common.operations.DeadLetterBox;
import org.milena.common.operations.ReplayOutcome;
import org.springframework.http.MediaType;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.test.web.servlet.MockMvc;
import org.springframework.test.web.servlet.ResultActions;
import org.springframework.test.web.servlet.setup.MockMvcBuilders;

class OperationsApiTest {
  private static final Instant THEN = Instant.parse("2026-03-01T10:00:00Z");
  private static final RecordPosition ORIGIN = new RecordPosition("mail.received", 1, 7);

  private final Letters letters = new Letters();
  private final MockMvc http =
      MockMvcBuilders.standaloneSetup(new OperationsApi(List::of, letters))
          .setControllerAdvice(new ProblemHandler())
          .build();

  @BeforeEach
  void anOperatorCalls() {
    signIn(true);
  }

  @AfterEach
  void nobodyCalls() {
    SecurityContextHolder.clearContext();
  }

  @Test
  void tellsWhatIsOnItsWayAgain() throws Exception {
    letters.outcome =
        new ReplayOutcome.Replayed(
            new DeadLetter("17", new DeadLetterMeta("scanner", ORIGIN, "x", 5, THEN), "k", 3, THEN),
            new RecordPosition("mail.received", 1, 9));
    replay()
        .andExpect(status().isOk())
        .andExpect(jsonPath("$.id").value("17"))
        .andExpect(jsonPath("$.origin").value("mail.received/1/7"))
        .andExpect(jsonPath("$.replayedAt").value("2026-03-01T10:00:00Z"));
  }

  @Test
  void refusesASecondReplayAndSaysWhoWasFirst() throws Exception {
    letters.outcome = new ReplayOutcome.AlreadyReplayed(THEN, "eve");
    problem(
        409,
        "replayed-before",
        "Dead letter 17 was replayed by eve at 2026-03-01T10:00:00Z already.");
  }

  @Test
  void knowsNoSuchLetter() throws Exception {
    letters.outcome = new ReplayOutcome.Unknown();
    problem(404, "not-found", "There is no dead letter 17.");
  }

  @Test
  void aBrokerThatIsAwayIsToBeAskedAgain() throws Exception {
    replay()
        .andExpect(status().isServiceUnavailable())
        .andExpect(jsonPath("$.code").value("unavailable"));
  }

  @Test
  void nobodyElseMayReplay() throws Exception {
    signIn(false);
    problem(403, "forbidden", "Only an operator of the site may do this.");
  }

  private ResultActions replay() throws Exception {
    return http.perform(post("/api/v1/ops/dead-letters/17/replay"));
  }

  private void problem(int status, String code, String sentence) throws Exception {
    replay()
        .andExpect(status().is(status))
        .andExpect(content().contentType(MediaType.APPLICATION_PROBLEM_JSON))
        .andExpect(jsonPath("$.code").value(code))
        .andExpect(jsonPath("$.detail").value(sentence));
  }

  private static void signIn(boolean operator) {
    SecurityContextHolder.getContext()
        .setAuthentication(
            SignIn.authenticated(new Caller("admin", null, operator, EnumSet.allOf(Scope.class))));
  }

  /** Answers as a test wants; away when it wants nothing. */
  private static final class Letters implements DeadLetterBox {
    private @Nullable ReplayOutcome outcome;

    @Override
    public List<DeadLetter> list(String after, int limit) {
      return List.of();
    }

    @Override
    public List<DeadLetter> newest(int limit) {
      return List.of();
    }

    @Override
    public ReplayOutcome replay(String id, String by) {
      if (outcome == null) {
        throw new OutageException("Kafka does not answer");
      }
      return outcome;
    }
  }
}
