package org.milena.ingress.policy;

import java.util.Arrays;
import java.util.HexFormat;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Connections there are, in all and by network: an IPv4 address is one, and so is an IPv6 /64,
 * since whoever has one address of it has all.
 */
public final class ConnectionCount {
  private static final HexFormat HEX = HexFormat.of();

  private final int inAll;
  private final int byNetwork;
  private final AtomicInteger count = new AtomicInteger();
  private final ConcurrentHashMap<String, Integer> networks = new ConcurrentHashMap<>();

  /** None yet. */
  public ConnectionCount(int inAll, int byNetwork) {
    this.inAll = inAll;
    this.byNetwork = byNetwork;
  }

  /** The network an address counts for. */
  public static String network(byte[] address) {
    return HEX.formatHex(address.length == 16 ? Arrays.copyOf(address, 8) : address);
  }

  /** Counts a connection, if it may be; {@link #leave} when it ends. */
  public Admission enter(String network) {
    if (count.incrementAndGet() > inAll) {
      count.decrementAndGet();
      return Admission.HOUSE_FULL;
    }
    int ofNetwork = networks.merge(network, 1, Integer::sum);
    if (ofNetwork > byNetwork) {
      leave(network);
      return Admission.NETWORK_FULL;
    }
    return Admission.ADMITTED;
  }

  /** One that was admitted has ended. */
  public void leave(String network) {
    count.decrementAndGet();
    networks.computeIfPresent(network, (_, n) -> n == 1 ? null : n - 1);
  }

  /** How many there are. */
  public int count() {
    return count.get();
  }

  /** From how many networks. */
  public int networks() {
    return networks.size();
  }
}
