package org.milena.egress.route;

import java.util.List;
import org.milena.egress.outcome.Happening;

/** What is known of a destination. */
public sealed interface Resolution {

  /**
   * Hosts to try, in this order.
   *
   * @param site names the destination together with all others that have the same hosts
   */
  record Hosts(String site, List<Host> hosts) implements Resolution {
    public Hosts {
      hosts = List.copyOf(hosts);
      if (hosts.isEmpty()) {
        throw new IllegalArgumentException("a site without hosts");
      }
    }
  }

  /** There are none. */
  record None(Happening.Unroutable why) implements Resolution {}
}
