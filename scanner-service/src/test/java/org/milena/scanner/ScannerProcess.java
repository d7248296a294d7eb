package org.milena.scanner;

import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.milena.common.directory.Directory;
import org.milena.common.directory.MemberRole;
import org.milena.common.kafka.KafkaAccess;
import org.milena.common.mail.MailAddress;
import org.milena.common.settings.ScanPolicy;
import org.milena.common.stage.Stage;
import org.milena.common.stage.StageOptions;
import org.milena.scanner.authentication.Provenance;
import org.milena.scanner.builtin.AttachmentPolicy;
import org.milena.scanner.builtin.BuiltinEngine;
import org.milena.scanner.builtin.ScanLimits;
import org.milena.scanner.clamav.ClamdAddress;
import org.milena.scanner.clamav.ClamdEngine;
import org.milena.scanner.intake.Policies;
import org.milena.scanner.intake.ScanStage;
import org.milena.scanner.intake.SecondLook;
import org.milena.scanner.kafka.DigestTicker;
import org.milena.scanner.kafka.QuarantineFollower;
import org.milena.scanner.notice.Notices;
import org.milena.scanner.quarantine.DigestNotices;
import org.milena.scanner.quarantine.DigestTick;
import org.milena.scanner.quarantine.Quarantine;
import org.milena.scanner.quarantine.QuarantineIndex;
import org.milena.scanner.quarantine.ReleaseStage;
import org.milena.scanner.resilience.EnginePool;
import org.milena.scanner.resilience.GuardSettings;
import org.milena.scanner.resilience.GuardedEngine;
import org.milena.scanner.routing.ProvenSender;
import org.milena.scanner.routing.Routing;
import org.milena.scanner.scan.Engine;
import org.milena.scanner.scan.ScanListener;
import org.milena.scanner.scan.Scanner;
import org.milena.testkit.kafka.SharedBroker;
import org.springframework.context.SmartLifecycle;

/**
 * All rooms of a scanner but the web, on a real broker: in this JVM, or by {@link #main} as a
 * process of its own that can be killed.
 */
final class ScannerProcess implements AutoCloseable {

  /** Quicker than in production. */
  static final GuardSettings QUICK =
      new GuardSettings(
          10,
          Duration.ofSeconds(10),
          Duration.ofSeconds(2),
          Duration.ofSeconds(1),
          Duration.ofMillis(500),
          Duration.ofSeconds(1));

  /**
   * What a test puts in.
   *
   * @param others engines beside clamd
   * @param engine around clamd and each of the others
   * @param stage around the stage
   * @param digest how often owners are told of what was kept; never when zero
   */
  record Fittings(
      GuardSettings guards,
      List<Engine> others,
      UnaryOperator<Engine> engine,
      UnaryOperator<Stage> stage,
      ScanListener listener,
      Duration digest) {

    static final Fittings NONE =
        new Fittings(
            QUICK,
            List.of(),
            UnaryOperator.identity(),
            UnaryOperator.identity(),
            ScanListener.NONE,
            Duration.ZERO);

    static Fittings digestEvery(Duration period) {
      return new Fittings(
          QUICK,
          List.of(),
          UnaryOperator.identity(),
          UnaryOperator.identity(),
          ScanListener.NONE,
          period);
    }
  }

  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final List<SmartLifecycle> rooms = new ArrayList<>();
  final KafkaAccess kafka;
  final QuarantineIndex index = new QuarantineIndex(Duration.ofDays(30), InstantSource.system());
  final Quarantine quarantine;

  ScannerProcess(String bootstrapServers, String instance, ClamdAddress... clamds) {
    this(bootstrapServers, instance, Fittings.NONE, clamds);
  }

  ScannerProcess(
      String bootstrapServers, String instance, Fittings fittings, ClamdAddress... clamds) {
    InstantSource clock = InstantSource.system();
    kafka = SharedBroker.kafkaAccess(bootstrapServers, instance);
    List<Engine> engines = new ArrayList<>();
    engines.add(
        new GuardedEngine(
            new BuiltinEngine(AttachmentPolicy.DEFAULT, ScanLimits.DEFAULT),
            "builtin",
            QUICK,
            threads));
    List<Engine> instances = new ArrayList<>();
    for (ClamdAddress clamd : clamds) {
      instances.add(guarded(new ClamdEngine(clamd, clock), clamd.text(), fittings));
    }
    engines.add(new EnginePool(instances, threads));
    fittings.others().forEach(engine -> engines.add(guarded(engine, engine.name(), fittings)));
    Routing routing = new Routing(Optional.empty(), new ProvenSender(_ -> Optional.empty()), clock);
    QuarantineFollower follower = new QuarantineFollower(kafka, index);
    Scanner scanner = new Scanner(engines, threads, clock, fittings.listener());
    Directory directory =
        new Lists()
            .with(ReceivedMail.USERS)
            .with(ReceivedMail.USERS, "olga@example.net", MemberRole.OWNER)
            .directory();
    Policies policies = new Policies(ScanPolicy.DEFAULT, directory);
    quarantine =
        new Quarantine(
            index,
            follower,
            kafka.publisher(),
            kafka.mailReader(),
            routing,
            new SecondLook(scanner, policies, clock),
            false,
            clock,
            new Random());
    rooms.add(kafka);
    rooms.add(follower);
    Stage scanning =
        new ScanStage(
            scanner,
            Provenance.NONE,
            policies,
            routing,
            new Notices(
                MailAddress.of("postmaster@lists.example.org"),
                new ProvenSender(directory::account),
                clock,
                new Random()),
            threads,
            clock,
            fittings.listener(),
            8);
    rooms.add(kafka.stage(fittings.stage().apply(scanning), new StageOptions(64, 32)));
    rooms.add(
        kafka.stage(
            new ReleaseStage(
                index,
                follower,
                kafka.mailReader(),
                routing,
                new DigestNotices(
                    directory,
                    MailAddress.of("postmaster@lists.example.org"),
                    Optional.empty(),
                    clock,
                    new Random()),
                clock),
            new StageOptions(4, 16)));
    rooms.add(
        new DigestTicker(
            new DigestTick(index, follower, kafka.publisher(), fittings.digest(), instance, clock),
            Duration.ofMillis(50)));
    rooms.forEach(SmartLifecycle::start);
  }

  private Engine guarded(Engine engine, String instance, Fittings fittings) {
    return new GuardedEngine(fittings.engine().apply(engine), instance, fittings.guards(), threads);
  }

  /** Runs until it is killed: bootstrap servers, instance, addresses of clamds. */
  public static void main(String[] arguments) throws InterruptedException {
    ClamdAddress[] clamds =
        Stream.of(arguments).skip(2).map(ClamdAddress::of).toArray(ClamdAddress[]::new);
    try (var _ = new ScannerProcess(arguments[0], arguments[1], clamds)) {
      new CountDownLatch(1).await();
    }
  }

  @Override
  public void close() {
    rooms.reversed().forEach(SmartLifecycle::stop);
    kafka.close();
    threads.shutdownNow();
  }
}
