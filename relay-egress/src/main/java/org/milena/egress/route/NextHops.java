package org.milena.egress.route;

import java.util.Optional;

/** Finds the next hops of a destination. */
public interface NextHops {

  /** Looks them up; may wait for the resolver. */
  Resolution resolve(String destination);

  /** What is known without waiting, if it is fresh. */
  Optional<Resolution> known(String destination);
}
