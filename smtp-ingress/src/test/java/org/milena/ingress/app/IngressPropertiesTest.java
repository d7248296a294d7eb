package org.milena.ingress.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.validation.autoconfigure.ValidationAutoConfiguration;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.PropertySource;

class IngressPropertiesTest {

  @Configuration(proxyBeanMethods = false)
  @EnableConfigurationProperties(IngressProperties.class)
  @PropertySource("classpath:org/milena/ingress/ingress.properties")
  static class Settings {}

  private final ApplicationContextRunner runner =
      new ApplicationContextRunner()
          .withConfiguration(AutoConfigurations.of(ValidationAutoConfiguration.class))
          .withUserConfiguration(Settings.class);

  @Test
  void hasDefaults() {
    runner.run(context -> {
      IngressProperties settings = context.getBean(IngressProperties.class);
      assertThat(settings.bind()).isEqualTo("0.0.0.0");
      assertThat(settings.smtpPort()).isEqualTo(2525);
      assertThat(settings.submissionPort()).isEqualTo(2587);
      assertThat(settings.submissionsPort()).isEqualTo(2465);
      assertThat(settings.limits().messages()).isEqualTo(100);
      assertThat(settings.limits().memory().toMegabytes()).isEqualTo(128);
      assertThat(settings.timeouts().command()).isEqualTo(Duration.ofMinutes(5));
      assertThat(settings.tls().certificate()).isNull();
    });
  }

  @Test
  void takesShortNamesAndLongOnes() {
    runner
        .withPropertyValues(
            "MILENA_SMTP_PORT=25",
            "milena.ingress.submission-port=-1",
            "milena.ingress.relayed-domains=a.example, b.example",
            "milena.ingress.spool=/var/spool/milena",
            "milena.ingress.tls.certificate=/c.pem",
            "milena.ingress.tls.key=/k.pem",
            "milena.ingress.limits.recipients=500",
            "milena.ingress.timeouts.min-data-rate=100")
        .run(context -> {
          IngressProperties settings = context.getBean(IngressProperties.class);
          assertThat(settings.smtpPort()).isEqualTo(25);
          assertThat(settings.submissionPort()).isEqualTo(-1);
          assertThat(settings.relayedDomains()).isEqualTo(Set.of("a.example", "b.example"));
          assertThat(settings.spool()).isEqualTo(Path.of("/var/spool/milena"));
          assertThat(settings.limits().recipients()).isEqualTo(500);
          assertThat(settings.timeouts().minDataRate()).isEqualTo(100);
        });
  }

  @Test
  void namesATypo() {
    failsNaming("milena.ingress.relay-domains=x", "relay-domains");
  }

  @Test
  void namesWhatIsOutOfRange() {
    failsNaming("milena.ingress.limits.recipients=99", "recipients");
    failsNaming("milena.ingress.smtp-port=70000", "smtpPort");
  }

  @Test
  void namesAKeyWithoutItsCertificate() {
    failsNaming("milena.ingress.tls.key=/k.pem", "tls.certificate and tls.key go together");
  }

  private void failsNaming(String setting, String name) {
    runner
        .withPropertyValues(setting)
        .run(context -> {
          assertThat(context).hasFailed();
          assertThat(context.getStartupFailure()).rootCause().hasMessageContaining(name);
        });
  }
}
