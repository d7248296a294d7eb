package org.milena.listexpander.app;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Stream;
import javax.net.ssl.SSLContext;
import org.milena.common.app.CommonConfiguration;
import org.milena.common.app.MilenaProperties;
import org.milena.common.command.Commands;
import org.milena.common.directory.Directory;
import org.milena.common.directory.DirectoryTables;
import org.milena.common.directory.FetchedSource;
import org.milena.common.event.DigestPost;
import org.milena.common.event.Hold;
import org.milena.common.event.MailPointer;
import org.milena.common.event.RecordPosition;
import org.milena.common.event.Topics;
import org.milena.common.kafka.KafkaAccess;
import org.milena.common.kafka.TrimRule;
import org.milena.common.operations.Waiting;
import org.milena.common.stage.History;
import org.milena.common.stage.MailReader;
import org.milena.common.stage.Publisher;
import org.milena.common.stage.StageOptions;
import org.milena.common.table.Table;
import org.milena.common.token.SignedTokens;
import org.milena.common.token.VerpTags;
import org.milena.common.web.SignIn;
import org.milena.listexpander.account.Credentials;
import org.milena.listexpander.audit.AuditLog;
import org.milena.listexpander.bounce.DeliveryOutcomes;
import org.milena.listexpander.chore.Chores;
import org.milena.listexpander.ledger.ListTables;
import org.milena.listexpander.list.ListEdits;
import org.milena.listexpander.list.SourceRights;
import org.milena.listexpander.membership.ConfirmationLimits;
import org.milena.listexpander.membership.PendingRequests;
import org.milena.listexpander.membership.ShownMembers;
import org.milena.listexpander.membership.Tokens;
import org.milena.listexpander.migration.ListExport;
import org.milena.listexpander.migration.mailman3.Mailman3;
import org.milena.listexpander.migration.mailman3.net.Mailman3Client;
import org.milena.listexpander.moderation.HeldQueue;
import org.milena.listexpander.moderation.ModeratedLists;
import org.milena.listexpander.moderation.ModeratorTokens;
import org.milena.listexpander.notice.Texts;
import org.milena.listexpander.preparation.SiteUrls;
import org.milena.listexpander.sequence.Effects;
import org.milena.listexpander.sequence.ListSequence;
import org.milena.listexpander.sequence.ListexpanderMetrics;
import org.milena.listexpander.sequence.SiteFacts;
import org.milena.listexpander.source.SourceDoor;
import org.milena.listexpander.source.SourceFetches;
import org.milena.listexpander.source.dns.SystemNames;
import org.milena.listexpander.source.net.HttpsSourceDoor;
import org.milena.listexpander.submission.Submission;
import org.milena.listexpander.web.AccountsApi;
import org.milena.listexpander.web.AuditApi;
import org.milena.listexpander.web.BouncesApi;
import org.milena.listexpander.web.CommandSender;
import org.milena.listexpander.web.ConfirmPages;
import org.milena.listexpander.web.DomainsApi;
import org.milena.listexpander.web.HeldApi;
import org.milena.listexpander.web.HeldPages;
import org.milena.listexpander.web.HeldPosts;
import org.milena.listexpander.web.LeavePages;
import org.milena.listexpander.web.ListLifeApi;
import org.milena.listexpander.web.ListPages;
import org.milena.listexpander.web.Lists;
import org.milena.listexpander.web.ListsApi;
import org.milena.listexpander.web.ManagePages;
import org.milena.listexpander.web.MemberImport;
import org.milena.listexpander.web.MembersApi;
import org.milena.listexpander.web.MigrationApi;
import org.milena.listexpander.web.ModeratePages;
import org.milena.listexpander.web.PostPages;
import org.milena.listexpander.web.PostsApi;
import org.milena.listexpander.web.RequestsApi;
import org.milena.listexpander.web.Rosters;
import org.milena.listexpander.web.SourcesApi;
import org.milena.listexpander.web.SuppressionsApi;
import org.milena.listexpander.web.TemplateTexts;
import org.milena.listexpander.web.TemplatesApi;
import org.milena.listexpander.web.ThreadPages;
import org.milena.listexpander.web.ThreadWishesApi;
import org.milena.listexpander.web.ThreadsApi;
import org.milena.listexpander.web.UnsentPosts;
import org.milena.listexpander.web.WebPosts;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.SmartLifecycle;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.context.annotation.PropertySource;
import org.springframework.core.annotation.Order;
import org.springframework.scheduling.annotation.EnableScheduling;
import org.springframework.security.crypto.argon2.Argon2PasswordEncoder;

/** The rooms of the list expander as beans. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(ListexpanderProperties.class)
@EnableScheduling
@PropertySource("classpath:org/milena/listexpander/listexpander.properties")
@Import({
  CommonConfiguration.class,
  CommandSender.class,
  Lists.class,
  HeldPosts.class,
  MemberImport.class,
  ListsApi.class,
  ListLifeApi.class,
  AuditApi.class,
  DomainsApi.class,
  MembersApi.class,
  Rosters.class,
  RequestsApi.class,
  MigrationApi.class,
  BouncesApi.class,
  SuppressionsApi.class,
  HeldApi.class,
  SourcesApi.class,
  ThreadsApi.class,
  ThreadWishesApi.class,
  ThreadPages.class,
  WebPosts.class,
  PostsApi.class,
  PostPages.class,
  UnsentPosts.class,
  AccountsApi.class,
  ListPages.class,
  ManagePages.class,
  HeldPages.class,
  ModeratePages.class,
  LeavePages.class,
  ConfirmPages.class,
  TemplateTexts.class,
  TemplatesApi.class
})
public class ListexpanderConfiguration {

  @Bean
  ListTables listTables(KafkaAccess kafka, DirectoryTables directory, MeterRegistry meters) {
    ListTables tables = ListTables.of(directory, kafka::table);
    Gauge.builder("milena.listexpander.lists", directory.lists(), Table::size)
        .description("Lists")
        .register(meters);
    Gauge.builder("milena.listexpander.members", directory.members(), Table::size)
        .description("Entries of members on all lists")
        .register(meters);
    return tables;
  }

  @Bean
  Effects listEffects(
      MilenaProperties site,
      SignedTokens signed,
      VerpTags verpTags,
      InstantSource clock,
      SecureRandom random,
      ListexpanderProperties settings) {
    ListexpanderProperties.Confirmations confirmations = settings.confirmations();
    return Effects.of(
        new SiteFacts(
            site.domain(),
            site.siteUrlBase(),
            site.mail().maxBytes(),
            signed,
            verpTags,
            new ConfirmationLimits(confirmations.perNetwork(), confirmations.perDomain())),
        clock,
        random,
        Argon2PasswordEncoder.defaultsForSpringSecurity_v5_8()::matches);
  }

  @Bean
  ListEdits listEdits(Effects effects) {
    return effects.lists();
  }

  @Bean
  AuditLog auditLog(History history) {
    return new AuditLog(history);
  }

  @Bean
  Chores listChores(Effects effects, ListTables tables, Publisher publisher, InstantSource clock) {
    return new Chores(effects.chores(), tables, publisher, clock);
  }

  @Bean
  ChoreClock choreClock(Chores chores) {
    return new ChoreClock(chores);
  }

  @Bean
  SourceRights sourceRights(Directory directory, ListexpanderProperties settings) {
    return new SourceRights(directory, settings.sources().urls());
  }

  @Bean
  HttpsSourceDoor sourceDoor(ListexpanderProperties settings) throws NoSuchAlgorithmException {
    return new HttpsSourceDoor(
        new SystemNames(),
        new HttpsSourceDoor.Limits(
            settings.sources().internalHosts(),
            FetchedSource.MAX_OCTETS,
            Duration.ofSeconds(10),
            Duration.ofSeconds(30)),
        SSLContext.getDefault());
  }

  @Bean
  SourceFetches sourceFetches(
      Directory directory,
      SourceDoor door,
      Publisher publisher,
      InstantSource clock,
      ListexpanderProperties settings) {
    return new SourceFetches(
        directory,
        door,
        publisher,
        clock,
        new SourceFetches.Rules(settings.sources().urls(), settings.sources().every()));
  }

  @Bean
  SourceClock sourceClock(SourceFetches fetches) {
    return new SourceClock(fetches);
  }

  @Bean
  Submission submission(
      MilenaProperties site,
      Publisher publisher,
      SignedTokens signed,
      InstantSource clock,
      SecureRandom random) {
    return new Submission(
        new Submission.Site(site.smtpName(), site.mail().maxBytes()),
        publisher,
        signed,
        clock,
        random);
  }

  @Bean
  Texts texts(MilenaProperties site) {
    return new Texts(new SiteUrls(site.siteUrlBase()));
  }

  @Bean
  ListexpanderMetrics listexpanderMetrics(MeterRegistry meters) {
    return new ListexpanderMetrics(meters);
  }

  @Bean
  SmartLifecycle listexpanderStage(
      KafkaAccess kafka,
      ListTables tables,
      MailReader mailReader,
      Effects effects,
      InstantSource clock,
      ListexpanderMetrics metrics,
      ListexpanderProperties settings) {
    return kafka.stage(
        new ListSequence(tables, mailReader, effects, clock, metrics),
        new StageOptions(settings.parallel(), settings.batch()));
  }

  /** Its commands are decided by the lists' owners, wherever they run. */
  @Bean
  SmartLifecycle deliveryOutcomes(KafkaAccess kafka, ListexpanderProperties settings) {
    return kafka.stage(
        new DeliveryOutcomes(), new StageOptions(settings.parallel(), settings.batch()));
  }

  @Bean
  @Order(1)
  Waiting heldPosts(HeldQueue queue) {
    return new Waiting("held posts", "for a moderator of their list", queue::count);
  }

  @Bean
  HeldQueue heldQueue(ListTables tables, MailReader mailReader, MeterRegistry meters) {
    HeldQueue queue = new HeldQueue(tables.holds(), mailReader);
    Gauge.builder("milena.listexpander.held", queue, HeldQueue::count)
        .description("Posts that wait for a moderator")
        .register(meters);
    return queue;
  }

  @Bean
  ModeratedLists moderatedLists(ListTables tables) {
    return new ModeratedLists(tables.directory().members());
  }

  @Bean
  ShownMembers shownMembers(ListTables tables, Directory directory) {
    return new ShownMembers(tables.directory().members(), directory.roster());
  }

  @Bean
  ModeratorTokens moderatorTokens(SignedTokens signed) {
    return new ModeratorTokens(signed);
  }

  @Bean
  ListExport listExport(
      Directory directory, ListTables tables, HeldQueue held, MailReader mailReader) {
    return new ListExport(directory, tables.states(), held, mailReader);
  }

  @Bean
  Mailman3.Door mailman3() {
    return Mailman3Client::open;
  }

  @Bean
  Tokens membershipTokens(SignedTokens signed) {
    return new Tokens(signed);
  }

  @Bean
  PendingRequests pendingRequests(ListTables tables) {
    return new PendingRequests(tables.pending());
  }

  @Bean
  Credentials credentials(SecureRandom random) {
    return new Credentials(random);
  }

  /** Posts and commands go a week after they were decided. */
  @Bean
  SmartLifecycle listsJanitor(KafkaAccess kafka) {
    return kafka.janitor(
        new TrimRule(
            Topics.LISTS,
            List.of("listexpander"),
            List.of(),
            _ -> OptionalLong.empty(),
            Duration.ofDays(7)));
  }

  /** Held posts stay until the oldest that waits. */
  @Bean
  SmartLifecycle heldJanitor(KafkaAccess kafka, ListTables tables) {
    return janitor(kafka, Topics.HELD, () -> pointers(tables.holds(), Hold::content));
  }

  /** So do posts until their digest is out. */
  @Bean
  SmartLifecycle digestJanitor(KafkaAccess kafka, ListTables tables) {
    return janitor(
        kafka, Topics.DIGESTS, () -> pointers(tables.digestPosts(), DigestPost::content));
  }

  private static SmartLifecycle janitor(
      KafkaAccess kafka, String topic, Supplier<Stream<MailPointer>> pointers) {
    return kafka.janitor(
        new TrimRule(
            topic,
            List.of(),
            List.of(),
            partition ->
                pointers
                    .get()
                    .map(MailPointer::position)
                    .filter(position -> position.partition() == partition)
                    .mapToLong(RecordPosition::offset)
                    .min(),
            Duration.ofDays(1)));
  }

  private static <V> Stream<MailPointer> pointers(
      Table<V> table, Function<V, MailPointer> pointer) {
    return table.scan("", "", Integer.MAX_VALUE).stream().map(row -> pointer.apply(row.getValue()));
  }

  @Bean
  SmartLifecycle adminAccount(
      Directory directory,
      Commands commands,
      SignIn signIn,
      Credentials credentials,
      InstantSource clock,
      MilenaProperties site,
      ListexpanderProperties settings) {
    ListexpanderProperties.Secret password = settings.adminPassword();
    return new AdminAccount(
        directory,
        commands,
        signIn,
        credentials,
        clock,
        site.data(),
        Optional.ofNullable(password)
            .map(ListexpanderProperties.Secret::value)
            .filter(text -> !text.isBlank()));
  }
}
