package org.milena.egress.kafka;

import java.time.Duration;

/**
 * How much is taken in hand.
 *
 * @param maxInHand recipients in hand at which no more deliveries are read
 * @param maxPolled delivery records read at once; each has some hundreds of recipients at most
 * @param maxUnkept results that may wait for their transaction; at more than that nothing is sent
 * @param maxUnkeptAge how long one may wait; after that nothing is sent
 * @param patience how long transactions on the wire may go on when a partition is let go
 */
public record LoopSettings(
    int maxInHand, int maxPolled, int maxUnkept, Duration maxUnkeptAge, Duration patience) {

  /** 20,000 recipients in hand, 5,000 results or 5 seconds, 5 seconds of patience. */
  public static LoopSettings standard() {
    return new LoopSettings(20_000, 50, 5_000, Duration.ofSeconds(5), Duration.ofSeconds(5));
  }
}
