package org.milena.egress.session;

import java.time.Duration;

/**
 * How long we wait (RFC 5321 section 4.5.3.2).
 *
 * @param connect for the connection to stand
 * @param command for the greeting and the replies to EHLO, MAIL and RCPT
 * @param dataStart for the reply to DATA
 * @param block for a piece of the content to be taken
 * @param dataEnd for the reply after the dot; too short a wait makes duplicates (RFC 1047)
 */
public record Timeouts(
    Duration connect, Duration command, Duration dataStart, Duration block, Duration dataEnd) {

  /** What the RFC asks for at least; 30 seconds to connect. */
  public static Timeouts standard() {
    return new Timeouts(
        Duration.ofSeconds(30),
        Duration.ofMinutes(5),
        Duration.ofMinutes(2),
        Duration.ofMinutes(3),
        Duration.ofMinutes(10));
  }
}
