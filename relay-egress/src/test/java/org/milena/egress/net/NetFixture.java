package org.milena.egress.net;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import org.milena.common.event.Delivery;
import org.milena.common.event.DeliveryId;
import org.milena.common.event.MailJson;
import org.milena.common.event.MailMeta;
import org.milena.common.event.MailPointer;
import org.milena.common.event.OutgoingMeta;
import org.milena.common.event.RecordHeaders;
import org.milena.common.event.RecordPosition;
import org.milena.common.event.ReturnPath;
import org.milena.common.mail.ListId;
import org.milena.common.mail.MailAddress;
import org.milena.common.mail.MailId;
import org.milena.common.mail.RawMessage;
import org.milena.common.mail.ReversePath;
import org.milena.common.stage.DeadPointerException;
import org.milena.common.stage.InRecord;
import org.milena.common.stage.MailReader;
import org.milena.common.token.Keyring;
import org.milena.common.token.SignedTokens;
import org.milena.common.token.VerpTags;
import org.milena.egress.content.ContentShelf;
import org.milena.egress.job.Consignment;
import org.milena.egress.job.Report;
import org.milena.egress.job.Tenure;
import org.milena.egress.outcome.AttemptOutcome;
import org.milena.egress.outcome.Happening;
import org.milena.egress.outcome.Judge;
import org.milena.egress.personal.Personalizer;
import org.milena.egress.route.Host;
import org.milena.egress.route.NextHops;
import org.milena.egress.route.Resolution;
import org.milena.egress.session.Timeouts;

/** Sites with messages in memory and hosts on loopback. */
final class NetFixture implements AutoCloseable, MailReader {
  static final ListId LIST = ListId.of("users.lists.example.org");

  final Sites sites;
  final Tenure tenure = new Tenure(0);
  final Map<String, Resolution> routes = new ConcurrentHashMap<>();
  private final Map<MailPointer, RawMessage> messages = new ConcurrentHashMap<>();
  private final List<Report.Fate> fates = new ArrayList<>();
  private long offset;

  NetFixture(NetSettings settings) {
    Keyring keys =
        new Keyring(
            Map.of('a', "0123456789abcdef0123456789abcdef".getBytes(StandardCharsets.UTF_8)));
    InstantSource clock = InstantSource.system();
    NextHops hops =
        new NextHops() {
          @Override
          public Resolution resolve(String destination) {
            return routes.getOrDefault(
                destination,
                new Resolution.None(
                    new Happening.Unroutable(Happening.NoRoute.NO_SUCH_DOMAIN, "none")));
          }

          @Override
          public Optional<Resolution> known(String destination) {
            return Optional.ofNullable(routes.get(destination));
          }
        };
    sites =
        new Sites(
            settings,
            hops,
            new ContentShelf(this, 1 << 20),
            new Personalizer(new VerpTags(keys), new SignedTokens(keys, clock), clock),
            new SimpleMeterRegistry());
    sites.reportTo(this::told);
  }

  static NetSettings settings(boolean manySites) {
    return new NetSettings(
        "us.example",
        true,
        new Timeouts(
            Duration.ofSeconds(2),
            Duration.ofMillis(1500),
            Duration.ofMillis(1500),
            Duration.ofMillis(1500),
            Duration.ofMillis(1500)),
        3,
        6,
        50,
        100,
        50,
        Duration.ofSeconds(5),
        100,
        Duration.ofSeconds(2),
        Duration.ofSeconds(1),
        manySites);
  }

  NetFixture route(String destination, int... ports) {
    List<Host> hosts =
        Arrays.stream(ports)
            .mapToObj(port -> new Host("localhost", InetAddress.getLoopbackAddress(), port))
            .toList();
    routes.put(destination, new Resolution.Hosts(destination, hosts));
    return this;
  }

  MailPointer message(String text) {
    MailId id = MailId.next(InstantSource.system(), new Random());
    RawMessage message = RawMessage.wrap(text.getBytes(StandardCharsets.ISO_8859_1));
    MailPointer pointer =
        new MailPointer(new RecordPosition("mail.outgoing", 0, offset), id, message.sha256());
    messages.put(pointer, message);
    return pointer;
  }

  @Override
  public StoredMail read(MailPointer pointer) {
    RawMessage message = messages.get(pointer);
    if (message == null) {
      throw new DeadPointerException("nothing there");
    }
    String meta =
        MailJson.text(
            new OutgoingMeta(
                pointer.mailId(),
                null,
                OutgoingMeta.Kind.RELAY,
                new MailMeta.BodyFacts(false, false)));
    return new StoredMail(
        message,
        new InRecord(
            pointer.position(),
            null,
            message.unsafeBytes(),
            Map.of(RecordHeaders.META, meta.getBytes(StandardCharsets.UTF_8)),
            Instant.EPOCH));
  }

  Consignment send(MailPointer content, boolean personal, String... recipients) {
    List<MailAddress> people = Arrays.stream(recipients).map(MailAddress::of).toList();
    Delivery delivery =
        new Delivery(
            content,
            OutgoingMeta.Kind.RELAY,
            LIST,
            people.getFirst().domain(),
            personal
                ? new ReturnPath.Verp(MailAddress.of("users-bounces@lists.example.org"))
                : new ReturnPath.Fixed(ReversePath.of("a@b.example")),
            null,
            people,
            Instant.EPOCH);
    Consignment consignment =
        new Consignment(
            new DeliveryId(0, offset++), delivery, people, false, tenure, System.nanoTime());
    sites.accept(consignment);
    return consignment;
  }

  private synchronized void told(Report report) {
    fates.addAll(report.fates());
    notifyAll();
  }

  /** Waits until so many recipients were reported; what follows for each. */
  synchronized Map<String, AttemptOutcome> await(int recipients) throws InterruptedException {
    long end = System.nanoTime() + Duration.ofSeconds(30).toNanos();
    while (fates.size() < recipients) {
      long left = (end - System.nanoTime()) / 1_000_000;
      if (left <= 0) {
        throw new AssertionError("only " + fates);
      }
      wait(left);
    }
    Map<String, AttemptOutcome> outcomes = new HashMap<>();
    for (Report.Fate fate : fates) {
      if (outcomes.put(fate.recipient().localPart(), Judge.judge(fate.happening())) != null) {
        throw new AssertionError("told twice: " + fate);
      }
    }
    return outcomes;
  }

  synchronized long told(Predicate<Happening> which) {
    return fates.stream().filter(fate -> which.test(fate.happening())).count();
  }

  @Override
  public void close() {
    sites.close();
  }
}
