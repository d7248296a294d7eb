package org.milena.egress.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.milena.egress.net.NetSettings;
import org.milena.egress.retry.RetrySchedule;
import org.milena.egress.session.Timeouts;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Configuration;

class EgressPropertiesTest {
  private final ApplicationContextRunner runner =
      new ApplicationContextRunner().withUserConfiguration(Settings.class);

  @Configuration(proxyBeanMethods = false)
  @EnableConfigurationProperties(EgressProperties.class)
  static class Settings {}

  @Test
  void hasDefaultsThatSendNothing() {
    runner.run(context -> {
      EgressProperties settings = context.getBean(EgressProperties.class);
      assertThat(settings.mode()).isEqualTo("capture");
      assertThat(settings.allowPrivate()).isFalse();
      assertThat(settings.retry().schedule()).isEqualTo(RetrySchedule.standard());
      assertThat(settings.timeouts().timeouts()).isEqualTo(Timeouts.standard());
      assertThat(settings.net("us", true)).isEqualTo(NetSettings.standard("us", true));
      assertThat(settings.hand().settings())
          .isEqualTo(org.milena.egress.kafka.LoopSettings.standard());
    });
  }

  @Test
  void readsEverySetting() {
    runner
        .withPropertyValues(
            "milena.egress.mode=mx",
            "milena.egress.tls=false",
            "milena.egress.allow-private=true",
            "milena.egress.dns-servers=192.0.2.1,192.0.2.2:53",
            "milena.egress.mx-port=2525",
            "milena.egress.outbox-keep=5",
            "milena.egress.content-memory=1MB",
            "milena.egress.sites.initial-connections=1",
            "milena.egress.sites.max-connections=2",
            "milena.egress.timeouts.connect=1s",
            "milena.egress.retry.steps=1s,2s",
            "milena.egress.retry.jitter=0",
            "milena.egress.retry.give-up-after=1h",
            "milena.egress.hand.max-recipients=100")
        .run(context -> {
          EgressProperties settings = context.getBean(EgressProperties.class);
          assertThat(settings.dnsServers()).isEqualTo(List.of("192.0.2.1", "192.0.2.2:53"));
          assertThat(settings.sites().maxConnections()).isEqualTo(2);
          assertThat(settings.timeouts().connect()).isEqualTo(Duration.ofSeconds(1));
          assertThat(settings.retry().steps()).hasSize(2);
          assertThat(settings.hand().maxRecipients()).isEqualTo(100);
        });
  }

  @Test
  void refusesATypo() {
    runner
        .withPropertyValues("milena.egress.moed=mx")
        .run(context ->
            assertThat(context)
                .getFailure()
                .rootCause()
                .hasMessageContaining("milena.egress.moed"));
  }

  @Test
  void refusesAValueOutOfRange() {
    runner
        .withPropertyValues("milena.egress.sites.max-connections=0")
        .run(context -> assertThat(context).hasFailed());
    runner
        .withPropertyValues("milena.egress.retry.jitter=2")
        .run(context -> assertThat(context).hasFailed());
  }

  @Test
  void refusesWhatDoesNotGoTogether() {
    runner
        .withPropertyValues(
            "milena.egress.sites.initial-connections=9", "milena.egress.sites.max-connections=3")
        .run(context -> assertThat(context).hasFailed());
  }
}
