package org.milena.benchmarks.directory;

/**
 * How much is measured.
 *
 * @param lists in all; two of them are large
 * @param memberships on all lists together
 * @param large members of each large list
 * @param held posts that wait for moderators, over all lists
 * @param posts to a large list, after one to warm up
 * @param starts of the tables
 * @param requests for each page
 * @param seconds that each kind of look-up is tried
 */
record Size(
    int lists,
    int memberships,
    int large,
    int held,
    int posts,
    int starts,
    int requests,
    int seconds) {

  static Size full() {
    return new Size(1_000, 1_000_000, 100_000, 10_000, 5, 3, 200, 3);
  }

  /** Whether everything runs; its figures mean nothing. */
  static Size quick() {
    return new Size(50, 20_000, 5_000, 500, 1, 1, 20, 1);
  }
}
