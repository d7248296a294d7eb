package org.milena.scanner.dns;

import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import java.util.function.LongSupplier;
import org.milena.common.failure.UnfitException;
import org.milena.scanner.authentication.lookup.Answer;
import org.milena.scanner.authentication.lookup.LookupListener;
import org.milena.scanner.authentication.lookup.NameLookup;
import org.milena.scanner.dns.AnswerCache.Kept;
import org.milena.scanner.dns.AnswerCache.Question;
import org.xbill.DNS.AAAARecord;
import org.xbill.DNS.ARecord;
import org.xbill.DNS.MXRecord;
import org.xbill.DNS.Name;
import org.xbill.DNS.PTRRecord;
import org.xbill.DNS.Record;
import org.xbill.DNS.ReverseMap;
import org.xbill.DNS.TXTRecord;
import org.xbill.DNS.Type;

/**
 * The real DNS. Whoever asks for the same at the same time shares the answer. TXT records are read
 * as UTF-8, what is none as U+FFFD; one of more than 16 KiB is left out.
 *
 * <p>Whether silent servers are back is probed on a thread of its own; {@link #close} ends that,
 * and nothing else.
 */
public final class DnsLookup implements NameLookup, AutoCloseable {
  private static final Duration LIMIT = Duration.ofSeconds(5);
  private static final Duration TROUBLE = Duration.ofSeconds(30);
  private static final Duration LONGEST = Duration.ofDays(1);
  private static final Duration LONGEST_NOTHING = Duration.ofHours(1); // RFC 2308 section 5
  private static final Duration GRACE = Duration.ofSeconds(2);
  private static final long CACHE_OCTETS = 32L * 1024 * 1024;
  private static final int MAX_TXT = 16 * 1024;
  private static final int MAX_ONWARD = 4;

  private static final Kept NOT_ASKED = trouble("no name server answers", Duration.ZERO);

  private final NameServers servers;
  private final Duration limit;
  private final LongSupplier nanos;
  private final LookupListener listener;
  private final Runnable stop;
  private final AnswerCache cache;
  private final Map<Question, CompletableFuture<Kept>> underWay = new ConcurrentHashMap<>();

  /**
   * With the usual limit, 5 seconds.
   *
   * @param servers {@code address} or {@code address:port}; those of the machine when empty
   * @throws UnfitException when a server is not an address
   */
  public DnsLookup(List<String> servers) {
    this(servers, LIMIT, LookupListener.NONE);
  }

  /**
   * With a limit.
   *
   * @param servers {@code address} or {@code address:port}; those of the machine when empty
   * @param limit for one look-up with all its tries
   * @param listener told of look-ups that were not answered from memory
   * @throws UnfitException when a server is not an address
   */
  public DnsLookup(List<String> servers, Duration limit, LookupListener listener) {
    this(
        servers,
        limit,
        listener,
        Executors.newSingleThreadScheduledExecutor(Thread.ofVirtual().name("dns-probe").factory()));
  }

  private DnsLookup(
      List<String> servers,
      Duration limit,
      LookupListener listener,
      ScheduledExecutorService probes) {
    this(
        new NameServers(
            servers,
            limit,
            System::nanoTime,
            (delay, work) -> {
              var _ = probes.schedule(work, delay.toNanos(), TimeUnit.NANOSECONDS);
            }),
        limit,
        System::nanoTime,
        listener,
        probes::shutdownNow);
  }

  DnsLookup(
      NameServers servers,
      Duration limit,
      LongSupplier nanos,
      LookupListener listener,
      Runnable stop) {
    this.servers = servers;
    this.limit = limit;
    this.nanos = nanos;
    this.listener = listener;
    this.stop = stop;
    this.cache = new AnswerCache(CACHE_OCTETS, nanos);
  }

  /** Whether no name server answers, so that none is asked until one does again. */
  public boolean isAway() {
    return servers.areAway();
  }

  @Override
  public void close() {
    stop.run();
  }

  @Override
  public Answer<String> txt(String name) {
    return lookup(Names.read(name), Type.TXT, DnsLookup::text);
  }

  @Override
  public Answer<InetAddress> ipv4(String name) {
    return lookup(
        Names.read(name),
        Type.A,
        record -> record instanceof ARecord a ? Optional.of(a.getAddress()) : Optional.empty());
  }

  @Override
  public Answer<InetAddress> ipv6(String name) {
    return lookup(
        Names.read(name),
        Type.AAAA,
        record -> record instanceof AAAARecord a ? Optional.of(a.getAddress()) : Optional.empty());
  }

  @Override
  public Answer<String> mx(String name) {
    return lookup(
        Names.read(name),
        Type.MX,
        record ->
            record instanceof MXRecord mx
                ? Optional.of(Names.text(mx.getTarget()))
                : Optional.empty());
  }

  @Override
  public Answer<String> ptr(InetAddress address) {
    return lookup(
        Optional.of(ReverseMap.fromAddress(address)),
        Type.PTR,
        record ->
            record instanceof PTRRecord p
                ? Optional.of(Names.text(p.getTarget()))
                : Optional.empty());
  }

  private static Optional<String> text(Record record) {
    if (!(record instanceof TXTRecord txt)) {
      return Optional.empty();
    }
    var octets = new java.io.ByteArrayOutputStream();
    for (Object string : txt.getStringsAsByteArrays()) {
      octets.writeBytes((byte[]) string);
    }
    return octets.size() > MAX_TXT
        ? Optional.empty()
        : Optional.of(octets.toString(StandardCharsets.UTF_8));
  }

  private <T> Answer<T> lookup(
      Optional<Name> name, int type, Function<Record, Optional<T>> reading) {
    if (name.isEmpty()) {
      return new Answer.NoName<>();
    }
    return switch (find(new Question(name.get(), type))) {
      case Answer.Found<Record>(var records) -> {
        List<T> read = records.stream().map(reading).flatMap(Optional::stream).toList();
        yield read.isEmpty() ? new Answer.NoData<>() : new Answer.Found<>(read);
      }
      case Answer.NoData<Record>() -> new Answer.NoData<>();
      case Answer.NoName<Record>() -> new Answer.NoName<>();
      case Answer.Trouble<Record>(String reason) -> new Answer.Trouble<>(reason);
    };
  }

  private Answer<Record> find(Question question) {
    long patience = nanos.getAsLong() + limit.plus(GRACE).toNanos();
    try {
      while (nanos.getAsLong() - patience < 0) {
        Optional<Kept> known = cache.find(question);
        if (known.isPresent()) {
          return known.get().answer();
        }
        var mine = new CompletableFuture<Kept>();
        CompletableFuture<Kept> other = underWay.putIfAbsent(question, mine);
        if (other == null) {
          return lead(question, mine).answer();
        }
        try {
          return other.get(patience - nanos.getAsLong(), TimeUnit.NANOSECONDS).answer();
        } catch (CancellationException _) {
          continue; // whoever asked was interrupted, so somebody else must
        }
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      return new Answer.Trouble<>("interrupted");
    } catch (TimeoutException _) {
      return new Answer.Trouble<>("no answer within " + limit.toMillis() + " ms");
    } catch (ExecutionException e) {
      throw new IllegalStateException("looking up " + question, e.getCause());
    }
    return new Answer.Trouble<>("no answer within " + limit.toMillis() + " ms");
  }

  /** Asks for everybody who wants to know. */
  private Kept lead(Question question, CompletableFuture<Kept> mine) throws InterruptedException {
    try {
      Optional<Kept> meanwhile = cache.find(question);
      Kept found = meanwhile.isPresent() ? meanwhile.get() : ask(question);
      if (meanwhile.isEmpty()) {
        cache.keep(question, found);
        listener.lookedUp(ending(found));
      }
      mine.complete(found);
      return found;
    } finally {
      underWay.remove(question, mine);
      mine.cancel(false); // nothing happens where it is complete
    }
  }

  private static LookupListener.Ending ending(Kept found) {
    if (found.equals(NOT_ASKED)) {
      return LookupListener.Ending.NOT_ASKED;
    }
    return found.answer() instanceof Answer.Trouble<Record>
        ? LookupListener.Ending.TROUBLE
        : LookupListener.Ending.ANSWERED;
  }

  private Kept ask(Question question) throws InterruptedException {
    long deadline = nanos.getAsLong() + limit.toNanos();
    Set<Name> seen = new HashSet<>(Set.of(question.name()));
    Name at = question.name();
    long ttl = LONGEST.toSeconds();
    for (int onward = 0; onward < MAX_ONWARD; onward++) {
      switch (servers.ask(at, question.type(), deadline)) {
        case Reply.Said(var message) -> {
          switch (Chain.follow(message, at, question.type(), seen)) {
            case Chain.Records(var records, long seconds) -> {
              return new Kept(new Answer.Found<>(inOrder(records)), seconds(ttl, seconds));
            }
            case Chain.Nothing(boolean name, long seconds) -> {
              Duration time = seconds(Math.min(ttl, LONGEST_NOTHING.toSeconds()), seconds);
              return new Kept(name ? new Answer.NoData<>() : new Answer.NoName<>(), time);
            }
            case Chain.Onward(var target, long seconds) -> {
              at = target;
              ttl = Math.min(ttl, seconds);
            }
            case Chain.Circle() -> {
              return trouble("the aliases of " + question.name() + " lead nowhere", TROUBLE);
            }
          }
        }
        case Reply.Helpless(var reason) -> {
          return trouble(reason, TROUBLE);
        }
        case Reply.Silence(var reason) -> {
          return trouble(reason, TROUBLE);
        }
        case Reply.NotAsked() -> {
          return NOT_ASKED;
        }
      }
    }
    return trouble("the aliases of " + question.name() + " lead too far", TROUBLE);
  }

  private static Duration seconds(long some, long more) {
    return Duration.ofSeconds(Math.min(some, more));
  }

  private static Kept trouble(String reason, Duration time) {
    return new Kept(new Answer.Trouble<>(reason), time);
  }

  /** Mail hosts by preference; the rest as it came. */
  private static List<Record> inOrder(List<Record> records) {
    List<Record> order = new ArrayList<>(records);
    order.sort(
        Comparator.comparingInt(record -> record instanceof MXRecord mx ? mx.getPriority() : 0));
    return order;
  }
}
