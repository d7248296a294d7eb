package org.milena.egress.dns;

import java.net.InetAddress;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;
import org.milena.common.peer.PublicAddresses;
import org.milena.egress.dns.Zone.Exchange;
import org.milena.egress.outcome.Happening.NoRoute;
import org.milena.egress.outcome.Happening.Unroutable;
import org.milena.egress.route.Host;
import org.milena.egress.route.Resolution;

/** From what DNS says to the hosts to try (RFC 5321 section 5.1). */
final class MxRules {
  /** A domain with more exchangers or addresses than this is not tried to the end. */
  private static final int MAX_HOSTS = 10;

  private final Zone zone;
  private final String ourName;
  private final int port;
  private final boolean privateAllowed;
  private final RandomGenerator random;

  MxRules(Zone zone, String ourName, int port, boolean privateAllowed, RandomGenerator random) {
    this.zone = zone;
    this.ourName = ourName.toLowerCase(Locale.ROOT);
    this.port = port;
    this.privateAllowed = privateAllowed;
    this.random = random;
  }

  Resolution resolve(String destination) {
    if (destination.startsWith("[")) {
      return literal(destination);
    }
    return switch (zone.exchangers(destination)) {
      case Zone.Found<Exchange>(List<Exchange> records) -> byExchangers(destination, records);
      case Zone.NoRecords<Exchange> _ ->
          addresses(destination, List.of(new Exchange(0, destination)));
      case Zone.NoName<Exchange> _ ->
          none(NoRoute.NO_SUCH_DOMAIN, "the domain " + destination + " does not exist");
      case Zone.Trouble<Exchange>(String detail) ->
          none(NoRoute.DNS_TROUBLE, "looking up MX of " + destination + ": " + detail);
    };
  }

  private Resolution literal(String destination) {
    String inner =
        destination.substring(1, destination.length() - 1).replaceFirst("(?i)^IPv6:", "");
    InetAddress address = InetAddress.ofLiteral(inner);
    if (!allowed(address)) {
      return none(NoRoute.FORBIDDEN_ADDRESS, destination + " is not a public address");
    }
    return new Resolution.Hosts(destination, List.of(new Host(inner, address, port)));
  }

  private Resolution byExchangers(String destination, List<Exchange> records) {
    List<Exchange> real = records.stream().filter(mx -> !mx.host().isEmpty()).toList();
    if (real.isEmpty()) {
      return none(NoRoute.NULL_MX, "the domain " + destination + " takes no mail (RFC 7505)");
    }
    int ours =
        real.stream()
            .filter(mx -> mx.host().equalsIgnoreCase(ourName))
            .mapToInt(Exchange::preference)
            .min()
            .orElse(Integer.MAX_VALUE);
    List<Exchange> better = real.stream().filter(mx -> mx.preference() < ours).toList();
    return better.isEmpty()
        ? none(NoRoute.LOOP, "mail for " + destination + " loops back to " + ourName)
        : addresses(destination, better);
  }

  /** By preference, equals in random order; with the addresses of each. */
  private Resolution addresses(String destination, List<Exchange> exchangers) {
    List<Exchange> order = new ArrayList<>(exchangers);
    Collections.shuffle(order, random);
    order.sort(Comparator.comparingInt(Exchange::preference));
    List<Host> hosts = new ArrayList<>();
    List<String> troubles = new ArrayList<>();
    List<String> forbidden = new ArrayList<>();
    for (Exchange exchange : order.subList(0, Math.min(order.size(), MAX_HOSTS))) {
      switch (zone.addresses(exchange.host())) {
        case Zone.Found<InetAddress>(List<InetAddress> found) -> {
          for (InetAddress address : found) {
            if (!allowed(address)) {
              forbidden.add(exchange.host() + "[" + address.getHostAddress() + "]");
            } else if (hosts.size() < MAX_HOSTS) {
              hosts.add(new Host(exchange.host(), address, port));
            }
          }
        }
        case Zone.Trouble<InetAddress>(String detail) ->
            troubles.add(exchange.host() + ": " + detail);
        case Zone.NoName<InetAddress> _, Zone.NoRecords<InetAddress> _ -> {}
      }
    }
    if (!hosts.isEmpty()) {
      return new Resolution.Hosts(site(exchangers), hosts);
    }
    if (!troubles.isEmpty()) {
      return none(NoRoute.DNS_TROUBLE, "looking up mail hosts: " + String.join(", ", troubles));
    }
    return forbidden.isEmpty()
        ? none(NoRoute.NO_HOST, "no mail host of " + destination + " has an address")
        : none(
            NoRoute.FORBIDDEN_ADDRESS,
            "mail hosts of " + destination + " are not public: " + String.join(", ", forbidden));
  }

  /** All domains with the same exchangers are one site. */
  private static String site(List<Exchange> exchangers) {
    return exchangers.stream()
        .map(mx -> mx.host().toLowerCase(Locale.ROOT))
        .distinct()
        .sorted()
        .collect(Collectors.joining(","));
  }

  private boolean allowed(InetAddress address) {
    return privateAllowed || PublicAddresses.isPublic(address);
  }

  private static Resolution none(NoRoute reason, String detail) {
    return new Resolution.None(new Unroutable(reason, detail));
  }
}
