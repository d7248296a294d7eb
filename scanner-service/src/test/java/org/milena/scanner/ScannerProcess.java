package org.milena.scanner;

import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.milena.common.directory.ScanPolicy;
import org.milena.common.directory.Directory;
import org.milena.common.directory.MemberRole;
import org.milena.common.kafka.KafkaAccess;
import org.milena.common.mail.MailAddress;
import org.milena.common.stage.StageOptions;
import org.milena.scanner.builtin.AttachmentPolicy;
import org.milena.scanner.builtin.BuiltinEngine;
import org.milena.scanner.builtin.ScanLimits;
import org.milena.scanner.clamav.ClamdAddress;
import org.milena.scanner.clamav.ClamdEngine;
import org.milena.scanner.intake.Policies;
import org.milena.scanner.intake.Provenance;
import org.milena.scanner.intake.ScanStage;
import org.milena.scanner.intake.SecondLook;
import org.milena.scanner.intake.Provenance;
import org.milena.scanner.kafka.DigestTicker;
import org.milena.scanner.kafka.QuarantineFollower;
import org.milena.scanner.quarantine.DigestNotices;
import org.milena.scanner.quarantine.DigestTick;
import org.milena.scanner.quarantine.FixedDirectory;
import org.milena.scanner.quarantine.Quarantine;
import org.milena.scanner.quarantine.QuarantineIndex;
import org.milena.scanner.quarantine.ReleaseStage;
import org.milena.scanner.resilience.GuardSettings;
import org.milena.scanner.resilience.GuardedEngine;
import org.milena.scanner.routing.Routing;
import org.milena.scanner.scan.Engine;
import org.milena.scanner.scan.ScanListener;
import org.milena.scanner.scan.Scanner;
import org.milena.testkit.kafka.SharedBroker;
import org.springframework.context.SmartLifecycle;

/** All rooms of a scanner but the web, on a real broker, with quicker guards than in production. */
final class ScannerProcess implements AutoCloseable {

  private static final GuardSettings QUICK =
      new GuardSettings(
          10,
          Duration.ofSeconds(10),
          Duration.ofSeconds(2),
          Duration.ofSeconds(1),
          Duration.ofMillis(500),
          Duration.ofSeconds(1));

  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final List<SmartLifecycle> rooms = new ArrayList<>();
  final KafkaAccess kafka;
  final QuarantineIndex index = new QuarantineIndex(Duration.ofDays(30), InstantSource.system());
  final Quarantine quarantine;

  ScannerProcess(String bootstrapServers, String instance, ClamdAddress... clamds) {
    this(bootstrapServers, instance, Duration.ZERO, clamds);
  }

  /**
   * @param digest how often owners are told of what was kept; never when zero
   */
  ScannerProcess(
      String bootstrapServers, String instance, Duration digest, ClamdAddress... clamds) {
    InstantSource clock = InstantSource.system();
    kafka = SharedBroker.kafkaAccess(bootstrapServers, instance);
    List<Engine> engines = new ArrayList<>();
    engines.add(
        new GuardedEngine(
            new BuiltinEngine(AttachmentPolicy.DEFAULT, ScanLimits.DEFAULT),
            "builtin",
            QUICK,
            threads));
    for (ClamdAddress clamd : clamds) {
      engines.add(new GuardedEngine(new ClamdEngine(clamd, clock), clamd.text(), QUICK, threads));
    }
    Routing routing = new Routing(Optional.empty(), clock);
    QuarantineFollower follower = new QuarantineFollower(kafka, index);
    Scanner scanner = new Scanner(engines, threads, clock, ScanListener.NONE);
    Directory directory =
        new FixedDirectory()
            .with(ReceivedMail.USERS)
            .with(ReceivedMail.USERS, "olga@example.net", MemberRole.OWNER);
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
            clock);
    rooms.add(kafka);
    rooms.add(follower);
    rooms.add(
        kafka.stage(
            new ScanStage(
                scanner,
                Provenance.NONE,
                policies,
                routing,
                threads,
                clock,
                ScanListener.NONE),
            new StageOptions(8, 32)));
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
            new DigestTick(index, follower, kafka.publisher(), digest, instance, clock),
            Duration.ofMillis(50)));
    rooms.forEach(SmartLifecycle::start);
  }

  @Override
  public void close() {
    rooms.reversed().forEach(SmartLifecycle::stop);
    kafka.close();
    threads.shutdownNow();
  }
}
