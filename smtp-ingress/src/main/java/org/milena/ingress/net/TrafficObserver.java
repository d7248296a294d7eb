package org.milena.ingress.net;

import java.time.Duration;
import org.milena.common.status.SmtpReply;
import org.milena.ingress.policy.Admission;
import org.milena.ingress.session.PortRole;

/** Is told what goes on, for metrics. Must be quick and must not throw. */
public interface TrafficObserver {

  /** A connection came. */
  void connected(PortRole role, Admission admission);

  /** A reply was given. */
  void replied(PortRole role, SmtpReply reply);

  /**
   * A message came to its end and was answered.
   *
   * @param octets as sent
   * @param waited from the final dot to the answer
   */
  void answered(PortRole role, SmtpReply reply, long octets, Duration waited);

  /** Tells nobody. */
  static TrafficObserver none() {
    return new TrafficObserver() {
      @Override
      public void connected(PortRole role, Admission admission) {}

      @Override
      public void replied(PortRole role, SmtpReply reply) {}

      @Override
      public void answered(PortRole role, SmtpReply reply, long octets, Duration waited) {}
    };
  }
}
