package org.milena.egress.kafka;

import java.time.Duration;

/**
 * How much is taken in hand.
 *
 * @param maxInHand recipients in hand at which no more deliveries are read
 * @param maxPolled delivery records read at once; each has some hundreds of recipients at most
 * @param maxUnkept SMTP transactions whose results may wait to be kept: as many may be repeated
 *     after a kill. At more than that no other is begun
 * @param maxUnkeptAge how long one may wait; after that none is begun
 * @param patience how long transactions on the wire may go on when a partition is let go
 */
public record LoopSettings(
    int maxInHand, int maxPolled, int maxUnkept, Duration maxUnkeptAge, Duration patience) {

  /** 20,000 recipients in hand, 100 transactions or 2 seconds, 5 seconds of patience. */
  public static LoopSettings standard() {
    return new LoopSettings(20_000, 50, 100, Duration.ofSeconds(2), Duration.ofSeconds(5));
  }
}
