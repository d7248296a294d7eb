package org.milena.egress.net;

import java.time.Duration;
import org.milena.egress.session.Timeouts;

/**
 * How egress treats hosts.
 *
 * @param ourName said in EHLO
 * @param encryptWherePossible whether STARTTLS is used where it is offered
 * @param initialConnections to a site, before anything is known of it
 * @param maxConnections to a site
 * @param maxConnectionsInAll to all sites
 * @param maxTransactions over one connection
 * @param maxRecipients of one transaction
 * @param idle how long an unused connection is kept
 * @param maxQueued recipients that may wait for one site; more than that are put off. Only where
 *     there are several sites
 * @param maxWait how long they may wait there. Only where there are several sites
 * @param rest how long a site that cannot be reached is left alone
 * @param manySites whether destinations have sites of their own
 */
public record NetSettings(
    String ourName,
    boolean encryptWherePossible,
    Timeouts timeouts,
    int initialConnections,
    int maxConnections,
    int maxConnectionsInAll,
    int maxTransactions,
    int maxRecipients,
    Duration idle,
    int maxQueued,
    Duration maxWait,
    Duration rest,
    boolean manySites) {

  /** 5 to 20 connections a site, 500 in all, 500 messages each, 50 recipients a message. */
  public static NetSettings standard(String ourName, boolean manySites) {
    return new NetSettings(
        ourName,
        true,
        Timeouts.standard(),
        5,
        20,
        500,
        500,
        50,
        Duration.ofSeconds(10),
        5_000,
        Duration.ofSeconds(30),
        Duration.ofSeconds(30),
        manySites);
  }
}
