package org.milena.scanner.resilience;

import java.time.Duration;

/**
 * The guards of one engine.
 *
 * @param concurrent scans at the same time; not more than the engine has threads
 * @param patience how long a scan waits for its place
 * @param timeLimit of a scan
 * @param probeLimit of a probe
 * @param firstOpen how long the breaker stays open at first; doubles up to {@code longestOpen}
 */
public record GuardSettings(
    int concurrent,
    Duration patience,
    Duration timeLimit,
    Duration probeLimit,
    Duration firstOpen,
    Duration longestOpen) {

  /** Ten at a time as clamd's {@code MaxThreads}, 35 s each, open for 15 s up to a minute. */
  public static final GuardSettings DEFAULT =
      new GuardSettings(
          10,
          Duration.ofSeconds(70),
          Duration.ofSeconds(35),
          Duration.ofSeconds(15),
          Duration.ofSeconds(15),
          Duration.ofSeconds(60));

  /** The same guards with more or fewer scans at the same time. */
  public GuardSettings withConcurrent(int scans) {
    return new GuardSettings(scans, patience, timeLimit, probeLimit, firstOpen, longestOpen);
  }
}
