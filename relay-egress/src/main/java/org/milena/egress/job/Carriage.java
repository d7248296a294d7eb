package org.milena.egress.job;

import java.time.Duration;
import java.util.function.Consumer;

/**
 * Carries consignments to their next hops. Every recipient it accepts is reported once, by its own
 * threads, unless the partition is withdrawn first.
 */
public interface Carriage {

  /** Where reports go. Called once, before the first {@link #accept}. */
  void reportTo(Consumer<Report> reports);

  /** Takes a consignment over; does not wait. */
  void accept(Consignment consignment);

  /** Whether the site of this destination takes more without being crowded. */
  boolean hasRoom(String destination);

  /**
   * Lets go of a partition whose tenure has ended: what is queued is dropped without a report; what
   * is on the wire is given until {@code patience} is over to report, and cut off then.
   */
  void letGo(Tenure tenure, Duration patience);

  /** Whether it may start SMTP transactions; held while results cannot be kept. */
  void hold(boolean held);
}
