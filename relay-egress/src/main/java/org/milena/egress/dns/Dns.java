package org.milena.egress.dns;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import org.milena.egress.outcome.Happening.NoRoute;
import org.milena.egress.outcome.Happening.Unroutable;
import org.milena.egress.route.Host;
import org.milena.egress.route.NextHops;
import org.milena.egress.route.Resolution;

/** The two ways to next hops: one host for all, or the mail hosts of each destination. */
public final class Dns {
  private static final Duration LOOKUP = Duration.ofSeconds(20);
  private static final Duration KEPT = Duration.ofMinutes(5);
  private static final Duration SMARTHOST_KEPT = Duration.ofSeconds(30);

  private Dns() {}

  /**
   * Mail hosts by MX.
   *
   * @param servers name servers, {@code address} or {@code address:port}; those of the machine when
   *     empty
   * @param ourName our own name: mail that would come back to it is not sent
   * @param port of the mail hosts: 25 outside tests
   * @param privateAllowed whether hosts may have addresses that are not public
   */
  public static NextHops mx(
      List<String> servers,
      String ourName,
      int port,
      boolean privateAllowed,
      RandomGenerator random) {
    MxRules rules =
        new MxRules(new DnsZone(servers, LOOKUP), ourName, port, privateAllowed, random);
    return new ResolutionCache(rules::resolve, KEPT);
  }

  /** One host for every destination, found as this machine finds hosts. */
  public static NextHops smarthost(String name, int port) {
    ResolutionCache cache = new ResolutionCache(_ -> host(name, port), SMARTHOST_KEPT);
    return new NextHops() {
      @Override
      public Resolution resolve(String destination) {
        return cache.resolve("");
      }

      @Override
      public java.util.Optional<Resolution> known(String destination) {
        return cache.known("");
      }
    };
  }

  private static Resolution host(String name, int port) {
    try {
      List<Host> hosts = new ArrayList<>();
      for (InetAddress address : InetAddress.getAllByName(name)) {
        hosts.add(new Host(name, address, port));
      }
      return new Resolution.Hosts(name + ":" + port, hosts);
    } catch (UnknownHostException e) {
      return new Resolution.None(
          new Unroutable(NoRoute.DNS_TROUBLE, "the smarthost " + name + " has no address"));
    }
  }
}
