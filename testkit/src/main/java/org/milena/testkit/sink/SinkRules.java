package org.milena.testkit.sink;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A policy of rules that can be changed while the sink runs: the first rule that fits and is not
 * used up decides, and what no rule fits is accepted.
 */
public final class SinkRules implements SinkPolicy {
  private final List<Rule> rules = new CopyOnWriteArrayList<>();

  private record Rule(
      SinkPhase phase,
      String containing,
      AtomicInteger skip,
      AtomicInteger left,
      SinkAction does) {}

  /** Always, at this phase. */
  public SinkRules on(SinkPhase phase, SinkAction does) {
    return on(phase, "", does);
  }

  /** Where the argument contains this text. */
  public SinkRules on(SinkPhase phase, String containing, SinkAction does) {
    return on(phase, containing, 0, Integer.MAX_VALUE, does);
  }

  /**
   * Where the argument contains this text, after it did so {@code after} times, for {@code times}
   * times.
   */
  public SinkRules on(SinkPhase phase, String containing, int after, int times, SinkAction does) {
    rules.add(
        new Rule(phase, containing, new AtomicInteger(after), new AtomicInteger(times), does));
    return this;
  }

  /** Forgets all rules: everything is accepted from now on. */
  public void clear() {
    rules.clear();
  }

  @Override
  public SinkAction at(SinkPhase phase, String argument, long connection, int message) {
    for (Rule rule : rules) {
      if (rule.phase == phase
          && argument.contains(rule.containing)
          && rule.skip.getAndUpdate(n -> Math.max(0, n - 1)) == 0
          && rule.left.getAndUpdate(n -> Math.max(0, n - 1)) > 0) {
        return rule.does;
      }
    }
    return new SinkAction.Accept();
  }
}
