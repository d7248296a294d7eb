package org.milena.common.app;

import io.micrometer.core.instrument.MeterRegistry;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.Map;
import org.milena.common.command.Commands;
import org.milena.common.directory.Directory;
import org.milena.common.directory.DirectoryTables;
import org.milena.common.directory.TableDirectory;
import org.milena.common.event.MailJson;
import org.milena.common.kafka.KafkaAccess;
import org.milena.common.kafka.KafkaCommands;
import org.milena.common.kafka.KafkaSettings;
import org.milena.common.operations.DeadLetterBox;
import org.milena.common.operations.Pipeline;
import org.milena.common.stage.History;
import org.milena.common.stage.MailReader;
import org.milena.common.stage.Publisher;
import org.milena.common.token.Keyring;
import org.milena.common.token.SignedTokens;
import org.milena.common.token.VerpTags;
import org.milena.common.web.ApiDescription;
import org.milena.common.web.ListAccess;
import org.milena.common.web.OperationsApi;
import org.milena.common.web.PageModel;
import org.milena.common.web.ProblemHandler;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.boot.jackson.autoconfigure.JsonMapperBuilderCustomizer;
import org.springframework.context.SmartLifecycle;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import tools.jackson.databind.JacksonModule;
import tools.jackson.databind.MapperFeature;

/** The beans that all services share. Each service imports it; in one process they are shared. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(MilenaProperties.class)
@Import({
  SecurityConfiguration.class,
  PagesConfiguration.class,
  ApiDescription.class,
  ProblemHandler.class,
  VariablesCheck.class
})
public class CommonConfiguration {

  /** The clock. */
  @Bean
  public InstantSource clock() {
    return InstantSource.system();
  }

  /** For keys, ids and salts. */
  @Bean
  public SecureRandom secureRandom() {
    return new SecureRandom();
  }

  /** Addresses and ids as strings in the REST API, as in the records. */
  @Bean
  public JacksonModule mailJacksonModule() {
    return MailJson.module();
  }

  /** The words of the REST API may be written small, as in the records. */
  @Bean
  public JsonMapperBuilderCustomizer smallWords() {
    return mapper -> mapper.enable(MapperFeature.ACCEPT_CASE_INSENSITIVE_ENUMS);
  }

  /** The way to Kafka. */
  @Bean
  public KafkaAccess kafkaAccess(
      MilenaProperties settings, MeterRegistry meters, InstantSource clock) {
    return new KafkaAccess(
        new KafkaSettings(
            settings.kafka(),
            settings.instance(),
            settings.replication(),
            settings.partitions(),
            settings.mail().maxBytes()),
        meters,
        clock);
  }

  /** Lists, members and accounts; the listexpander writes them. */
  @Bean
  public DirectoryTables directoryTables(KafkaAccess kafka) {
    return DirectoryTables.of(kafka::table);
  }

  /** The view of them that all share. */
  @Bean
  public Directory directory(DirectoryTables tables, InstantSource clock) {
    return new TableDirectory(tables, clock);
  }

  /** Single durable writes. */
  @Bean
  public Publisher publisher(KafkaAccess kafka) {
    return kafka.publisher();
  }

  /** Follows pointers. */
  @Bean
  public MailReader mailReader(KafkaAccess kafka) {
    return kafka.mailReader();
  }

  /** Looks back over the records of a key. */
  @Bean
  public History history(KafkaAccess kafka) {
    return kafka.history();
  }

  /** How far the stages are. */
  @Bean
  public Pipeline pipeline(KafkaAccess kafka) {
    return kafka.pipeline();
  }

  /** What was set aside. */
  @Bean
  public DeadLetterBox deadLetterBox(KafkaAccess kafka) {
    return kafka.deadLetters();
  }

  /** Both over HTTP. */
  @Bean
  public OperationsApi operationsApi(Pipeline pipeline, DeadLetterBox deadLetters) {
    return new OperationsApi(pipeline, deadLetters);
  }

  /** Changes of lists and accounts. */
  @Bean
  public Commands commands(KafkaAccess kafka, Directory directory, InstantSource clock) {
    return new KafkaCommands(kafka, directory, clock);
  }

  /** The keys that tokens are signed with. */
  @Bean
  public Keyring keyring(MilenaProperties settings, SecureRandom random) {
    return KeyFiles.load(settings.keyFolder(), random);
  }

  /** Instances with different keys do not run beside each other. */
  @Bean
  public SmartLifecycle keyAgreement(KafkaAccess kafka, Keyring keyring) {
    return new StartCheck(() -> kafka.agreeOnKeys(keyring));
  }

  /** Tokens in links and addresses. */
  @Bean
  public SignedTokens signedTokens(Keyring keyring, InstantSource clock) {
    return new SignedTokens(keyring, clock);
  }

  /** Tags in return paths. */
  @Bean
  public VerpTags verpTags(Keyring keyring) {
    return new VerpTags(keyring);
  }

  /** What callers may do with lists. */
  @Bean
  public ListAccess listAccess(Directory directory) {
    return new ListAccess(directory);
  }

  /** What the frame of every page needs. */
  @Bean
  public PageModel pageModel(MilenaProperties settings) {
    return new PageModel(settings.domain());
  }

  /** Down when a worker of this process has stopped for good; an outage does not count. */
  @Bean
  public HealthIndicator stagesHealthIndicator(KafkaAccess kafka) {
    return () -> {
      Map<String, String> ended = kafka.ended();
      return (ended.isEmpty() ? Health.up() : Health.down()).withDetails(ended).build();
    };
  }
}
