package org.milena.ingress.address;

import org.milena.common.event.Route;

/** What we do with a recipient. */
public sealed interface RoutingDecision {

  /** Take responsibility, for this reason. */
  record Routed(Route route) implements RoutingDecision {}

  /** One of our domains, but nobody there. */
  record Unknown() implements RoutingDecision {}

  /** None of our domains, and the client may not submit. */
  record RelayDenied() implements RoutingDecision {}

  /**
   * A report for a list: those who post have a name (RFC 5321 section 4.5.5 reports are not posts).
   */
  record NullSenderToList() implements RoutingDecision {}

  /** It would be a "no", but our view of the directory is too old for one. */
  record ViewTooOld() implements RoutingDecision {}
}
