package org.milena.egress.net;

import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.milena.common.mail.MailAddress;
import org.milena.egress.content.ContentShelf;
import org.milena.egress.job.Carriage;
import org.milena.egress.job.Consignment;
import org.milena.egress.job.Report;
import org.milena.egress.job.Tenure;
import org.milena.egress.outcome.Happening;
import org.milena.egress.outcome.Happening.Crowded;
import org.milena.egress.outcome.Happening.Suspended;
import org.milena.egress.personal.Personalizer;
import org.milena.egress.route.Host;
import org.milena.egress.route.NextHops;
import org.milena.egress.route.Resolution;
import org.milena.egress.session.SmtpSession;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Carries consignments over SMTP: finds their sites and sends workers there. */
public final class Sites implements Carriage, AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(Sites.class);

  private final NetSettings settings;
  private final NextHops hops;
  private final ContentShelf shelf;
  private final Personalizer personalizer;
  private final Watch watch;
  private final Connector connector;
  private final Gate gate = new Gate();
  private final Semaphore connections;
  private final NetMeters meters;
  private final Map<String, Site> sites = new ConcurrentHashMap<>();
  private final Set<Flight> flights = ConcurrentHashMap.newKeySet();
  private volatile Consumer<Report> reports = Sites::nobodyListens;

  /** A transaction under way. */
  static final class Flight {
    final Consignment consignment;
    final SmtpSession session;

    Flight(Consignment consignment, SmtpSession session) {
      this.consignment = consignment;
      this.session = session;
    }
  }

  public Sites(
      NetSettings settings,
      NextHops hops,
      ContentShelf shelf,
      Personalizer personalizer,
      MeterRegistry registry) {
    this.settings = settings;
    this.hops = hops;
    this.shelf = shelf;
    this.personalizer = personalizer;
    this.watch = new Watch(this::lookAfter);
    this.connector = new Connector(settings, watch);
    this.connections = new Semaphore(settings.maxConnectionsInAll(), true);
    this.meters =
        new NetMeters(
            registry,
            watch::open,
            () -> sites.values().stream().mapToInt(Site::queued).sum(),
            flights::size,
            this::oldestSeconds);
  }

  private static void nobodyListens(Report report) {
    throw new IllegalStateException("a report before anybody listens: " + report);
  }

  @Override
  public void reportTo(Consumer<Report> listener) {
    reports = listener;
  }

  @Override
  public void accept(Consignment consignment) {
    String destination = consignment.delivery().destination();
    Optional<Resolution> known = hops.known(destination);
    if (known.isPresent()) {
      place(consignment, known.get());
    } else {
      Thread.ofVirtual()
          .name("egress-route")
          .start(() -> place(consignment, hops.resolve(destination)));
    }
  }

  private void place(Consignment consignment, Resolution resolution) {
    switch (resolution) {
      case Resolution.None(var why) -> reportAll(consignment, why);
      case Resolution.Hosts(String name, List<Host> hosts) -> {
        boolean placed = false;
        while (!placed) {
          Site site = sites.computeIfAbsent(name, _ -> new Site(name, hosts, settings));
          placed = place(consignment, site, hosts);
        }
      }
    }
  }

  private boolean place(Consignment consignment, Site site, List<Host> hosts) {
    Suspended rest = site.resting(System.nanoTime());
    if (rest != null) {
      reportAll(consignment, rest);
      return true;
    }
    int room = site.room();
    if (consignment.size() > room) {
      List<MailAddress> some = consignment.take(room);
      reportAll(consignment, new Crowded(site.name() + " has " + site.queued() + " waiting"));
      consignment.putBack(some);
      if (some.isEmpty()) {
        return true;
      }
    }
    if (!site.add(consignment, hosts)) {
      return false; // forgotten in between
    }
    boolean hire = site.wantsMore();
    while (hire) {
      Thread.ofVirtual().name("egress-worker").start(() -> work(site));
      hire = site.wantsMore();
    }
    return true;
  }

  private void work(Site site) {
    try {
      connections.acquire();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      site.leave();
      return;
    }
    try {
      new Worker(this, site).run();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      connections.release();
    }
  }

  /** Sends one worker more to a site that has become quicker. */
  void grow(Site site) {
    if (site.wantsMore()) {
      Thread.ofVirtual().name("egress-worker").start(() -> work(site));
    }
  }

  /** A site refused or was not there. */
  void failed(Site site, Suspended why, boolean unreachable) {
    List<Consignment> left = site.failed(why, unreachable, System.nanoTime());
    if (site.resting(System.nanoTime()) != null) {
      meters.unreachable.increment();
      log.info(
          "{} is left alone for {} s: {}",
          site.name(),
          settings.rest().toSeconds(),
          why.lastReason());
    }
    left.forEach(consignment -> reportAll(consignment, why));
  }

  private void reportAll(Consignment consignment, Happening happening) {
    List<MailAddress> all = consignment.takeAll();
    if (!all.isEmpty()) {
      report(Report.same(consignment, all, happening));
    }
  }

  void report(Report report) {
    if (!report.fates().isEmpty()) {
      reports.accept(report);
    }
  }

  @Override
  public boolean hasRoom(String destination) {
    Optional<Resolution> known = hops.known(destination);
    if (known.isPresent() && known.get() instanceof Resolution.Hosts(String name, _)) {
      Site site = sites.get(name);
      return site == null
          || (site.resting(System.nanoTime()) == null && site.room() > settings.maxQueued() / 2);
    }
    return true;
  }

  @Override
  public void letGo(Tenure tenure, Duration patience) {
    tenure.end();
    long end = System.nanoTime() + patience.toNanos();
    while (isInFlight(tenure) && end - System.nanoTime() > 0) {
      awaitLanding(10);
    }
    List<Flight> late =
        flights.stream().filter(flight -> flight.consignment.tenure() == tenure).toList();
    for (Flight flight : late) {
      log.warn("cut off a transaction of {}: it may be sent twice", flight.consignment);
      flight.session.close();
    }
  }

  private boolean isInFlight(Tenure tenure) {
    return flights.stream().anyMatch(flight -> flight.consignment.tenure() == tenure);
  }

  void begin(Flight flight) {
    flights.add(flight);
  }

  void end(Flight flight) {
    flights.remove(flight);
    synchronized (flights) {
      flights.notifyAll();
    }
  }

  private void awaitLanding(long millis) {
    synchronized (flights) {
      try {
        flights.wait(millis);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
  }

  @Override
  public void hold(boolean held) {
    gate.hold(held);
  }

  /** Now and then: puts off what waits too long, closes what rests too long. */
  private void lookAfter() {
    long now = System.nanoTime();
    for (Site site : sites.values()) {
      if (settings.manySites()) {
        for (Consignment late : site.overdue(now, gate.openNanos(now))) {
          reportAll(
              late,
              new Crowded(
                  site.name() + " is slow: waited " + settings.maxWait().toSeconds() + " s"));
        }
      }
      close(site.stale(now, false));
    }
    sites.values().removeIf(site -> site.forget(now));
  }

  private static void close(List<Line> lines) {
    for (Line line : lines) {
      Thread.ofVirtual().name("egress-quit").start(line.session()::quit);
    }
  }

  private Number oldestSeconds() {
    long now = System.nanoTime();
    return sites.values().stream()
        .mapToLong(Site::oldestNanos)
        .filter(at -> at != 0)
        .map(at -> (now - at) / 1_000_000_000)
        .max()
        .orElse(0);
  }

  NetSettings settings() {
    return settings;
  }

  ContentShelf shelf() {
    return shelf;
  }

  Personalizer personalizer() {
    return personalizer;
  }

  Connector connector() {
    return connector;
  }

  Gate gate() {
    return gate;
  }

  NetMeters meters() {
    return meters;
  }

  /** Cuts everything off. What was under way is not reported. */
  @Override
  public void close() {
    gate.close();
    for (Site site : sites.values()) {
      site.stale(System.nanoTime(), true).forEach(line -> line.session().quit());
    }
    watch.close();
  }

  /** For tests: the site of this name, if there is work for it. */
  @Nullable Site find(String name) {
    return sites.get(name);
  }
}
