package org.milena.common.app;

import org.springframework.context.SmartLifecycle;

/** Something that must hold, checked after the tables are read and before any stage starts. */
final class StartCheck implements SmartLifecycle {
  private final Runnable check;
  private volatile boolean passed;

  StartCheck(Runnable check) {
    this.check = check;
  }

  @Override
  public void start() {
    check.run();
    passed = true;
  }

  @Override
  public void stop() {
    passed = false;
  }

  @Override
  public boolean isRunning() {
    return passed;
  }

  @Override
  public int getPhase() {
    return 5;
  }
}
