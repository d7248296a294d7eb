package org.milena.common.web;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.milena.common.operations.DeadLetter;
import org.milena.common.operations.DeadLetterBox;
import org.milena.common.operations.Pipeline;
import org.milena.common.operations.ReplayOutcome;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** How far the stages are and what was set aside; for operators. Every service answers it. */
@RestController
@RequestMapping("/api/v1/ops")
public class OperationsApi {
  private static final int MAX_PAGE = 1_000;

  private final Pipeline pipeline;
  private final DeadLetterBox deadLetters;

  public OperationsApi(Pipeline pipeline, DeadLetterBox deadLetters) {
    this.pipeline = pipeline;
    this.deadLetters = deadLetters;
  }

  /** All stages. */
  public record PipelineView(List<StageView> stages) {}

  /**
   * One stage.
   *
   * @param oldestWaitingSeconds null when nothing waits
   */
  public record StageView(
      String stage,
      String topic,
      long lag,
      @Nullable Double oldestWaitingSeconds,
      double ratePerSecond) {}

  /** One record that was set aside. */
  public record DeadLetterView(
      String id,
      String stage,
      String cause,
      String origin,
      int tries,
      Instant at,
      @Nullable String key,
      int size,
      @Nullable Instant replayedAt) {

    static DeadLetterView of(DeadLetter letter) {
      return new DeadLetterView(
          letter.id(),
          letter.meta().stage(),
          letter.meta().cause(),
          letter.meta().origin().toString(),
          letter.meta().tries(),
          letter.meta().at(),
          letter.key(),
          letter.size(),
          letter.replayedAt());
    }
  }

  /** How far the stages are. */
  @GetMapping("/pipeline")
  PipelineView pipeline() {
    Caller.current().requireOperator();
    return new PipelineView(
        pipeline.look().stream()
            .map(state ->
                new StageView(
                    state.stage(),
                    state.topic(),
                    state.lag(),
                    seconds(state.oldestWaiting()),
                    state.perSecond()))
            .toList());
  }

  /** What was set aside, oldest first. */
  @GetMapping("/dead-letters")
  CursorPage<DeadLetterView> list(
      @RequestParam(defaultValue = "") String after,
      @RequestParam(defaultValue = "100") int limit) {
    Caller.current().requireOperator();
    if (limit < 1 || limit > MAX_PAGE) {
      throw ApiProblem.badRequest("invalid-limit", "limit is 1 to " + MAX_PAGE + ".");
    }
    List<DeadLetterView> page =
        deadLetters.list(after, limit).stream().map(DeadLetterView::of).toList();
    return new CursorPage<>(page, page.size() < limit ? null : page.getLast().id());
  }

  /** Sends one on its way again. */
  @PostMapping("/dead-letters/{id}/replay")
  DeadLetterView replay(@PathVariable String id) {
    Caller caller = Caller.current().requireOperator();
    return switch (deadLetters.replay(id, caller.name())) {
      case ReplayOutcome.Replayed(var letter, _) -> DeadLetterView.of(letter);
      case ReplayOutcome.AlreadyReplayed(var at, var by) ->
          throw ApiProblem.conflict(
              "replayed-before",
              "Dead letter %s was replayed by %s at %s already.".formatted(id, by, at));
      case ReplayOutcome.Unknown() ->
          throw ApiProblem.notFound("There is no dead letter " + id + ".");
    };
  }

  private static @Nullable Double seconds(@Nullable Duration duration) {
    return duration == null ? null : duration.toMillis() / 1e3;
  }
}
