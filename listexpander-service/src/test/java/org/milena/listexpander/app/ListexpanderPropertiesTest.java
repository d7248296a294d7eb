package org.milena.listexpander.app;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.validation.autoconfigure.ValidationAutoConfiguration;
import org.springframework.context.annotation.Configuration;

class ListexpanderPropertiesTest {
  private final ApplicationContextRunner runner =
      new ApplicationContextRunner()
          .withConfiguration(AutoConfigurations.of(ValidationAutoConfiguration.class))
          .withUserConfiguration(Settings.class);

  @Configuration(proxyBeanMethods = false)
  @EnableConfigurationProperties(ListexpanderProperties.class)
  static class Settings {}

  @Test
  void startsWithoutAnySetting() {
    runner.run(context ->
        assertThat(context.getBean(ListexpanderProperties.class))
            .isEqualTo(new ListexpanderProperties(null, 4, 100)));
  }

  @Test
  void takesEverySetting() {
    runner
        .withPropertyValues(
            "milena.listexpander.admin-password=secret",
            "milena.listexpander.parallel=9",
            "milena.listexpander.batch=7")
        .run(context ->
            assertThat(context.getBean(ListexpanderProperties.class))
                .isEqualTo(
                    new ListexpanderProperties(new ListexpanderProperties.Secret("secret"), 9, 7)));
  }

  @Test
  void showsNoPassword() {
    assertThat(
            new ListexpanderProperties(new ListexpanderProperties.Secret("hidden"), 4, 100)
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
  void refusesANumberOutOfRange() {
    runner
        .withPropertyValues("milena.listexpander.batch=0")
        .run(context ->
            assertThat(context.getStartupFailure()).rootCause().hasMessageContaining("batch"));
  }
}
