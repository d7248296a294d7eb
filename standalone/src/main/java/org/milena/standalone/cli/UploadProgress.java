package org.milena.standalone.cli;

import java.io.PrintWriter;
import java.time.Duration;

/** How far an archive is: on a terminal a line that changes, elsewhere a line now and then. */
final class UploadProgress {
  private static final Duration ON_TERMINAL = Duration.ofMillis(250);
  private static final Duration ELSEWHERE = Duration.ofSeconds(30);

  private final PrintWriter err;
  private final boolean terminal;
  private final long began = System.nanoTime();
  private long shown = began;
  private long all;
  private int width;

  UploadProgress(PrintWriter err) {
    this.err = err;
    this.terminal = System.console() != null && System.console().isTerminal();
  }

  /**
   * @param size how much there is to read; 0 where nobody knows
   */
  void begin(long size) {
    all = size;
  }

  double seconds() {
    return (System.nanoTime() - began) / 1e9;
  }

  void at(long done, UploadReport report) {
    long now = System.nanoTime();
    if (now - shown < (terminal ? ON_TERMINAL : ELSEWHERE).toNanos()) {
      return;
    }
    shown = now;
    String line =
        "%,d messages, %,d new, %,.0f a second%s"
            .formatted(
                report.read(),
                report.added(),
                report.read() / seconds(),
                all <= 0 ? "" : ", %d %% read".formatted(Math.min(100, done * 100 / all)));
    show(line);
  }

  /** A sentence between. */
  synchronized void say(String sentence) {
    clear();
    err.println(TextTable.clean(sentence) + " Waiting.");
    err.flush();
  }

  private synchronized void show(String line) {
    if (terminal) {
      err.print("\r" + line + " ".repeat(Math.max(0, width - line.length())));
      width = line.length();
    } else {
      err.println(line);
    }
    err.flush();
  }

  /** The line is gone. */
  synchronized void end() {
    clear();
    err.flush();
  }

  private void clear() {
    if (terminal && width > 0) {
      err.print("\r" + " ".repeat(width) + "\r");
      width = 0;
    }
  }
}
