package org.milena.benchmarks.site;

/**
 * How much is measured.
 *
 * @param rounds of each contender, in turn
 * @param messages of each round
 * @param warmUp messages before the first round, for a JVM to compile what is hot
 * @param posts to a list of 1,000, and searches
 * @param largePosts to a list of 10,000
 */
record Scale(int rounds, int messages, int warmUp, int posts, int largePosts) {

  static final int OCTETS = 10_240;
  static final int SESSIONS = 50;

  static Scale full() {
    return new Scale(5, 4_000, 12_000, 15, 4);
  }

  /** Whether everything runs, in some minutes; its figures mean little. */
  static Scale quick() {
    return new Scale(1, 500, 500, 3, 1);
  }
}
