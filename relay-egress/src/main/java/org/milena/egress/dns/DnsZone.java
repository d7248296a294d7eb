package org.milena.egress.dns;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.milena.common.failure.UnfitException;
import org.xbill.DNS.AAAARecord;
import org.xbill.DNS.ARecord;
import org.xbill.DNS.Cache;
import org.xbill.DNS.DClass;
import org.xbill.DNS.ExtendedResolver;
import org.xbill.DNS.MXRecord;
import org.xbill.DNS.Name;
import org.xbill.DNS.Record;
import org.xbill.DNS.Resolver;
import org.xbill.DNS.SimpleResolver;
import org.xbill.DNS.TextParseException;
import org.xbill.DNS.Type;
import org.xbill.DNS.lookup.LookupSession;
import org.xbill.DNS.lookup.NoSuchDomainException;
import org.xbill.DNS.lookup.NoSuchRRSetException;

/** The real DNS, with a cache that keeps what the zones allow. */
final class DnsZone implements Zone {
  private static final int CACHED = 50_000;

  private final LookupSession session;
  private final Duration limit;

  /**
   * @param servers {@code address} or {@code address:port}; those of the machine when empty
   * @param limit for one look-up with all its retries
   * @throws UnfitException when a server is not an address
   */
  DnsZone(List<String> servers, Duration limit) {
    this.limit = limit;
    Cache cache = new Cache(DClass.IN);
    cache.setMaxEntries(CACHED);
    this.session = LookupSession.builder().resolver(resolver(servers)).cache(cache).build();
  }

  private static Resolver resolver(List<String> servers) {
    try {
      if (servers.isEmpty()) {
        ExtendedResolver all = new ExtendedResolver();
        all.setTimeout(Duration.ofSeconds(5));
        return all;
      }
      List<Resolver> named = new ArrayList<>();
      for (String server : servers) {
        named.add(one(server));
      }
      ExtendedResolver all = new ExtendedResolver(named);
      all.setTimeout(Duration.ofSeconds(5));
      return all;
    } catch (UnknownHostException | IllegalArgumentException e) {
      throw new UnfitException(
          "milena.egress.dns-servers holds what is no address of a name server: " + servers, e);
    }
  }

  private static SimpleResolver one(String server) throws UnknownHostException {
    int colon = server.lastIndexOf(':');
    boolean withPort = colon > 0 && server.indexOf(':') == colon;
    SimpleResolver resolver =
        new SimpleResolver(InetAddress.ofLiteral(withPort ? server.substring(0, colon) : server));
    if (withPort) {
      resolver.setPort(Integer.parseInt(server.substring(colon + 1)));
    }
    return resolver;
  }

  @Override
  public Answer<Exchange> exchangers(String name) {
    return lookup(
        name,
        Type.MX,
        record ->
            record instanceof MXRecord mx
                ? new Exchange(mx.getPriority(), plain(mx.getTarget()))
                : null);
  }

  /** Without the final dot; the root is empty. */
  private static String plain(Name name) {
    return name.equals(Name.root) ? "" : name.toString(true);
  }

  @Override
  public Answer<InetAddress> addresses(String name) {
    Answer<InetAddress> four =
        lookup(name, Type.A, record -> record instanceof ARecord a ? a.getAddress() : null);
    if (four instanceof NoName<InetAddress>) {
      return four;
    }
    Answer<InetAddress> six =
        lookup(name, Type.AAAA, record -> record instanceof AAAARecord a ? a.getAddress() : null);
    List<InetAddress> all = new ArrayList<>();
    if (four instanceof Found<InetAddress>(List<InetAddress> found)) {
      all.addAll(found);
    }
    if (six instanceof Found<InetAddress>(List<InetAddress> found)) {
      all.addAll(found);
    }
    if (!all.isEmpty()) {
      return new Found<>(all);
    }
    return four instanceof Trouble<InetAddress> ? four : six;
  }

  private <T> Answer<T> lookup(String name, int type, Function<Record, @Nullable T> read) {
    try {
      List<T> found = new ArrayList<>();
      for (Record record :
          session
              .lookupAsync(Name.fromString(name + "."), type)
              .toCompletableFuture()
              .get(limit.toMillis(), TimeUnit.MILLISECONDS)
              .getRecords()) {
        T one = read.apply(record);
        if (one != null) {
          found.add(one);
        }
      }
      return found.isEmpty() ? new NoRecords<>() : new Found<>(found);
    } catch (TextParseException e) {
      return new NoName<>(); // a name DNS cannot hold
    } catch (TimeoutException e) {
      return new Trouble<>("no answer within " + limit.toSeconds() + " s");
    } catch (ExecutionException e) {
      return switch (e.getCause()) {
        case NoSuchDomainException _ -> new NoName<>();
        case NoSuchRRSetException _ -> new NoRecords<>();
        case null, default -> new Trouble<>(String.valueOf(e.getCause()));
      };
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return new Trouble<>("interrupted");
    }
  }
}
