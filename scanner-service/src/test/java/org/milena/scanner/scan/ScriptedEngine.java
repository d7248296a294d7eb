package org.milena.scanner.scan;

import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Optional;
import java.util.Queue;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** An engine that does what it is told. */
public final class ScriptedEngine implements Engine {

  /** What one scan does. */
  @FunctionalInterface
  public interface Step {
    EngineVerdict scan() throws NotScannedException;
  }

  private final String name;
  private final Queue<Step> steps = new ArrayDeque<>();
  private Supplier<EngineState> state = EngineState.Ready::new;
  private String version;
  private Role role = Role.ANTIVIRUS;
  private @Nullable Instant databaseTime;
  private int scans;
  private int probes;

  public ScriptedEngine(String name) {
    this.name = name;
    this.version = name + " 1";
  }

  /** As from now on. */
  public synchronized ScriptedEngine hasVersion(String now) {
    version = now;
    return this;
  }

  public synchronized ScriptedEngine withRole(Role another) {
    role = another;
    return this;
  }

  public synchronized ScriptedEngine withDatabaseTime(Instant time) {
    databaseTime = time;
    return this;
  }

  @Override
  public synchronized Role role() {
    return role;
  }

  @Override
  public synchronized Optional<Instant> databaseTime() {
    return Optional.ofNullable(databaseTime);
  }

  /** The next scans; behind them all mail is clean. */
  public synchronized ScriptedEngine then(Step... next) {
    steps.addAll(java.util.List.of(next));
    return this;
  }

  public synchronized ScriptedEngine whoseProbeSays(Supplier<EngineState> answer) {
    state = answer;
    return this;
  }

  public static Step says(EngineVerdict verdict) {
    return () -> verdict;
  }

  public static Step fails() {
    return () -> {
      throw new NotScannedException("no answer");
    };
  }

  public synchronized int scans() {
    return scans;
  }

  public synchronized int probes() {
    return probes;
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public synchronized String version() {
    return version;
  }

  @Override
  public EngineVerdict scan(Specimen specimen) throws NotScannedException {
    Step step;
    synchronized (this) {
      scans++;
      step = steps.poll();
    }
    return step == null ? new EngineVerdict.Clean() : step.scan();
  }

  @Override
  public EngineState probe() {
    Supplier<EngineState> answer;
    synchronized (this) {
      probes++;
      answer = state;
    }
    return answer.get();
  }
}
