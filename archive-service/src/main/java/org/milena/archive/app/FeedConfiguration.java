package org.milena.archive.app;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import org.milena.archive.export.ExportLimit;
import org.milena.archive.export.MboxExport;
import org.milena.archive.post.MessageMemory;
import org.milena.archive.post.RawStore;
import org.milena.archive.search.ArchiveIndex;
import org.milena.archive.search.ArchiveSearch;
import org.milena.archive.web.Posts;
import org.milena.archive.web.Robots;
import org.milena.archive.web.download.CrawlerPages;
import org.milena.archive.web.download.FeedPages;
import org.milena.archive.web.download.MboxAnswers;
import org.milena.archive.web.download.MboxDownloads;
import org.milena.common.app.MilenaProperties;
import org.milena.common.directory.Directory;
import org.milena.common.web.LeastRateFilter;
import org.milena.common.web.ListAccess;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** What takes posts out of the archive in bulk: mboxes, feeds, sitemaps. */
@Configuration(proxyBeanMethods = false)
class FeedConfiguration {

  @Bean
  MboxExport mboxExport(ArchiveIndex index, RawStore raws, MessageMemory memory) {
    return new MboxExport(index, raws, memory);
  }

  @Bean
  ExportLimit exportLimit(ArchiveProperties settings) {
    return new ExportLimit(settings.exports());
  }

  @Bean
  MboxAnswers mboxAnswers(
      MboxExport export, ExportLimit limit, ListAccess access, ArchiveProperties settings) {
    return new MboxAnswers(export, limit, access, settings.publicRaw(), MboxAnswers.COUNTED);
  }

  @Bean
  MboxDownloads mboxDownloads(
      Posts posts, ArchiveSearch search, MboxAnswers answers, ListAccess access) {
    return new MboxDownloads(posts, search, answers, access);
  }

  @Bean
  FeedPages feedPages(
      ArchiveIndex index,
      ArchiveSearch search,
      Posts posts,
      Directory directory,
      ListAccess access,
      MilenaProperties site) {
    return new FeedPages(index, search, posts, directory, access, site.siteUrlBase());
  }

  @Bean
  CrawlerPages crawlerPages(
      ArchiveIndex index,
      Directory directory,
      ExportLimit limit,
      ListAccess access,
      MilenaProperties site) {
    return new CrawlerPages(index, directory, limit, access, site.siteUrlBase());
  }

  /** All that goes out as octets, wherever it is: also maps of the site. */
  @Bean
  FilterRegistrationBean<LeastRateFilter> leastRate(
      ArchiveProperties settings, MeterRegistry meters) {
    Counter slow =
        Counter.builder("milena.archive.slow.readers")
            .description("answers that were ended, since their readers took them too slowly")
            .register(meters);
    FilterRegistrationBean<LeastRateFilter> filter =
        new FilterRegistrationBean<>(
            new LeastRateFilter(
                settings.leastRate().toBytes(), settings.leastRateTime(), slow::increment));
    filter.addUrlPatterns("/*");
    return filter;
  }

  @Bean
  FilterRegistrationBean<Robots> robots() {
    FilterRegistrationBean<Robots> robots = new FilterRegistrationBean<>(new Robots());
    robots.addUrlPatterns("/api/*", "/archive/search", "/archive/search/*");
    return robots;
  }
}
