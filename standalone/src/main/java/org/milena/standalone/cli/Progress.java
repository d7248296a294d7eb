package org.milena.standalone.cli;

import java.io.PrintWriter;

/** A bar that grows on a terminal; elsewhere nothing. */
final class Progress {

  private static final int WIDTH = 40;

  private final PrintWriter terminal;
  private final boolean shown;
  private int last = -1;

  private Progress(PrintWriter terminal, boolean shown) {
    this.terminal = terminal;
    this.shown = shown;
  }

  /** On the terminal of a command, if it has one. */
  static Progress on(Answer answer) {
    return new Progress(answer.err(), System.console() != null && System.console().isTerminal());
  }

  void at(long done, long all) {
    int percent = all <= 0 ? 100 : (int) Math.min(100, done * 100 / all);
    if (shown && percent != last) {
      last = percent;
      int full = percent * WIDTH / 100;
      terminal.print("\r[" + "#".repeat(full) + ".".repeat(WIDTH - full) + "] " + percent + " %");
      terminal.flush();
    }
  }

  /** All is done: the bar is full and its line ends. */
  void done() {
    if (shown) {
      at(1, 1);
      terminal.println();
    }
  }
}
