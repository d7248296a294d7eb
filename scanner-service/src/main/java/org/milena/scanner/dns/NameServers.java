package org.milena.scanner.dns;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.LongSupplier;
import org.milena.common.failure.UnfitException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Flags;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Record;
import org.xbill.DNS.ResolverConfig;
import org.xbill.DNS.Section;
import org.xbill.DNS.SimpleResolver;
import org.xbill.DNS.Type;

/**
 * The servers that resolve names for us. Each question goes over UDP, and over TCP when the answer
 * does not fit; to the server that answered last, then to the others, three times round.
 */
final class NameServers {
  private static final Logger log = LoggerFactory.getLogger(NameServers.class);

  /**
   * What part of the limit each server has in each round: short at first, since a lost datagram is
   * likelier than a slow server, and one that is slow has the answer when it is asked again.
   */
  private static final double[] ROUNDS = {1 / 12.0, 3 / 12.0, 8 / 12.0};

  private static final int SILENCES = 3;
  private static final Duration PROBE = Duration.ofSeconds(1);

  /** How long nobody asks once none answered. */
  static final Duration PAUSE = Duration.ofSeconds(10);

  private final List<SimpleResolver> servers;
  private final Duration limit;
  private final LongSupplier nanos;
  private final Circuit circuit;
  private volatile int preferred;

  /**
   * @param servers {@code address} or {@code address:port}; those of the machine when empty
   * @param limit for one question with all its tries
   * @param later where they are probed
   * @throws UnfitException when a server is not an address
   */
  NameServers(List<String> servers, Duration limit, LongSupplier nanos, Circuit.Later later) {
    this.servers = servers.isEmpty() ? ofMachine() : named(servers);
    this.limit = limit;
    this.nanos = nanos;
    this.circuit = new Circuit(SILENCES, PAUSE, later, this::probe);
    // what we no longer wait for is not to hold its socket for long
    this.servers.forEach(server -> server.setTimeout(limit));
  }

  private static List<SimpleResolver> ofMachine() {
    List<SimpleResolver> found = new ArrayList<>();
    for (InetSocketAddress address : ResolverConfig.getCurrentConfig().servers()) {
      found.add(new SimpleResolver(address));
    }
    return List.copyOf(found);
  }

  private static List<SimpleResolver> named(List<String> servers) {
    try {
      List<SimpleResolver> found = new ArrayList<>();
      for (String server : servers) {
        found.add(one(server));
      }
      return List.copyOf(found);
    } catch (UnknownHostException | IllegalArgumentException e) {
      throw new UnfitException(
          "milena.scanner.authentication.dns-servers holds what is no address of a name server: "
              + servers,
          e);
    }
  }

  private static SimpleResolver one(String server) throws UnknownHostException {
    int colon = server.lastIndexOf(':');
    boolean withPort = colon > 0 && server.indexOf(':') == colon;
    String address = withPort ? server.substring(0, colon) : server;
    int port =
        withPort ? Integer.parseInt(server.substring(colon + 1)) : SimpleResolver.DEFAULT_PORT;
    if (port < 1 || port > 65_535) {
      throw new IllegalArgumentException("no port: " + port);
    }
    return new SimpleResolver(new InetSocketAddress(InetAddress.ofLiteral(address), port));
  }

  /**
   * Asks.
   *
   * @param deadline by the clock in nanoseconds
   */
  Reply ask(Name name, int type, long deadline) throws InterruptedException {
    if (!circuit.mayAsk()) {
      return new Reply.NotAsked();
    }
    boolean[] helpless = new boolean[servers.size()];
    int first = preferred;
    String reason = "there is no name server";
    String help = "";
    for (int turn = 0; turn < ROUNDS.length * servers.size(); turn++) {
      int index = (first + turn) % servers.size();
      long left = deadline - nanos.getAsLong();
      if (helpless[index] || left <= 0) {
        continue;
      }
      try {
        long share = Math.round(limit.toNanos() * ROUNDS[turn / servers.size()]);
        Message answer = send(servers.get(index), name, type, Math.min(share, left));
        circuit.answered();
        if (helps(answer)) {
          preferred = index;
          return new Reply.Said(answer);
        }
        helpless[index] = true;
        help = fault(answer) + " for " + name;
      } catch (IOException | TimeoutException e) {
        reason = "no answer for " + name;
        log.debug("{}: {}", reason, e.getMessage()); // the reason itself is shown to strangers
      }
    }
    if (!help.isEmpty()) {
      return new Reply.Helpless(help);
    }
    circuit.silent();
    return new Reply.Silence(reason);
  }

  private static Message send(SimpleResolver server, Name name, int type, long nanos)
      throws InterruptedException, IOException, TimeoutException {
    Message query = Message.newQuery(Record.newRecord(name, type, DClass.IN));
    CompletableFuture<Message> answer = server.sendAsync(query).toCompletableFuture();
    try {
      return answer.get(nanos, TimeUnit.NANOSECONDS);
    } catch (TimeoutException e) {
      answer.cancel(true);
      var late = new TimeoutException(server.getAddress() + " is silent");
      late.initCause(e);
      throw late;
    } catch (ExecutionException e) {
      throw new IOException(server.getAddress() + ", " + e.getCause(), e);
    }
  }

  /** A referral of a server that does not recurse is no word on what there is. */
  private static boolean helps(Message answer) {
    int rcode = answer.getRcode();
    return rcode == Rcode.NXDOMAIN || (rcode == Rcode.NOERROR && !isReferral(answer));
  }

  private static boolean isReferral(Message answer) {
    return !answer.getHeader().getFlag(Flags.AA)
        && !answer.getHeader().getFlag(Flags.RA)
        && answer.getSection(Section.ANSWER).isEmpty();
  }

  private static String fault(Message answer) {
    return answer.getRcode() == Rcode.NOERROR
        ? "the name server does not recurse"
        : Rcode.string(answer.getRcode());
  }

  /** Whether none answers, so that none is asked. */
  boolean areAway() {
    return !circuit.mayAsk();
  }

  /** Asks each for what it has at hand whatever happens elsewhere: the servers of the root. */
  private Circuit.Sign probe() {
    for (SimpleResolver server : servers) {
      try {
        send(server, Name.root, Type.NS, PROBE.toNanos() / servers.size());
        return Circuit.Sign.LIFE;
      } catch (IOException | TimeoutException _) {
        continue; // the next may be alive
      } catch (InterruptedException _) {
        Thread.currentThread().interrupt();
        return Circuit.Sign.NONE;
      }
    }
    return Circuit.Sign.SILENCE;
  }
}
