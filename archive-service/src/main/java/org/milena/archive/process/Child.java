package org.milena.archive.process;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.milena.archive.extract.ReadingOutcome;

/** A running child. */
final class Child {
  /** All that a Java needs on any system; the rest of the environment holds our secrets. */
  private static final Set<String> NEEDED = Set.of("SystemRoot", "TEMP", "TMP", "LANG", "LC_ALL");

  /** A machine that is loaded starts a Java in seconds, not in a minute. */
  private static final long START_SECONDS = 60;

  private final Process process;
  private final DataInputStream in;
  private final DataOutputStream out;
  private volatile boolean late;

  private Child(Process process) {
    this.process = process;
    this.in = new DataInputStream(new BufferedInputStream(process.getInputStream()));
    this.out = new DataOutputStream(new BufferedOutputStream(process.getOutputStream()));
  }

  /** Starts one and waits until it can read. */
  static Child start(List<String> command, ScheduledExecutorService timer) throws IOException {
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.environment().keySet().retainAll(NEEDED);
    builder.redirectError(ProcessBuilder.Redirect.DISCARD);
    Child child = new Child(builder.start());
    try {
      if (child.within(START_SECONDS * 1000, timer, child.in::readInt) == Frames.READY) {
        return child;
      }
      throw new IOException("it says something else first");
    } catch (IOException e) {
      child.kill();
      throw new IOException("the child did not begin: " + e.getMessage(), e);
    }
  }

  private interface Exchange<T> {
    T run() throws IOException;
  }

  /** A child that takes longer is killed, which ends the exchange. */
  private <T> T within(long millis, ScheduledExecutorService timer, Exchange<T> exchange)
      throws IOException {
    ScheduledFuture<?> end =
        timer.schedule(
            () -> {
              late = true;
              process.destroyForcibly();
            },
            millis,
            TimeUnit.MILLISECONDS);
    try {
      return exchange.run();
    } finally {
      end.cancel(false);
    }
  }

  /** Has a document read. When this throws, the child is of no more use. */
  ReadingOutcome read(Frames.Request request, long millis, ScheduledExecutorService timer)
      throws IOException {
    return within(
        millis,
        timer,
        () -> {
          Frames.write(out, request);
          return Frames.readOutcome(in, request.maxCharacters());
        });
  }

  /** Whether it was killed since it took too long. */
  boolean isLate() {
    return late;
  }

  /** Kills it and waits for its end, which a killed process has soon; its exit code. */
  int kill() {
    process.destroyForcibly();
    return process.onExit().join().exitValue();
  }

  /** Its exit code, when it has ended by itself; it must have closed its output. */
  int ended() throws InterruptedException {
    if (!process.waitFor(2, TimeUnit.SECONDS)) {
      return kill();
    }
    return process.exitValue();
  }

  boolean isAlive() {
    return process.isAlive();
  }

  long pid() {
    return process.pid();
  }
}
