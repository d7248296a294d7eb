package org.milena.archive.app;

import io.micrometer.core.instrument.MeterRegistry;
import java.time.InstantSource;
import org.milena.archive.elasticsearch.FormerKeys;
import org.milena.archive.elasticsearch.Indices;
import org.milena.archive.elasticsearch.PostDocuments;
import org.milena.archive.elasticsearch.PostSearch;
import org.milena.archive.elasticsearch.RawDocuments;
import org.milena.archive.elasticsearch.SearchConnection;
import org.milena.archive.elasticsearch.ThreadDocuments;
import org.milena.archive.elasticsearch.TraceDocuments;
import org.milena.archive.export.MboxExport;
import org.milena.archive.former.FormerPosts;
import org.milena.archive.intake.PostIntake;
import org.milena.archive.post.PostStore;
import org.milena.archive.post.RawStore;
import org.milena.archive.search.ArchiveIndex;
import org.milena.archive.search.ArchiveSearch;
import org.milena.archive.thread.ThreadIndex;
import org.milena.archive.trace.PostDeliveries;
import org.milena.archive.trace.TraceIntake;
import org.milena.archive.trace.TraceStore;
import org.milena.archive.trace.Traces;
import org.milena.archive.web.ArchiveApi;
import org.milena.archive.web.ArchiveDownloads;
import org.milena.archive.web.ArchivePages;
import org.milena.archive.web.DeliveryApi;
import org.milena.archive.web.DeliveryReaders;
import org.milena.archive.web.FormerPages;
import org.milena.archive.web.HtmlPages;
import org.milena.archive.web.PageTags;
import org.milena.archive.web.PostPages;
import org.milena.archive.web.SearchPages;
import org.milena.archive.web.ThreadPages;
import org.milena.archive.web.TraceApi;
import org.milena.common.app.CommonConfiguration;
import org.milena.common.app.MilenaProperties;
import org.milena.common.directory.Directory;
import org.milena.common.failure.OutageException;
import org.milena.common.kafka.KafkaAccess;
import org.milena.common.web.ListAccess;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.SmartLifecycle;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

/** The rooms of the archive as beans. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(ArchiveProperties.class)
@Import({
  CommonConfiguration.class,
  ArchiveApi.class,
  ArchivePages.class,
  FormerPages.class,
  HtmlPages.class,
  SearchPages.class,
  TraceApi.class,
  DeliveryApi.class
})
public class ArchiveConfiguration {

  @Bean
  SearchConnection searchConnection(MilenaProperties site, MeterRegistry meters) {
    return new SearchConnection(site.elasticsearch(), false, meters);
  }

  @Bean
  Indices archiveIndices(SearchConnection connection, ArchiveProperties settings) {
    return new Indices(connection, settings.indexPrefix(), settings.shards());
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
  ThreadIndex threadIndex(SearchConnection connection, Indices indices) {
    return new ThreadDocuments(connection, indices);
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
    return new TraceDocuments(connection, indices);
  }

  @Bean
  ArchiveSearch archiveSearch(ArchiveIndex index, Directory directory) {
    return new ArchiveSearch(index, directory);
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
  MboxExport mboxExport(ArchiveIndex index, RawStore raws) {
    return new MboxExport(index, raws);
  }

  @Bean
  PostPages postPages(
      ArchiveIndex index, RawStore raws, DeliveryReaders deliveries, ListAccess access) {
    return new PostPages(index, raws, deliveries, access);
  }

  @Bean
  ThreadPages threadPages(ArchiveIndex index, ListAccess access, ArchiveProperties settings) {
    return new ThreadPages(index, access, settings.publicRaw());
  }

  @Bean
  ArchiveDownloads archiveDownloads(
      ArchiveIndex index,
      RawStore raws,
      MboxExport export,
      ListAccess access,
      ArchiveProperties settings) {
    return new ArchiveDownloads(index, raws, export, access, settings.publicRaw());
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
      PostStore posts,
      ThreadIndex threads,
      InstantSource clock,
      MeterRegistry meters) {
    return kafka.sink(new PostIntake(posts, threads, clock, meters));
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
  SmartLifecycle indexKeeper(Indices indices, ArchiveProperties settings, InstantSource clock) {
    return new IndexKeeper(indices, settings.traceKeep(), clock);
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
