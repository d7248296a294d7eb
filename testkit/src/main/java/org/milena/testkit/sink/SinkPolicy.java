package org.milena.testkit.sink;

/** Decides what the sink does. Called from many threads. */
@FunctionalInterface
public interface SinkPolicy {

  /**
   * @param argument what followed the verb: the path with its brackets for MAIL and RCPT
   *     (parameters and all); the Message-ID for {@link SinkPhase#DOT}; may be empty
   * @param connection from 0, in the order of connections
   * @param message from 0, messages taken or refused at the dot on this connection so far
   */
  SinkAction at(SinkPhase phase, String argument, long connection, int message);

  /** Takes everything. */
  static SinkPolicy acceptAll() {
    return (_, _, _, _) -> new SinkAction.Accept();
  }
}
