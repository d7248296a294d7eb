package org.milena.scanner.app;

import io.micrometer.core.instrument.MeterRegistry;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.milena.common.app.CommonConfiguration;
import org.milena.common.app.MilenaProperties;
import org.milena.common.directory.Directory;
import org.milena.common.event.Topics;
import org.milena.common.failure.UnfitException;
import org.milena.common.kafka.KafkaAccess;
import org.milena.common.kafka.TrimRule;
import org.milena.common.mail.MailAddress;
import org.milena.common.mail.ParsedAddress;
import org.milena.common.operations.Waiting;
import org.milena.common.stage.MailReader;
import org.milena.common.stage.Publisher;
import org.milena.common.stage.StageOptions;
import org.milena.scanner.authentication.Authenticator;
import org.milena.scanner.authentication.Checks;
import org.milena.scanner.authentication.Provenance;
import org.milena.scanner.authentication.arc.ArcValidator;
import org.milena.scanner.authentication.dkim.DkimVerifier;
import org.milena.scanner.authentication.dmarc.DmarcChecker;
import org.milena.scanner.authentication.iprev.IprevChecker;
import org.milena.scanner.authentication.spf.SpfChecker;
import org.milena.scanner.dns.DnsLookup;
import org.milena.scanner.intake.Policies;
import org.milena.scanner.intake.ScanStage;
import org.milena.scanner.intake.SecondLook;
import org.milena.scanner.kafka.DigestTicker;
import org.milena.scanner.kafka.QuarantineFollower;
import org.milena.scanner.metrics.ScannerMeters;
import org.milena.scanner.notice.Notices;
import org.milena.scanner.quarantine.DigestNotices;
import org.milena.scanner.quarantine.DigestTick;
import org.milena.scanner.quarantine.Quarantine;
import org.milena.scanner.quarantine.QuarantineIndex;
import org.milena.scanner.quarantine.ReleaseStage;
import org.milena.scanner.quarantine.Rescan;
import org.milena.scanner.routing.ProvenSender;
import org.milena.scanner.routing.Routing;
import org.milena.scanner.scan.Engine;
import org.milena.scanner.scan.EngineState;
import org.milena.scanner.scan.Scanner;
import org.milena.scanner.web.QuarantineController;
import org.milena.scanner.web.QuarantineDesk;
import org.milena.scanner.web.QuarantinePages;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.context.SmartLifecycle;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.context.annotation.Lazy;
import org.springframework.context.annotation.PropertySource;
import org.springframework.core.annotation.Order;

/** The rooms of the scanner as beans. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(ScannerProperties.class)
@PropertySource("classpath:org/milena/scanner/scanner.properties")
@Import({CommonConfiguration.class, QuarantineController.class})
public class ScannerConfiguration {

  /** Mails in hand for each that is scanned: the others wait for the names of their senders. */
  private static final int IN_HAND = 8;

  private static final Logger log = LoggerFactory.getLogger(ScannerConfiguration.class);

  /** Between two looks at whether a period is over. */
  private static final Duration DIGEST_PAUSE = Duration.ofMinutes(1);

  private static final Set<String> SITE_ROLES = Set.of("postmaster", "abuse");

  @Bean
  QuarantineIndex quarantineIndex(ScannerProperties settings, InstantSource clock) {
    return new QuarantineIndex(settings.quarantine().keptFor(), clock);
  }

  @Bean
  QuarantineFollower quarantineFollower(KafkaAccess kafka, QuarantineIndex index) {
    return new QuarantineFollower(kafka, index);
  }

  @Bean
  @Order(2)
  Waiting quarantinedMails(QuarantineIndex index) {
    return new Waiting(
        "mails in quarantine",
        "for an operator: milena quarantine",
        index::kept,
        "/ops/quarantine");
  }

  @Bean
  ScannerMeters scannerMeters(MeterRegistry meters, QuarantineIndex index) {
    return new ScannerMeters(meters, index);
  }

  @Bean
  ScannerEngines scannerEngines(
      ScannerProperties settings,
      ObjectProvider<Engine> others,
      InstantSource clock,
      MeterRegistry meters) {
    return new ScannerEngines(settings, others.orderedStream().toList(), clock, meters);
  }

  @Bean
  Scanner scanner(ScannerEngines engines, InstantSource clock, ScannerMeters meters) {
    engines.all().forEach(engine -> meters.databaseAge(engine, clock));
    return new Scanner(engines.all(), engines.threads(), clock, meters);
  }

  @Bean
  Policies scanPolicies(ScannerProperties settings, Directory directory) {
    return new Policies(settings.policy().scanPolicy(), directory);
  }

  @Bean
  Rescan rescan(Scanner scanner, Policies policies, InstantSource clock) {
    return new SecondLook(scanner, policies, clock);
  }

  @Bean
  ProvenSender provenSender(Directory directory) {
    return new ProvenSender(directory::account);
  }

  @Bean
  Routing scannerRouting(
      ScannerProperties settings,
      MilenaProperties site,
      ProvenSender senders,
      InstantSource clock) {
    return new Routing(postmaster(settings, site), senders, clock);
  }

  @Bean
  Notices scannerNotices(
      MilenaProperties site, ProvenSender senders, InstantSource clock, SecureRandom random) {
    return new Notices(MailAddress.of("postmaster@" + site.domain()), senders, clock, random);
  }

  /** A postmaster who is the site's own postmaster would get every mail again and again. */
  static Optional<MailAddress> postmaster(ScannerProperties settings, MilenaProperties site) {
    String text = settings.postmaster();
    if (text == null) {
      return Optional.empty();
    }
    MailAddress address =
        switch (MailAddress.parse(text)) {
          case ParsedAddress.Valid(var valid) -> valid;
          case ParsedAddress.Invalid(var reason) ->
              throw new UnfitException(
                  "milena.scanner.postmaster is no mail address: " + text + ": " + reason);
        };
    String localPart = address.key().substring(0, address.key().lastIndexOf('@'));
    if (SITE_ROLES.contains(localPart) && address.domain().equals(site.domain())) {
      throw new UnfitException(
          "milena.scanner.postmaster is "
              + text
              + ", which would hand its mail to itself for ever; name a mailbox of a person.");
    }
    return Optional.of(address);
  }

  /** Only where senders are checked. */
  @Bean
  @Lazy
  DnsLookup scannerDns(ScannerProperties settings, ScannerMeters meters) {
    ScannerProperties.Authentication how = settings.authentication();
    var dns = new DnsLookup(how.dnsServers(), how.dnsTimeout(), meters);
    meters.nameServers(dns::isAway);
    return dns;
  }

  @Bean
  Provenance provenance(
      ScannerProperties settings,
      MilenaProperties site,
      ObjectProvider<DnsLookup> dns,
      ScannerEngines engines,
      InstantSource clock) {
    ScannerProperties.Authentication how = settings.authentication();
    if (!how.enabled()) {
      log.warn("who sent a mail is not checked: milena.scanner.authentication.enabled is false");
      return Provenance.NONE;
    }
    String us =
        how.authservId() == null || how.authservId().isBlank()
            ? site.smtpName()
            : how.authservId().strip();
    try {
      return new Authenticator(
          dns.getObject(),
          clock,
          engines.threads(),
          names ->
              new Checks(
                  new SpfChecker(names, us)::check,
                  new DkimVerifier(names, clock)::verify,
                  new ArcValidator(names, clock)::validate,
                  new IprevChecker(names, clock)::check,
                  new DmarcChecker(names, clock)),
          us);
    } catch (IllegalArgumentException e) {
      throw new UnfitException("milena.scanner.authentication.authserv-id: " + e.getMessage(), e);
    }
  }

  @Bean
  SmartLifecycle scannerStage(
      KafkaAccess kafka,
      Scanner scanner,
      ScannerEngines engines,
      Provenance provenance,
      Policies policies,
      Routing routing,
      Notices notices,
      InstantSource clock,
      ScannerMeters meters,
      ScannerProperties settings) {
    return kafka.stage(
        new ScanStage(
            scanner,
            provenance,
            policies,
            routing,
            notices,
            engines.threads(),
            clock,
            meters,
            settings.parallel()),
        new StageOptions(IN_HAND * settings.parallel(), settings.batch(), settings.readAgain()));
  }

  /** Received mail goes a week after it was scanned. */
  @Bean
  SmartLifecycle receivedJanitor(KafkaAccess kafka) {
    return kafka.janitor(
        new TrimRule(
            Topics.RECEIVED,
            List.of("scanner"),
            List.of(),
            _ -> OptionalLong.empty(),
            Duration.ofDays(7)));
  }

  @Bean
  SmartLifecycle scannerReleaseStage(
      KafkaAccess kafka,
      QuarantineIndex index,
      QuarantineFollower follower,
      MailReader reader,
      Routing routing,
      DigestNotices notices,
      InstantSource clock) {
    return kafka.stage(
        new ReleaseStage(index, follower, reader, routing, notices, clock),
        new StageOptions(4, 16));
  }

  @Bean
  DigestNotices quarantineNotices(
      ScannerProperties settings,
      MilenaProperties site,
      Directory directory,
      InstantSource clock,
      SecureRandom random) {
    return new DigestNotices(
        directory,
        MailAddress.of("postmaster@" + site.domain()),
        postmaster(settings, site),
        clock,
        random);
  }

  @Bean
  DigestTicker quarantineDigests(
      QuarantineIndex index,
      QuarantineFollower follower,
      Publisher publisher,
      ScannerProperties settings,
      MilenaProperties site,
      InstantSource clock) {
    return new DigestTicker(
        new DigestTick(
            index, follower, publisher, settings.quarantine().digest(), site.instance(), clock),
        DIGEST_PAUSE);
  }

  @Bean
  Quarantine quarantine(
      QuarantineIndex index,
      QuarantineFollower follower,
      Publisher publisher,
      MailReader reader,
      Routing routing,
      Rescan rescan,
      ScannerProperties settings,
      InstantSource clock,
      SecureRandom random) {
    return new Quarantine(
        index,
        follower,
        publisher,
        reader,
        routing,
        rescan,
        settings.quarantine().secondOperator(),
        clock,
        random);
  }

  @Bean
  QuarantineDesk quarantineDesk(Quarantine quarantine, Directory directory) {
    return new QuarantineDesk(quarantine, directory);
  }

  /** Where there are pages at all. */
  @Configuration(proxyBeanMethods = false)
  @ConditionalOnClass(name = "org.thymeleaf.ITemplateEngine")
  @Import(QuarantinePages.class)
  static class ScannerPages {}

  /** Out of service while an engine is out: mail waits, nothing is lost. */
  @Bean
  HealthIndicator scannerEnginesHealthIndicator(Scanner scanner) {
    return () -> {
      var health = Health.up();
      scanner
          .states()
          .forEach((engine, state) -> {
            switch (state) {
              case EngineState.Ready() -> health.withDetail(engine, "ready");
              case EngineState.Out(var reason) ->
                  health.outOfService().withDetail(engine, "out: " + reason);
            }
          });
      return health.build();
    };
  }
}
