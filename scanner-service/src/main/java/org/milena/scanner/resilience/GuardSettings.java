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
 * @param slow what takes longer counts for the breaker, even if it gave a verdict
 */
public record GuardSettings(
    int concurrent,
    Duration patience,
    Duration timeLimit,
    Duration probeLimit,
    Duration firstOpen,
    Duration longestOpen,
    Duration slow) {

  /** The guards of a server: a scan of more than 10 s is slow. */
  public GuardSettings(
      int concurrent,
      Duration patience,
      Duration timeLimit,
      Duration probeLimit,
      Duration firstOpen,
      Duration longestOpen) {
    this(
        concurrent,
        patience,
        timeLimit,
        probeLimit,
        firstOpen,
        longestOpen,
        Duration.ofSeconds(10));
  }

  /** Ten at a time as clamd's {@code MaxThreads}, 35 s each, open for 15 s up to a minute. */
  public static final GuardSettings DEFAULT =
      new GuardSettings(
          10,
          Duration.ofSeconds(70),
          Duration.ofSeconds(35),
          Duration.ofSeconds(15),
          Duration.ofSeconds(15),
          Duration.ofSeconds(60));

  /**
   * For checks in this very process: slow mail does not mean that they are ill, and a scan may wait
   * 20 s for memory before it takes 20 s itself.
   */
  public static final GuardSettings IN_PROCESS =
      new GuardSettings(
          DEFAULT.concurrent(),
          DEFAULT.patience(),
          Duration.ofSeconds(50),
          DEFAULT.probeLimit(),
          DEFAULT.firstOpen(),
          DEFAULT.longestOpen(),
          Duration.ofDays(1));

  /** The same guards with more or fewer scans at the same time. */
  public GuardSettings withConcurrent(int scans) {
    return new GuardSettings(scans, patience, timeLimit, probeLimit, firstOpen, longestOpen, slow);
  }
}
