package org.milena.archive.app;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import org.milena.archive.elasticsearch.FormerKeys;
import org.milena.archive.elasticsearch.IndexGenerations;
import org.milena.archive.elasticsearch.Indices;
import org.milena.archive.elasticsearch.KnownPostDocuments;
import org.milena.archive.elasticsearch.PostDocuments;
import org.milena.archive.elasticsearch.PostSearch;
import org.milena.archive.elasticsearch.RawDocuments;
import org.milena.archive.elasticsearch.SearchConnection;
import org.milena.archive.elasticsearch.Shelves;
import org.milena.archive.elasticsearch.TraceDocuments;
import org.milena.archive.extract.AttachmentReader;
import org.milena.archive.former.FormerPosts;
import org.milena.archive.importing.Backlog;
import org.milena.archive.importing.ImportLog;
import org.milena.archive.importing.KnownPosts;
import org.milena.archive.importing.OwnLinks;
import org.milena.archive.importing.PostImport;
import org.milena.archive.intake.PostIntake;
import org.milena.archive.kafka.PostBacklog;
import org.milena.archive.post.MessageMemory;
import org.milena.archive.post.PostStore;
import org.milena.archive.post.RawStore;
import org.milena.archive.post.RemovalTable;
import org.milena.archive.post.RemovedPosts;
import org.milena.archive.process.ChildReader;
import org.milena.archive.process.ReaderLimits;
import org.milena.archive.rebuild.Generations;
import org.milena.archive.rebuild.Rebuild;
import org.milena.archive.redaction.PostRedaction;
import org.milena.archive.retention.Expiry;
import org.milena.archive.saved.SavedSearches;
import org.milena.archive.search.ArchiveIndex;
import org.milena.archive.search.ArchiveSearch;
import org.milena.archive.trace.PostDeliveries;
import org.milena.archive.trace.TraceIntake;
import org.milena.archive.trace.TraceStore;
import org.milena.archive.trace.Traces;
import org.milena.archive.web.ArchiveApi;
import org.milena.archive.web.ArchivePages;
import org.milena.archive.web.DeliveryReaders;
import org.milena.archive.web.FormerPages;
import org.milena.archive.web.HtmlPages;
import org.milena.archive.web.PostPages;
import org.milena.archive.web.Posts;
import org.milena.archive.web.ThreadPages;
import org.milena.archive.web.download.ArchiveDownloads;
import org.milena.archive.web.download.PageTags;
import org.milena.archive.web.download.PostFiles;
import org.milena.archive.web.operation.DeliveryApi;
import org.milena.archive.web.operation.ImportApi;
import org.milena.archive.web.operation.IndexApi;
import org.milena.archive.web.operation.TraceApi;
import org.milena.archive.web.removal.PostRemovals;
import org.milena.archive.web.removal.RemovalPages;
import org.milena.archive.web.removal.RemovalsApi;
import org.milena.archive.web.searching.FixedParts;
import org.milena.archive.web.searching.OwnSearches;
import org.milena.archive.web.searching.SavedSearchPages;
import org.milena.archive.web.searching.SavedSearchesApi;
import org.milena.archive.web.searching.SearchApi;
import org.milena.archive.web.searching.SearchPages;
import org.milena.common.app.CommonConfiguration;
import org.milena.common.app.MilenaProperties;
import org.milena.common.command.Commands;
import org.milena.common.directory.Directory;
import org.milena.common.directory.SavedSearch;
import org.milena.common.event.Removal;
import org.milena.common.event.Topics;
import org.milena.common.failure.OutageException;
import org.milena.common.kafka.KafkaAccess;
import org.milena.common.operations.Pipeline;
import org.milena.common.web.ListAccess;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.SmartLifecycle;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.thymeleaf.ITemplateEngine;
import org.thymeleaf.context.Context;

/** The rooms of the archive as beans. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(ArchiveProperties.class)
@Import({
  CommonConfiguration.class,
  ShimConfiguration.class,
  ArchiveApi.class,
  RemovalsApi.class,
  RemovalPages.class,
  SearchApi.class,
  SavedSearchesApi.class,
  SavedSearchPages.class,
  ArchivePages.class,
  FeedConfiguration.class,
  FormerPages.class,
  HtmlPages.class,
  SearchPages.class,
  TraceApi.class,
  DeliveryApi.class
})
public class ArchiveConfiguration {
  private static final Duration READER_IDLE = Duration.ofMinutes(1);

  /** How long a request waits for memory for a message. */
  private static final Duration MESSAGE_PATIENCE = Duration.ofSeconds(10);

  @Bean
  SearchConnection searchConnection(MilenaProperties site, MeterRegistry meters) {
    return new SearchConnection(site.elasticsearch(), false, meters);
  }

  @Bean
  Indices archiveIndices(SearchConnection connection, ArchiveProperties settings) {
    return new Indices(connection, settings.indexPrefix(), settings.shards(), settings.languages());
  }

  @Bean
  RawDocuments rawDocuments(SearchConnection connection, Indices indices) {
    return new RawDocuments(connection, indices);
  }

  @Bean
  PostStore postDocuments(SearchConnection connection, Indices indices, RawDocuments raws) {
    return new PostDocuments(connection, indices, raws);
  }

  @Bean
  RemovedPosts removedPosts(KafkaAccess kafka) {
    return new RemovalTable(kafka.table(Topics.REMOVALS, Removal.class));
  }

  @Bean
  Shelves shelves(SearchConnection connection, Indices indices) {
    return new Shelves(connection, indices);
  }

  @Bean
  Generations generations(SearchConnection connection, Indices indices, Shelves shelves) {
    return new IndexGenerations(connection, indices, shelves);
  }

  @Bean
  ArchiveIndex archiveIndex(SearchConnection connection, Indices indices) {
    return new PostSearch(connection, indices);
  }

  @Bean
  FormerPosts formerPosts(SearchConnection connection, Indices indices) {
    return new FormerKeys(connection, indices);
  }

  @Bean
  TraceStore traceStore(SearchConnection connection, Indices indices) {
    return new TraceDocuments(connection, indices.stories());
  }

  @Bean
  ArchiveSearch archiveSearch(ArchiveIndex index, Directory directory, InstantSource clock) {
    return new ArchiveSearch(index, directory, clock);
  }

  @Bean
  OwnSearches ownSearches(
      KafkaAccess kafka, Commands commands, Directory directory, ListAccess access) {
    SavedSearches searches =
        new SavedSearches(kafka.table(Topics.SEARCHES, SavedSearch.class), commands);
    return new OwnSearches(searches, directory, access);
  }

  @Bean
  FixedParts fixedParts(ObjectProvider<ITemplateEngine> templates) {
    return new FixedParts(
        (name, locale) -> templates.getObject().process(name, new Context(locale)));
  }

  @Bean
  Traces traces(TraceStore store) {
    return new Traces(store);
  }

  @Bean
  PostDeliveries postDeliveries(TraceStore store) {
    return new PostDeliveries(store);
  }

  @Bean
  DeliveryReaders deliveryReaders(
      Traces traces, PostDeliveries deliveries, Directory directory, ListAccess access) {
    return new DeliveryReaders(traces, deliveries, directory, access);
  }

  @Bean
  Posts posts(ArchiveIndex index, RemovedPosts removals) {
    return new Posts(index, removals);
  }

  @Bean
  PostRemovals postRemovals(
      ArchiveIndex index,
      RawStore raws,
      Shelves shelves,
      AttachmentReader reader,
      MessageMemory memory,
      Commands commands) {
    return new PostRemovals(index, new PostRedaction(raws, shelves, reader), memory, commands);
  }

  @Bean
  PostPages postPages(
      ArchiveIndex index,
      Posts posts,
      RawStore raws,
      MessageMemory memory,
      DeliveryReaders deliveries,
      ListAccess access) {
    return new PostPages(index, posts, raws, memory, deliveries, access);
  }

  @Bean
  ThreadPages threadPages(
      ArchiveIndex index, Posts posts, ListAccess access, ArchiveProperties settings) {
    return new ThreadPages(index, posts, access, settings.publicRaw());
  }

  @Bean
  MessageMemory messageMemory(ArchiveProperties settings, MeterRegistry meters) {
    long set = settings.messageMemory().toBytes();
    MessageMemory memory =
        new MessageMemory(set > 0 ? set : Runtime.getRuntime().maxMemory() / 3, MESSAGE_PATIENCE);
    Gauge.builder("milena.archive.message.memory", memory, MessageMemory::taken)
        .description("memory that whole messages take while they are read")
        .baseUnit("bytes")
        .register(meters);
    return memory;
  }

  @Bean
  PostFiles postFiles(
      RawStore raws, MessageMemory memory, ListAccess access, ArchiveProperties settings) {
    return new PostFiles(raws, memory, access, settings.publicRaw());
  }

  @Bean
  ArchiveDownloads archiveDownloads(Posts posts, PostFiles files, ListAccess access) {
    return new ArchiveDownloads(posts, files, access);
  }

  @Bean
  AttachmentReader attachmentReader(ArchiveProperties settings) {
    return settings.extract()
        ? new ChildReader(
            new ReaderLimits(
                settings.extractMemory().toBytes(),
                settings.extractTime(),
                Math.toIntExact(settings.extractMaxSize().toBytes()),
                READER_IDLE))
        : AttachmentReader.NONE;
  }

  @Bean
  KnownPosts knownPosts(SearchConnection connection, Indices indices) {
    return new KnownPostDocuments(connection, indices);
  }

  @Bean
  Backlog postBacklog(KafkaAccess kafka, Pipeline pipeline) {
    return new PostBacklog(kafka, pipeline, PostIntake.GROUP);
  }

  @Bean
  ImportApi importApi(
      MilenaProperties site,
      KnownPosts known,
      RemovedPosts removals,
      Backlog backlog,
      KafkaAccess kafka,
      ListAccess access,
      InstantSource clock,
      SecureRandom random) {
    PostImport posts =
        new PostImport(
            known,
            removals,
            backlog,
            kafka.publisher(),
            new OwnLinks(site.siteUrl()),
            clock,
            random);
    ImportLog log = new ImportLog(kafka.publisher(), clock);
    return new ImportApi(posts, log, access, site.mail().maxBytes());
  }

  @Bean
  FilterRegistrationBean<PageTags> pageTags() {
    FilterRegistrationBean<PageTags> tags = new FilterRegistrationBean<>(new PageTags());
    tags.addUrlPatterns("/archive", "/archive/*");
    return tags;
  }

  @Bean
  SmartLifecycle postSink(
      KafkaAccess kafka,
      Shelves shelves,
      RemovedPosts removals,
      AttachmentReader reader,
      ArchiveProperties settings,
      InstantSource clock,
      MeterRegistry meters) {
    return kafka.sink(
        new PostIntake(
            shelves,
            removals,
            settings.threadsBySubject(),
            reader,
            ArchiveConfiguration::readAhead,
            clock,
            meters));
  }

  /**
   * Nobody stops it, since an intake waits for what it has begun. No virtual thread: it reads for
   * long without a pause, and would keep a carrier from the pages that run on those.
   */
  private static void readAhead(Runnable reading) {
    Thread unused = Thread.ofPlatform().daemon().name("archive-read-ahead").start(reading);
  }

  /** Its posts are counted apart: they are no new ones. */
  @Bean
  Rebuild rebuild(
      KafkaAccess kafka,
      Generations generations,
      RemovedPosts removals,
      AttachmentReader reader,
      ArchiveProperties settings,
      InstantSource clock) {
    return new Rebuild(
        generations,
        kafka.log(Topics.POSTS),
        shelf ->
            new PostIntake(
                shelf,
                removals,
                settings.threadsBySubject(),
                reader,
                ArchiveConfiguration::readAhead,
                clock,
                new SimpleMeterRegistry()),
        clock);
  }

  @Bean
  RebuildRunner rebuildRunner(Rebuild rebuild, Generations generations) {
    return new RebuildRunner(rebuild, generations);
  }

  @Bean
  IndexApi indexApi(Rebuild rebuild, RebuildRunner runner, Generations generations) {
    return new IndexApi(rebuild, runner, generations);
  }

  @Bean
  SmartLifecycle eventSink(KafkaAccess kafka, TraceStore store) {
    return kafka.sink(TraceIntake.ofEvents(store));
  }

  @Bean
  SmartLifecycle resultSink(KafkaAccess kafka, TraceStore store) {
    return kafka.sink(TraceIntake.ofResults(store));
  }

  @Bean
  SmartLifecycle archiveKeeper(
      Indices indices,
      ArchiveIndex index,
      Directory directory,
      Commands commands,
      ArchiveProperties settings,
      InstantSource clock) {
    Expiry expiry = new Expiry(index, directory, commands, clock);
    return new ArchiveKeeper(indices, expiry, settings.traceKeep(), clock);
  }

  @Bean
  HealthIndicator elasticsearchHealthIndicator(SearchConnection connection) {
    return () -> {
      try {
        String status = connection.health();
        return (status.equals("red") ? Health.down() : Health.up())
            .withDetail("cluster", status)
            .build();
      } catch (OutageException e) {
        return Health.down().withDetail("cluster", String.valueOf(e.getMessage())).build();
      }
    };
  }
}
