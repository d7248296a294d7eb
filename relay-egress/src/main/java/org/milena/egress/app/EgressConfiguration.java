package org.milena.egress.app;

import io.micrometer.core.instrument.MeterRegistry;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.OptionalLong;
import org.milena.common.app.CommonConfiguration;
import org.milena.common.app.MilenaProperties;
import org.milena.common.directory.Directory;
import org.milena.common.directory.Suppression;
import org.milena.common.event.Deferral;
import org.milena.common.event.Topics;
import org.milena.common.kafka.KafkaAccess;
import org.milena.common.kafka.TableSpec;
import org.milena.common.kafka.TrimRule;
import org.milena.common.mail.MailAddress;
import org.milena.common.operations.Waiting;
import org.milena.common.stage.MailReader;
import org.milena.common.stage.Publisher;
import org.milena.common.table.Table;
import org.milena.common.token.SignedTokens;
import org.milena.common.token.VerpTags;
import org.milena.egress.content.ContentShelf;
import org.milena.egress.dns.Dns;
import org.milena.egress.dsn.FailureNotices;
import org.milena.egress.file.FolderOutbox;
import org.milena.egress.file.OutboxCarriage;
import org.milena.egress.job.Carriage;
import org.milena.egress.job.Holding;
import org.milena.egress.kafka.EgressLoop;
import org.milena.egress.kafka.LoopMeters;
import org.milena.egress.net.Sites;
import org.milena.egress.personal.Personalizer;
import org.milena.egress.queue.MailQueue;
import org.milena.egress.retry.Sentence;
import org.milena.egress.route.Mode;
import org.milena.egress.web.OutboxApi;
import org.milena.egress.web.QueueApi;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.context.SmartLifecycle;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.context.annotation.PropertySource;
import org.springframework.core.annotation.Order;

/** The rooms of egress as beans. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(EgressProperties.class)
@PropertySource("classpath:org/milena/egress/egress.properties")
@Import(CommonConfiguration.class)
public class EgressConfiguration {
  private static final Logger log = LoggerFactory.getLogger(EgressConfiguration.class);

  @Bean
  Mode egressMode(EgressProperties settings) {
    Mode mode = Mode.parse(settings.mode());
    log.info("outgoing mail: {}", mode.text());
    return mode;
  }

  @Bean
  Table<Deferral> deferralTable(KafkaAccess kafka) {
    return kafka.table(new TableSpec<>(Topics.DEFERRED, Deferral.class));
  }

  @Bean
  ContentShelf egressContent(MailReader reader, EgressProperties settings) {
    return new ContentShelf(reader, settings.contentMemory().toBytes());
  }

  @Bean
  Personalizer egressPersonalizer(VerpTags tags, SignedTokens tokens, InstantSource clock) {
    return new Personalizer(tags, tokens, clock);
  }

  @Bean
  FolderOutbox egressOutbox(MilenaProperties site, EgressProperties settings) {
    return new FolderOutbox(site.data().resolve("outbox"), settings.outboxKeep());
  }

  @Bean
  Carriage egressCarriage(
      Mode mode,
      FolderOutbox outbox,
      ContentShelf shelf,
      Personalizer personalizer,
      EgressProperties settings,
      MilenaProperties site,
      SecureRandom random,
      InstantSource clock,
      MeterRegistry meters) {
    String ourName = site.smtpName();
    return switch (mode) {
      case Mode.Capture() -> new OutboxCarriage(outbox.prepare(), shelf, personalizer, clock);
      case Mode.Smarthost(String host, int port) ->
          new Sites(
              settings.net(ourName, false), Dns.smarthost(host, port), shelf, personalizer, meters);
      case Mode.Mx() ->
          new Sites(
              settings.net(ourName, true),
              Dns.mx(
                  settings.dnsServers(),
                  ourName,
                  settings.mxPort(),
                  settings.allowPrivate(),
                  random),
              shelf,
              personalizer,
              meters);
    };
  }

  @Bean
  EgressLoop egressLoop(
      KafkaAccess kafka,
      Carriage carriage,
      Table<Deferral> deferralTable,
      Directory directory,
      MailReader reader,
      MilenaProperties site,
      EgressProperties settings,
      SecureRandom random,
      InstantSource clock,
      MeterRegistry meters) {
    LoopMeters loopMeters = new LoopMeters(meters);
    Holding.Tools tools =
        new Holding.Tools(
            deferralTable,
            new Sentence(settings.retry().schedule(), clock, random),
            address -> directory.suppression(address).map(Suppression::reason),
            clock,
            loopMeters);
    FailureNotices notices =
        new FailureNotices(
            site.smtpName(), MailAddress.of("postmaster@" + site.domain()), reader, clock, random);
    return new EgressLoop(settings.hand().settings(), kafka, carriage, tools, notices, loopMeters);
  }

  @Bean
  MailQueue egressQueue(
      Table<Deferral> deferralTable, Publisher publisher, KafkaAccess kafka, InstantSource clock) {
    return new MailQueue(
        deferralTable, publisher, () -> kafka.partitions(Topics.DELIVERIES), clock);
  }

  /** Deliveries go a week after egress is done with them. */
  @Bean
  SmartLifecycle deliveriesJanitor(KafkaAccess kafka) {
    return kafka.janitor(
        new TrimRule(
            Topics.DELIVERIES,
            List.of("egress"),
            List.of(),
            _ -> OptionalLong.empty(),
            Duration.ofDays(7)));
  }

  /**
   * Messages go when no delivery points at them; a day later, so that dead letters can be replayed.
   */
  @Bean
  SmartLifecycle outgoingJanitor(KafkaAccess kafka, MailQueue queue) {
    return kafka.janitor(
        new TrimRule(
            Topics.OUTGOING,
            List.of(),
            List.of(new TrimRule.Reader("egress", Topics.DELIVERIES)),
            queue::lowestContent,
            Duration.ofDays(1)));
  }

  @Bean
  @Order(3)
  Waiting deferredRecipients(MailQueue queue) {
    return new Waiting("deferred recipients", "for their next try", queue::size);
  }

  @Bean
  QueueApi egressQueueApi(MailQueue queue) {
    return new QueueApi(queue);
  }

  @Bean
  OutboxApi egressOutboxApi(FolderOutbox outbox) {
    return new OutboxApi(outbox);
  }

  /** Down when the loop has ended; a wait for Kafka shows as a detail. */
  @Bean
  HealthIndicator egressHealthIndicator(ObjectProvider<EgressLoop> loops) {
    return () -> {
      EgressLoop loop = loops.getObject();
      Health.Builder health = loop.isHealthy() ? Health.up() : Health.down();
      if (!loop.trouble().isEmpty()) {
        health.withDetail("trouble", loop.trouble());
      }
      return health.withDetail("partitions", loop.partitions()).build();
    };
  }
}
