package org.milena.egress.net;

/**
 * How many connections a site is given: one more for each round of successes, half of them after a
 * refusal of the site, as TCP does it and Postfix after it. Not safe for use by several threads.
 */
final class Window {
  private final int max;
  private double size;
  private int failures;

  Window(int initial, int max) {
    this.size = Math.min(initial, max);
    this.max = max;
  }

  /** Connections it may have now. */
  int size() {
    return (int) size;
  }

  /** A message was taken, or refused for a reason of its own. */
  void succeeded() {
    failures = 0;
    size = Math.min(max, size + 1 / size);
  }

  /** The site refused or was not there. */
  void failed() {
    failures++;
    size = Math.max(1, size / 2);
  }

  /** Failures since the last success. */
  int failures() {
    return failures;
  }
}
