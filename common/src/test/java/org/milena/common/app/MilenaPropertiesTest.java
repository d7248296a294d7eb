package org.milena.common.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.validation.autoconfigure.ValidationAutoConfiguration;
import org.springframework.context.annotation.Configuration;

class MilenaPropertiesTest {

  @Configuration(proxyBeanMethods = false)
  @EnableConfigurationProperties(MilenaProperties.class)
  static class Settings {}

  private final ApplicationContextRunner runner =
      new ApplicationContextRunner()
          .withConfiguration(AutoConfigurations.of(ValidationAutoConfiguration.class))
          .withUserConfiguration(Settings.class);

  @Test
  void hasDefaults() {
    runner.run(context -> {
      MilenaProperties settings = context.getBean(MilenaProperties.class);
      assertThat(settings.domain()).isEqualTo("lists.localhost");
      assertThat(settings.smtpName()).isEqualTo("lists.localhost");
      assertThat(settings.siteUrl()).isEqualTo("http://localhost:8080");
      assertThat(settings.kafka()).isEqualTo("127.0.0.1:9092");
      assertThat(settings.replication()).isEqualTo(1);
      assertThat(settings.partitions()).isEqualTo(4);
      assertThat(settings.elasticsearch()).isEqualTo(URI.create("http://127.0.0.1:9200"));
      assertThat(settings.instance()).isEqualTo("main");
      assertThat(settings.keyFolder()).isEqualTo(Path.of("data/keys"));
      assertThat(settings.mail().maxBytes()).isEqualTo(26_214_400);
    });
  }

  @Test
  void takesOtherValues() {
    runner
        .withPropertyValues(
            "milena.domain=lists.example.org",
            "milena.hostname=mx1.example.org",
            "milena.site-url=https://lists.example.org/",
            "milena.replication=3",
            "milena.keys=/run/keys",
            "milena.mail.max-size=1MB")
        .run(context -> {
          MilenaProperties settings = context.getBean(MilenaProperties.class);
          assertThat(settings.smtpName()).isEqualTo("mx1.example.org");
          assertThat(settings.siteUrlBase()).isEqualTo("https://lists.example.org");
          assertThat(settings.replication()).isEqualTo(3);
          assertThat(settings.keyFolder()).isEqualTo(Path.of("/run/keys"));
          assertThat(settings.mail().maxBytes()).isEqualTo(1_048_576);
        });
  }

  @ParameterizedTest
  @ValueSource(strings = {"1", "3", "4", "5"})
  void takesOneCopyOrThreeAndMore(String replication) {
    runner
        .withPropertyValues("milena.replication=" + replication)
        .run(context -> assertThat(context).hasNotFailed());
  }

  @Test
  void refusesTwoCopiesAndSaysWhy() {
    runner
        .withPropertyValues("milena.replication=2")
        .run(context ->
            assertThat(context.getStartupFailure())
                .rootCause()
                .hasMessageContaining("milena.replication is 1 or at least 3"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"0", "-1", "10", "many"})
  void refusesCopiesThatCannotBe(String replication) {
    runner
        .withPropertyValues("milena.replication=" + replication)
        .run(context -> assertThat(context).hasFailed());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "milena.domain= ",
        "milena.site-url=localhost",
        "milena.partitions=0",
        "milena.instance=a b",
        "milena.mail.max-size=1KB"
      })
  void refusesWhatCannotWork(String setting) {
    runner.withPropertyValues(setting).run(context -> assertThat(context).hasFailed());
  }
}
