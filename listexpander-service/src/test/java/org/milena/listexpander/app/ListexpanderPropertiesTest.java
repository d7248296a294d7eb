package org.milena.listexpander.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.validation.autoconfigure.ValidationAutoConfiguration;
import org.springframework.context.annotation.Configuration;

class ListexpanderPropertiesTest {
  private static final ListexpanderProperties.Confirmations USUAL =
      new ListexpanderProperties.Confirmations(60, 500);

  private final ApplicationContextRunner runner =
      new ApplicationContextRunner()
          .withConfiguration(AutoConfigurations.of(ValidationAutoConfiguration.class))
          .withUserConfiguration(Settings.class);

  private static final ListexpanderProperties.Sources SOURCES =
      new ListexpanderProperties.Sources(true, Duration.ofHours(1), Set.of());

  @Configuration(proxyBeanMethods = false)
  @EnableConfigurationProperties(ListexpanderProperties.class)
  static class Settings {}

  @Test
  void startsWithoutAnySetting() {
    runner.run(context ->
        assertThat(context.getBean(ListexpanderProperties.class))
            .isEqualTo(new ListexpanderProperties(null, 4, 100, USUAL, SOURCES)));
  }

  @Test
  void takesEverySetting() {
    runner
        .withPropertyValues(
            "milena.listexpander.admin-password=secret",
            "milena.listexpander.parallel=9",
            "milena.listexpander.batch=7",
            "milena.listexpander.confirmations.per-network=5",
            "milena.listexpander.confirmations.per-domain=6",
            "milena.listexpander.sources.urls=false",
            "milena.listexpander.sources.every=2h",
            "milena.listexpander.sources.internal-hosts=HR.internal,b.internal")
        .run(context ->
            assertThat(context.getBean(ListexpanderProperties.class))
                .isEqualTo(
                    new ListexpanderProperties(
                        new ListexpanderProperties.Secret("secret"),
                        9,
                        7,
                        new ListexpanderProperties.Confirmations(5, 6),
                        new ListexpanderProperties.Sources(
                            false, Duration.ofHours(2), Set.of("hr.internal", "b.internal")))));
  }

  @Test
  void showsNoPassword() {
    assertThat(
            new ListexpanderProperties(
                    new ListexpanderProperties.Secret("hidden"), 4, 100, USUAL, SOURCES)
                .toString())
        .doesNotContain("hidden");
  }

  @Test
  void refusesAMisspeltSetting() {
    runner
        .withPropertyValues("milena.listexpander.paralel=9")
        .run(context ->
            assertThat(context.getStartupFailure())
                .rootCause()
                .hasMessageContaining("milena.listexpander.paralel"));
  }

  @Test
  void refusesNoConfirmationsAtAll() {
    runner
        .withPropertyValues("milena.listexpander.confirmations.per-network=0")
        .run(context ->
            assertThat(context.getStartupFailure()).rootCause().hasMessageContaining("perNetwork"));
  }

  @Test
  void refusesANumberOutOfRange() {
    runner
        .withPropertyValues("milena.listexpander.batch=0")
        .run(context ->
            assertThat(context.getStartupFailure()).rootCause().hasMessageContaining("batch"));
  }
}
