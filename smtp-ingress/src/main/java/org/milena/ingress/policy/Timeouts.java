package org.milena.ingress.policy;

import java.time.Duration;

/**
 * How long we wait for a client.
 *
 * @param command for a whole command line (RFC 5321 section 4.5.3.2.7 asks for 5 minutes)
 * @param data for a whole message, from 354 to the final dot
 * @param handshake for TLS to be agreed
 * @param write for a client to take our replies
 * @param minDataRate octets a second that a message must come in with, counted from {@code
 *     dataGrace} on; stops those who send a byte now and then to hold us
 * @param dataGrace how long a message may be slower than that
 */
public record Timeouts(
    Duration command,
    Duration data,
    Duration handshake,
    Duration write,
    int minDataRate,
    Duration dataGrace) {

  /** What holds when nothing is set. */
  public static final Timeouts DEFAULT =
      new Timeouts(
          Duration.ofMinutes(5),
          Duration.ofMinutes(30),
          Duration.ofSeconds(30),
          Duration.ofSeconds(60),
          500,
          Duration.ofSeconds(30));

  /** Whether a message that brought so many octets in that time holds us up. */
  public boolean tooSlow(long octets, Duration elapsed) {
    return elapsed.compareTo(dataGrace) > 0 && octets < minDataRate * elapsed.toMillis() / 1000.0;
  }

  /** The shortest of all. */
  public Duration shortest() {
    Duration shortest = command;
    for (Duration other : new Duration[] {data, handshake, write, dataGrace}) {
      shortest = other.compareTo(shortest) < 0 ? other : shortest;
    }
    return shortest;
  }
}
