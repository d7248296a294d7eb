package org.milena.testkit.dns;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.xbill.DNS.AAAARecord;
import org.xbill.DNS.ARecord;
import org.xbill.DNS.CNAMERecord;
import org.xbill.DNS.DClass;
import org.xbill.DNS.MXRecord;
import org.xbill.DNS.Name;
import org.xbill.DNS.PTRRecord;
import org.xbill.DNS.Record;
import org.xbill.DNS.ReverseMap;
import org.xbill.DNS.TXTRecord;
import org.xbill.DNS.Type;

/**
 * What a {@link TestNameServer} answers. All names are absolute, with or without the last dot, in
 * any case; whatever stands between two dots is a label as it is. May be changed at any time.
 *
 * <p>A behaviour holds for the types it names, or for all when it names none: {@code
 * silence("example.org", "TXT")}.
 */
public final class TestZone {

  /** How a name is answered when not plainly. */
  sealed interface Behaviour {

    /** With an error. */
    record Error(int rcode) implements Behaviour {}

    /** Not at all. */
    record Silence() implements Behaviour {}

    /** Over UDP with nothing but the flag TC, over TCP in full. */
    record Truncation() implements Behaviour {}

    /** After a while. */
    record Delay(Duration by) implements Behaviour {}
  }

  private static final int DEFAULT_TTL = 300;
  private static final int LONGEST_STRING = 255;

  private final Map<Name, List<Record>> records = new ConcurrentHashMap<>();
  private final Map<Name, Map<Integer, Behaviour>> behaviours = new ConcurrentHashMap<>();
  private volatile int ttl = DEFAULT_TTL;
  private volatile int negativeTtl = DEFAULT_TTL;
  private volatile boolean silent;

  /** An A or AAAA record, whichever the address is. */
  public TestZone address(String name, String address) {
    InetAddress parsed = InetAddress.ofLiteral(address);
    Name owner = name(name);
    return add(
        parsed instanceof Inet6Address
            ? new AAAARecord(owner, DClass.IN, ttl, parsed)
            : new ARecord(owner, DClass.IN, ttl, parsed));
  }

  /** A TXT record in UTF-8, cut into as many strings as it needs. */
  public TestZone txt(String name, String text) {
    return txt(name, text.getBytes(StandardCharsets.UTF_8));
  }

  /** A TXT record of any octets, cut into as many strings as it needs. */
  public TestZone txt(String name, byte[] octets) {
    List<byte[]> strings = new ArrayList<>();
    for (int at = 0; at == 0 || at < octets.length; at += LONGEST_STRING) {
      strings.add(Arrays.copyOfRange(octets, at, Math.min(at + LONGEST_STRING, octets.length)));
    }
    return txtStrings(name, strings);
  }

  /** A TXT record of just these strings. */
  public TestZone txtStrings(String name, List<byte[]> strings) {
    List<String> quoted = strings.stream().map(TestZone::quoted).toList();
    return add(new TXTRecord(name(name), DClass.IN, ttl, quoted));
  }

  /** An MX record; the empty host is the null MX (RFC 7505). */
  public TestZone mx(String name, int preference, String host) {
    return add(new MXRecord(name(name), DClass.IN, ttl, preference, name(host)));
  }

  /** A PTR record of an address, or of a name below {@code arpa}. */
  public TestZone ptr(String addressOrName, String host) {
    boolean named = addressOrName.endsWith("arpa") || addressOrName.endsWith("arpa.");
    Name owner =
        named ? name(addressOrName) : ReverseMap.fromAddress(InetAddress.ofLiteral(addressOrName));
    return add(new PTRRecord(owner, DClass.IN, ttl, name(host)));
  }

  /** An alias. */
  public TestZone cname(String name, String target) {
    return add(new CNAMERecord(name(name), DClass.IN, ttl, name(target)));
  }

  /** How long records that are added from now on may be kept: 300 s when nothing is said. */
  public TestZone ttl(Duration time) {
    ttl = Math.toIntExact(time.toSeconds());
    return this;
  }

  /** How long "there is none" may be kept: 300 s when nothing is said. */
  public TestZone negativeTtl(Duration time) {
    negativeTtl = Math.toIntExact(time.toSeconds());
    return this;
  }

  /** Forgets all records of a name and how it is to be answered. */
  public TestZone remove(String name) {
    records.remove(name(name));
    return heal(name);
  }

  /** Questions for the name are answered with SERVFAIL. */
  public TestZone servfail(String name, String... types) {
    return behave(name, new Behaviour.Error(org.xbill.DNS.Rcode.SERVFAIL), types);
  }

  /** Questions for the name are answered with REFUSED. */
  public TestZone refuse(String name, String... types) {
    return behave(name, new Behaviour.Error(org.xbill.DNS.Rcode.REFUSED), types);
  }

  /** Questions for the name are not answered. */
  public TestZone silence(String name, String... types) {
    return behave(name, new Behaviour.Silence(), types);
  }

  /** Answers for the name are whole over TCP only. */
  public TestZone truncate(String name, String... types) {
    return behave(name, new Behaviour.Truncation(), types);
  }

  /** Answers for the name come late. */
  public TestZone delay(String name, Duration by, String... types) {
    return behave(name, new Behaviour.Delay(by), types);
  }

  /** The name is answered plainly again. */
  public TestZone heal(String name) {
    behaviours.remove(name(name));
    return this;
  }

  /** Whether no question at all is answered. */
  public TestZone silent(boolean whole) {
    silent = whole;
    return this;
  }

  boolean isSilent() {
    return silent;
  }

  int negativeTtl() {
    return negativeTtl;
  }

  List<Record> at(Name name, int type) {
    return records.getOrDefault(name, List.of()).stream()
        .filter(record -> record.getType() == type)
        .toList();
  }

  /** Whether there is the name, or one below it (RFC 8020). */
  boolean holds(Name name) {
    return records.keySet().stream().anyMatch(owner -> owner.subdomain(name));
  }

  /** How a question is to be answered; plainly when null. */
  @org.jspecify.annotations.Nullable
  Behaviour behaviour(Name name, int type) {
    Map<Integer, Behaviour> ofName = behaviours.getOrDefault(name, Map.of());
    Behaviour ofType = ofName.get(type);
    return ofType == null ? ofName.get(Type.ANY) : ofType;
  }

  private TestZone behave(String name, Behaviour behaviour, String... types) {
    behaviours.compute(
        name(name),
        (_, old) -> {
          Map<Integer, Behaviour> all = old == null ? new HashMap<>() : new HashMap<>(old);
          if (types.length == 0) {
            all.put(Type.ANY, behaviour);
          }
          for (String type : types) {
            all.put(Type.value(type), behaviour);
          }
          return Map.copyOf(all);
        });
    return this;
  }

  private TestZone add(Record record) {
    records.computeIfAbsent(record.getName(), _ -> new CopyOnWriteArrayList<>()).add(record);
    return this;
  }

  /** In the master file form that dnsjava reads. */
  private static String quoted(byte[] octets) {
    var text = new StringBuilder();
    for (byte octet : octets) {
      text.append(String.format("\\%03d", octet & 0xFF));
    }
    return text.toString();
  }

  /** Label by label, so that no character means anything but itself. */
  static Name name(String text) {
    String plain = text.endsWith(".") ? text.substring(0, text.length() - 1) : text;
    var wire = new java.io.ByteArrayOutputStream();
    if (!plain.isEmpty()) {
      for (String label : plain.split("\\.", -1)) {
        byte[] octets = label.getBytes(StandardCharsets.UTF_8);
        if (octets.length == 0 || octets.length > 63) {
          throw new IllegalArgumentException("no DNS label: \"" + label + "\" in " + text);
        }
        wire.write(octets.length);
        wire.writeBytes(octets);
      }
    }
    wire.write(0);
    try {
      return new Name(wire.toByteArray());
    } catch (IOException e) {
      throw new UncheckedIOException("no DNS name: " + text, e);
    }
  }
}
