package org.milena.scanner.authentication.lookup;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/**
 * A DNS made of a map. Names in any case, with or without the last dot; whatever is not in it does
 * not exist. Remembers what it is asked.
 */
public final class MapLookup implements NameLookup {
  private static final int MAX_LABEL = 63;
  private static final int MAX_NAME = 253;
  private static final int MAX_ALIASES = 12;

  private record Key(String name, String type) {}

  private final Map<Key, List<String>> records = new HashMap<>();
  private final Set<Key> troubles = new HashSet<>();
  private final Set<String> existing = new HashSet<>();
  private final List<String> asked = Collections.synchronizedList(new ArrayList<>());

  public MapLookup txt(String name, String text) {
    return add(name, "TXT", text);
  }

  /** What a domain publishes for DMARC. */
  public MapLookup policy(String domain, String record) {
    return txt("_dmarc." + domain, record);
  }

  /** A or AAAA, whichever the address is. */
  public MapLookup address(String name, String address) {
    boolean four = InetAddress.ofLiteral(address) instanceof Inet4Address;
    return add(name, four ? "A" : "AAAA", address);
  }

  /** The preferred first. */
  public MapLookup mx(String name, String host) {
    return add(name, "MX", plain(host));
  }

  /** Of an address. */
  public MapLookup ptr(String address, String host) {
    return ptrOf(reverse(InetAddress.ofLiteral(address)), host);
  }

  /** Of a name below {@code arpa}. */
  public MapLookup ptrOf(String name, String host) {
    return add(name, "PTR", plain(host));
  }

  public MapLookup cname(String name, String target) {
    return add(name, "CNAME", target);
  }

  /** A name that exists, and those above it; without records as long as it gets none. */
  public MapLookup host(String name) {
    String at = key(name);
    existing.add(at);
    while (at.indexOf('.') >= 0) {
      at = at.substring(at.indexOf('.') + 1);
      existing.add(at);
    }
    return this;
  }

  /** Nobody knows about a name; of these types when some are named, of all when not. */
  public MapLookup trouble(String name, String... types) {
    for (String type : types.length == 0 ? new String[] {"TXT", "A", "AAAA", "MX", "PTR"} : types) {
      troubles.add(new Key(key(name), type));
    }
    return this;
  }

  /** Names that were asked for, in their order. */
  public List<String> asked() {
    return List.copyOf(asked);
  }

  private MapLookup add(String name, String type, String value) {
    records.computeIfAbsent(new Key(key(name), type), _ -> new ArrayList<>()).add(value);
    return host(name);
  }

  @Override
  public Answer<String> txt(String name) {
    return find(name, "TXT", text -> text);
  }

  @Override
  public Answer<InetAddress> ipv4(String name) {
    return find(name, "A", InetAddress::ofLiteral);
  }

  @Override
  public Answer<InetAddress> ipv6(String name) {
    return find(name, "AAAA", InetAddress::ofLiteral);
  }

  @Override
  public Answer<String> mx(String name) {
    return find(name, "MX", host -> host);
  }

  @Override
  public Answer<String> ptr(InetAddress address) {
    return find(reverse(address), "PTR", host -> host);
  }

  private <T> Answer<T> find(String name, String type, Function<String, T> reading) {
    if (!isName(name)) {
      return new Answer.NoName<>();
    }
    asked.add(name);
    String at = key(name);
    for (int aliases = 0; aliases < MAX_ALIASES; aliases++) {
      if (troubles.contains(new Key(at, type))) {
        return new Answer.Trouble<>("no answer for " + at);
      }
      List<String> found = records.getOrDefault(new Key(at, type), List.of());
      if (!found.isEmpty()) {
        return new Answer.Found<>(found.stream().map(reading).toList());
      }
      List<String> alias = records.getOrDefault(new Key(at, "CNAME"), List.of());
      if (alias.isEmpty()) {
        return existing.contains(at) ? new Answer.NoData<>() : new Answer.NoName<>();
      }
      at = key(alias.getFirst());
    }
    return new Answer.Trouble<>("the aliases of " + name + " lead nowhere");
  }

  private static boolean isName(String name) {
    String plain = plain(name);
    if (plain.isEmpty() || plain.length() > MAX_NAME) {
      return false;
    }
    for (String label : plain.split("\\.", -1)) {
      if (label.isEmpty() || label.length() > MAX_LABEL) {
        return false;
      }
    }
    return true;
  }

  private static String key(String name) {
    return plain(name).toLowerCase(Locale.ROOT);
  }

  private static String plain(String name) {
    return name.endsWith(".") ? name.substring(0, name.length() - 1) : name;
  }

  private static String reverse(InetAddress address) {
    var name = new StringBuilder();
    byte[] octets = address.getAddress();
    boolean four = octets.length == 4;
    for (int i = octets.length - 1; i >= 0; i--) {
      int octet = octets[i] & 0xFF;
      name.append(four ? octet + "." : String.format("%x.%x.", octet & 0xF, octet >> 4));
    }
    return name.append(four ? "in-addr.arpa" : "ip6.arpa").toString();
  }
}
