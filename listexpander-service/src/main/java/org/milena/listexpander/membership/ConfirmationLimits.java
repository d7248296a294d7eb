package org.milena.listexpander.membership;

/**
 * To how many addresses the whole site sends confirmations within an hour.
 *
 * @param perNetwork asked for from one client network
 * @param perDomain in one domain
 */
public record ConfirmationLimits(int perNetwork, int perDomain) {

  /** A lecture that joins from one house passes; a bombing does not. */
  public static final ConfirmationLimits DEFAULT = new ConfirmationLimits(60, 500);
}
