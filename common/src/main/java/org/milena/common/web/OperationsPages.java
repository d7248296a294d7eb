package org.milena.common.web;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.milena.common.failure.OutageException;
import org.milena.common.operations.DeadLetter;
import org.milena.common.operations.DeadLetterBox;
import org.milena.common.operations.Pipeline;
import org.milena.common.operations.ReplayOutcome;
import org.milena.common.operations.StageState;
import org.milena.common.operations.Waiting;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** How the site does, on one page; for operators. */
@Controller
@RequestMapping("/ops")
public class OperationsPages {
  private static final Logger log = LoggerFactory.getLogger(OperationsPages.class);
  private static final int LETTERS = 20;

  /** Mail that waits longer than this deserves a look. */
  private static final Duration LONG = Duration.ofMinutes(2);

  private static final DateTimeFormatter MINUTE =
      DateTimeFormatter.ofPattern("d MMM uuuu HH:mm 'UTC'", Locale.ENGLISH)
          .withZone(ZoneOffset.UTC);

  private final Pipeline pipeline;
  private final DeadLetterBox letters;
  private final List<Waiting> waiting;

  /**
   * @param waiting what this process knows to wait
   */
  public OperationsPages(Pipeline pipeline, DeadLetterBox letters, List<Waiting> waiting) {
    this.pipeline = pipeline;
    this.letters = letters;
    this.waiting = List.copyOf(waiting);
  }

  /**
   * A stage.
   *
   * @param badge the look of its number, a word of the style sheet; may be empty
   */
  public record StageLine(
      String name, String topic, long lag, String oldest, String rate, String badge) {
    static StageLine of(StageState state) {
      Duration age = state.oldestWaiting();
      return new StageLine(
          state.stage(),
          state.topic(),
          state.lag(),
          age == null ? "" : span(age),
          String.format(Locale.ROOT, "%.1f", state.perSecond()),
          state.lag() == 0 ? "good" : age != null && age.compareTo(LONG) > 0 ? "warn" : "");
    }
  }

  /** Something that waits. */
  public record WaitingLine(String what, String forWhat, long count, @Nullable String page) {}

  /** A record that was set aside. */
  public record LetterLine(
      String id, String stage, String cause, String origin, String at, @Nullable String replayed) {
    static LetterLine of(DeadLetter letter) {
      Instant replayed = letter.replayedAt();
      return new LetterLine(
          letter.id(),
          letter.meta().stage(),
          letter.meta().cause(),
          letter.meta().origin().toString(),
          MINUTE.format(letter.meta().at()),
          replayed == null ? null : MINUTE.format(replayed));
    }
  }

  /** The page. It comes also when the broker is away, and then says so. */
  @GetMapping({"", "/"})
  String show(Model model) {
    Caller.current().requireOperator();
    model.addAttribute(
        "waiting",
        waiting.stream()
            .map(one ->
                new WaitingLine(one.what(), one.forWhat(), one.count().getAsLong(), one.page()))
            .toList());
    try {
      model.addAttribute("stages", pipeline.look().stream().map(StageLine::of).toList());
      model.addAttribute("letters", letters.newest(LETTERS).stream().map(LetterLine::of).toList());
    } catch (OutageException e) {
      log.warn("the page of operations lacks what the broker knows: {}", e.getMessage());
      model.addAttribute("outage", e.getMessage());
    }
    return "operations";
  }

  /** Sends a dead letter on its way again. */
  @PostMapping("/dead-letters/{id}/replay")
  String replay(@PathVariable String id, RedirectAttributes next) {
    Caller caller = Caller.current().requireOperator();
    switch (letters.replay(id, caller.name())) {
      case ReplayOutcome.Replayed _ ->
          next.addFlashAttribute("done", "Dead letter " + id + " is on its way again.");
      case ReplayOutcome.AlreadyReplayed(var at, var by) ->
          next.addFlashAttribute(
              "problem",
              "Dead letter %s was replayed by %s at %s already."
                  .formatted(id, by, MINUTE.format(at)));
      case ReplayOutcome.Unknown() ->
          next.addFlashAttribute("problem", "There is no dead letter " + id + ".");
    }
    return "redirect:/ops";
  }

  private static String span(Duration age) {
    if (age.toMinutes() < 2) {
      return Math.max(0, age.toSeconds()) + " s";
    }
    return age.toHours() < 2
        ? age.toMinutes() + " min"
        : age.toDays() < 2 ? age.toHours() + " h" : age.toDays() + " days";
  }
}
