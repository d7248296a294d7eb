package org.milena.archive.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.junit.jupiter.api.Test;
import org.milena.common.web.LeastRateFilter;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.web.servlet.FilterRegistrationBean;

class FeedConfigurationTest {
  @EnableConfigurationProperties(ArchiveProperties.class)
  static class Settings {}

  /** The map of the site, and what is at the addresses of other archives, go out as octets, too. */
  @Test
  void watchesReadersAtAllAddresses() {
    new ApplicationContextRunner()
        .withUserConfiguration(Settings.class)
        .run(context -> {
          FilterRegistrationBean<LeastRateFilter> filter =
              new FeedConfiguration()
                  .leastRate(context.getBean(ArchiveProperties.class), new SimpleMeterRegistry());
          assertThat(filter.getUrlPatterns()).containsExactly("/*");
          assertThat(filter.getServletNames()).isEmpty();
        });
  }
}
