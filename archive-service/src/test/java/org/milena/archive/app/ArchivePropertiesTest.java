package org.milena.archive.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

class ArchivePropertiesTest {
  private final ApplicationContextRunner runner =
      new ApplicationContextRunner().withUserConfiguration(Settings.class);

  @EnableConfigurationProperties(ArchiveProperties.class)
  static class Settings {}

  @Test
  void hasDefaults() {
    runner.run(context ->
        assertThat(context.getBean(ArchiveProperties.class))
            .isEqualTo(new ArchiveProperties("milena", 1, false, Duration.ofDays(92))));
  }

  @Test
  void takesAllSettings() {
    runner
        .withPropertyValues(
            "milena.archive.index-prefix=site-a",
            "milena.archive.shards=3",
            "milena.archive.public-raw=true",
            "milena.archive.trace-keep=30d")
        .run(context ->
            assertThat(context.getBean(ArchiveProperties.class))
                .isEqualTo(new ArchiveProperties("site-a", 3, true, Duration.ofDays(30))));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "milena.archive.index-prefx=x",
        "milena.archive.index-prefix=Upper",
        "milena.archive.shards=0",
        "milena.archive.trace-keep=1h"
      })
  void refusesWhatIsWrong(String setting) {
    runner.withPropertyValues(setting).run(context -> assertThat(context).hasFailed());
  }
}
