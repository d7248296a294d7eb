package org.milena.ingress.app;

import io.micrometer.core.instrument.MeterRegistry;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.EnumMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.milena.common.app.CommonConfiguration;
import org.milena.common.app.MilenaProperties;
import org.milena.common.directory.Directory;
import org.milena.common.mail.MailAddress;
import org.milena.common.mail.ParsedAddress;
import org.milena.common.stage.Publisher;
import org.milena.ingress.acceptance.Acceptance;
import org.milena.ingress.acceptance.ArrivingMessage;
import org.milena.ingress.acceptance.BrokerWatch;
import org.milena.ingress.acceptance.DiskMark;
import org.milena.ingress.address.ListDomains;
import org.milena.ingress.address.RecipientRouter;
import org.milena.ingress.address.SiteDomains;
import org.milena.ingress.auth.Authenticator;
import org.milena.ingress.auth.DirectoryAuthenticator;
import org.milena.ingress.net.ServerTls;
import org.milena.ingress.net.SmtpServer;
import org.milena.ingress.net.TrafficObserver;
import org.milena.ingress.policy.ByteBudget;
import org.milena.ingress.policy.ConnectionCount;
import org.milena.ingress.policy.Limits;
import org.milena.ingress.policy.Timeouts;
import org.milena.ingress.session.PortRole;
import org.milena.ingress.session.Session;
import org.milena.ingress.tls.Identities;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.context.SmartLifecycle;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.context.annotation.PropertySource;

/** The rooms of the SMTP edge as beans. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(IngressProperties.class)
@PropertySource("classpath:org/milena/ingress/ingress.properties")
@Import(CommonConfiguration.class)
public class IngressConfiguration {

  /** A mail above this waits in a file while it arrives. */
  private static final int FILE_THRESHOLD = 64 * 1024;

  /** How long we stay in service while the broker takes nothing: clients are told "later". */
  private static final Duration STAY_IN_SERVICE = Duration.ofSeconds(60);

  @Bean
  ConnectionCount connectionCount(IngressProperties settings) {
    return new ConnectionCount(
        settings.limits().connections(), settings.limits().connectionsPerNetwork());
  }

  @Bean
  ByteBudget byteBudget(IngressProperties settings) {
    return new ByteBudget(settings.limits().memory().toBytes());
  }

  @Bean
  BrokerWatch brokerWatch(InstantSource clock) {
    return new BrokerWatch(clock);
  }

  @Bean
  TrafficObserver ingressMeters(
      MeterRegistry meters, ConnectionCount connectionCount, ByteBudget byteBudget) {
    return new IngressMeters(meters, connectionCount, byteBudget);
  }

  @Bean
  Acceptance acceptance(
      IngressProperties settings,
      MilenaProperties site,
      ByteBudget byteBudget,
      Publisher publisher,
      BrokerWatch watch,
      InstantSource clock,
      SecureRandom random) {
    Path spool = spool(settings, site);
    ArrivingMessage.prepare(spool);
    return new Acceptance(
        new Acceptance.Settings(
            site.smtpName(), spool, FILE_THRESHOLD, settings.timeouts().broker()),
        limits(settings, site),
        byteBudget,
        publisher,
        watch,
        clock,
        random);
  }

  private static Path spool(IngressProperties settings, MilenaProperties site) {
    Path named = settings.spool();
    return (named == null ? site.data().resolve("spool") : named).toAbsolutePath();
  }

  private static Limits limits(IngressProperties settings, MilenaProperties site) {
    IngressProperties.Limits limits = settings.limits();
    return new Limits(
        site.mail().maxBytes(),
        limits.commandLine(),
        limits.recipients(),
        limits.messages(),
        limits.slowAfterErrors(),
        limits.errors(),
        limits.junk(),
        limits.authFailures(),
        limits.hops(),
        limits.headerFields());
  }

  @Bean
  RecipientRouter recipientRouter(
      IngressProperties settings, MilenaProperties site, Directory directory, InstantSource clock) {
    Set<String> own = new LinkedHashSet<>(settings.domains());
    own.add(site.domain());
    // whoever reports a fault of this host writes to its postmaster (RFC 5321 section 4.5.1)
    if (MailAddress.parse("postmaster@" + site.smtpName()) instanceof ParsedAddress.Valid) {
      own.add(site.smtpName());
    }
    return new RecipientRouter(
        directory,
        new SiteDomains(own, settings.relayedDomains()),
        new ListDomains(directory, clock));
  }

  @Bean
  Authenticator authenticator(Directory directory, SecureRandom random) {
    return new DirectoryAuthenticator(directory, random);
  }

  @Bean
  SmtpServer smtpServer(
      IngressProperties settings,
      MilenaProperties site,
      Acceptance acceptance,
      RecipientRouter router,
      Authenticator authenticator,
      ConnectionCount count,
      TrafficObserver observer,
      InstantSource clock,
      SecureRandom random) {
    IngressProperties.Timeouts timeouts = settings.timeouts();
    Identities identities = identities(settings, site, clock, random);
    var ports = new EnumMap<PortRole, Integer>(PortRole.class);
    var tls = new EnumMap<PortRole, ServerTls>(PortRole.class);
    for (PortRole role : PortRole.values()) {
      int port = port(settings, role);
      if (port >= 0) {
        ports.put(role, port);
        tls.put(role, new ServerTls(identities));
      }
    }
    DiskMark disk =
        new DiskMark(List.of(spool(settings, site)), settings.limits().minFree().toBytes());
    return new SmtpServer(
        new SmtpServer.Settings(
            site.smtpName(),
            settings.bind(),
            Map.copyOf(ports),
            limits(settings, site),
            new Timeouts(
                timeouts.command(),
                timeouts.data(),
                timeouts.handshake(),
                timeouts.write(),
                timeouts.minDataRate(),
                timeouts.dataGrace())),
        new Session.Services(router, authenticator, disk::isLow),
        acceptance,
        tls,
        count,
        observer);
  }

  private static int port(IngressProperties settings, PortRole role) {
    return switch (role) {
      case SMTP -> settings.smtpPort();
      case SUBMISSION -> settings.submissionPort();
      case SUBMISSIONS -> settings.submissionsPort();
    };
  }

  private static Identities identities(
      IngressProperties settings, MilenaProperties site, InstantSource clock, SecureRandom random) {
    Path certificate = settings.tls().certificate();
    Path key = settings.tls().key();
    return certificate == null || key == null
        ? Identities.selfSigned(site.data().resolve("tls"), site.smtpName(), clock, random)
        : Identities.of(certificate, key, clock);
  }

  @Bean
  SmartLifecycle smtpServerLifecycle(SmtpServer server, IngressProperties settings) {
    return new ServerLifecycle(server, settings.timeouts().drain());
  }

  /**
   * Down when the ports are closed; out of service when the broker has taken nothing for a minute
   * and our view of the lists, which follows the broker, is old too. So an instance that gets no
   * traffic any more comes back by itself.
   */
  @Bean
  HealthIndicator ingressHealthIndicator(
      SmtpServer server, BrokerWatch watch, Directory directory) {
    return () -> {
      boolean fresh = directory.isFresh();
      Duration failing = watch.failingFor().orElse(Duration.ZERO);
      var health = server.isListening() ? Health.up() : Health.down();
      if (server.isListening() && !fresh && failing.compareTo(STAY_IN_SERVICE) > 0) {
        health.outOfService();
      }
      return health
          .withDetail("listening", server.isListening())
          .withDetail("directory", fresh ? "fresh" : "old")
          .withDetail("brokerFailingFor", failing.toString())
          .build();
    };
  }
}
