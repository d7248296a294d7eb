package org.milena.archive.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.milena.archive.app.ArchiveProperties.Shim;
import org.milena.archive.elasticsearch.Language;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.diagnostics.FailureAnalyzer;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.core.io.support.SpringFactoriesLoader;
import org.springframework.core.io.support.SpringFactoriesLoader.FailureHandler;
import org.springframework.util.unit.DataSize;

class ArchivePropertiesTest {
  private final ApplicationContextRunner runner =
      new ApplicationContextRunner().withUserConfiguration(Settings.class);

  /** Analyzers that want to look into an application take no part. */
  private static final FailureHandler OF_OTHER_FAILURES = (_, _, _) -> {};

  @EnableConfigurationProperties(ArchiveProperties.class)
  static class Settings {}

  @Test
  void hasDefaults() {
    runner.run(context ->
        assertThat(context.getBean(ArchiveProperties.class))
            .isEqualTo(
                new ArchiveProperties(
                    "milena",
                    1,
                    Set.of(Language.EN, Language.DE),
                    false,
                    true,
                    Duration.ofDays(92),
                    true,
                    DataSize.ofMegabytes(192),
                    Duration.ofSeconds(10),
                    DataSize.ofMegabytes(16),
                    Set.of(Shim.PONYMAIL, Shim.HYPERKITTY),
                    4,
                    DataSize.ofBytes(0),
                    DataSize.ofKilobytes(4),
                    Duration.ofSeconds(30))));
  }

  @Test
  void takesAllSettings() {
    runner
        .withPropertyValues(
            "milena.archive.index-prefix=site-a",
            "milena.archive.shards=3",
            "milena.archive.languages=fr, NB",
            "milena.archive.public-raw=true",
            "milena.archive.trace-keep=30d",
            "milena.archive.extract=false",
            "milena.archive.extract-memory=512MB",
            "milena.archive.extract-time=20s",
            "milena.archive.extract-max-size=4MB",
            "milena.archive.shims=hyperkitty",
            "milena.archive.exports=9",
            "milena.archive.message-memory=48MB",
            "milena.archive.least-rate=1KB",
            "milena.archive.least-rate-time=2m")
        .run(context ->
            assertThat(context.getBean(ArchiveProperties.class))
                .isEqualTo(
                    new ArchiveProperties(
                        "site-a",
                        3,
                        Set.of(Language.FR, Language.NB),
                        true,
                        true,
                        Duration.ofDays(30),
                        false,
                        DataSize.ofMegabytes(512),
                        Duration.ofSeconds(20),
                        DataSize.ofMegabytes(4),
                        Set.of(Shim.HYPERKITTY),
                        9,
                        DataSize.ofMegabytes(48),
                        DataSize.ofKilobytes(1),
                        Duration.ofMinutes(2))));
  }

  @Test
  void takesNoApiOfOthersWhereNoneIsNamed() {
    runner
        .withPropertyValues("milena.archive.shims=")
        .run(context -> assertThat(context.getBean(ArchiveProperties.class).shims()).isEmpty());
  }

  @Test
  void stemsNoWordsWhereNoLanguageIsNamed() {
    runner
        .withPropertyValues("milena.archive.languages=")
        .run(context -> assertThat(context.getBean(ArchiveProperties.class).languages()).isEmpty());
  }

  /** What is printed when it does not start. */
  @Test
  void saysWhichLanguagesThereAre() {
    runner
        .withPropertyValues("milena.archive.languages=en,tlh")
        .run(context ->
            assertThat(
                    SpringFactoriesLoader.forDefaultResourceLocation()
                        .load(FailureAnalyzer.class, OF_OTHER_FAILURES)
                        .stream()
                        .map(analyzer ->
                            analyzer.analyze(Objects.requireNonNull(context.getStartupFailure())))
                        .filter(Objects::nonNull))
                .singleElement()
                .satisfies(analysis -> {
                  assertThat(analysis.getDescription()).contains("milena.archive.languages", "tlh");
                  String action = Objects.requireNonNull(analysis.getAction());
                  assertThat(action.lines().map(String::strip)).contains("de", "en", "nb", "tr");
                }));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "milena.archive.index-prefx=x",
        "milena.archive.index-prefix=Upper",
        "milena.archive.shards=0",
        "milena.archive.trace-keep=1h",
        "milena.archive.extract-memory=1MB",
        "milena.archive.extract-time=10m",
        "milena.archive.extract-max-size=1GB",
        "milena.archive.shims=ponymail,mhonarc",
        "milena.archive.languages=en,tlh",
        "milena.archive.exports=0",
        "milena.archive.message-memory=1KB"
      })
  void refusesWhatIsWrong(String setting) {
    runner.withPropertyValues(setting).run(context -> assertThat(context).hasFailed());
  }
}
