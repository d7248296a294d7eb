package org.milena.testkit.sink;

import java.time.Duration;

/** What the sink does at a {@link SinkPhase}. */
public sealed interface SinkAction {

  /** What a well-behaved server does. */
  record Accept() implements SinkAction {}

  /**
   * Says this instead; a command so answered with 4yz or 5yz has no effect.
   *
   * @param text code and text; line breaks must be written as {@code \r\n}; the last line end is
   *     added
   */
  record Reply(String text) implements SinkAction {}

  /**
   * Sends these characters as they are, each one octet, and nothing more. Counts as a refusal.
   *
   * @param octets nothing is added, no line end either
   */
  record Raw(String octets) implements SinkAction {}

  /** Says this and closes the connection. */
  record ReplyAndClose(String text) implements SinkAction {}

  /** Closes the connection without a word; at {@link SinkPhase#DOT} the message counts as taken. */
  record Drop() implements SinkAction {}

  /** Waits, then does something. */
  record Delay(Duration time, SinkAction then) implements SinkAction {}

  /** Says nothing until the client goes away. */
  record Silence() implements SinkAction {}

  /** A reply. */
  static SinkAction reply(String text) {
    return new Reply(text);
  }

  /** The good end. */
  static SinkAction accept() {
    return new Accept();
  }

  /** A cut connection. */
  static SinkAction drop() {
    return new Drop();
  }
}
