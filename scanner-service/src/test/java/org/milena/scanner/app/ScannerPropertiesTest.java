package org.milena.scanner.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.milena.common.app.MilenaProperties;
import org.milena.common.failure.UnfitException;
import org.milena.common.mail.MailAddress;
import org.milena.scanner.builtin.AttachmentPolicy;
import org.milena.scanner.scan.Engine;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.boot.validation.autoconfigure.ValidationAutoConfiguration;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.PropertySource;

class ScannerPropertiesTest {

  @Configuration(proxyBeanMethods = false)
  @EnableConfigurationProperties({ScannerProperties.class, MilenaProperties.class})
  @PropertySource("classpath:org/milena/scanner/scanner.properties")
  static class Settings {}

  private final ApplicationContextRunner runner =
      new ApplicationContextRunner()
          .withConfiguration(AutoConfigurations.of(ValidationAutoConfiguration.class))
          .withUserConfiguration(Settings.class);

  @Test
  void defaults() {
    runner.run(context -> {
      ScannerProperties settings = context.getBean(ScannerProperties.class);
      assertThat(settings.clamd()).isEmpty();
      assertThat(settings.postmaster()).isNull();
      assertThat(settings.attachments().policy()).isEqualTo(AttachmentPolicy.DEFAULT);
      assertThat(settings.parallel()).isEqualTo(8);
      assertThat(settings.batch()).isEqualTo(32);
      assertThat(settings.scansPerClamd()).isEqualTo(10);
      assertThat(settings.quarantine())
          .isEqualTo(
              new ScannerProperties.Quarantine(Duration.ofDays(30), Duration.ofDays(1), false));
    });
  }

  @Test
  void allOfThem() {
    runner
        .withPropertyValues(
            "milena.scanner.clamd=tcp:a:3310, unix:/run/clamd",
            "milena.scanner.postmaster=admin@example.com",
            "milena.scanner.attachments.blocked=exe,.SCR",
            "milena.scanner.attachments.blocked-in-archives=",
            "milena.scanner.parallel=3",
            "milena.scanner.batch=5",
            "milena.scanner.scans-per-clamd=7",
            "milena.scanner.quarantine.kept-for=7d",
            "milena.scanner.quarantine.digest=0",
            "milena.scanner.quarantine.second-operator=true")
        .run(context -> {
          ScannerProperties settings = context.getBean(ScannerProperties.class);
          assertThat(settings.clamd()).containsExactly("tcp:a:3310", "unix:/run/clamd");
          assertThat(settings.postmaster()).isEqualTo("admin@example.com");
          AttachmentPolicy policy = settings.attachments().policy();
          assertThat(policy.blocked()).isEqualTo(Set.of("exe", "scr"));
          assertThat(policy.blockedInArchives()).isEmpty();
          assertThat(settings.parallel()).isEqualTo(3);
          assertThat(settings.batch()).isEqualTo(5);
          assertThat(settings.scansPerClamd()).isEqualTo(7);
          assertThat(settings.quarantine())
              .isEqualTo(new ScannerProperties.Quarantine(Duration.ofDays(7), Duration.ZERO, true));
        });
  }

  @ParameterizedTest
  @ValueSource(strings = {"1s", "25s"})
  void rspamdMayTakeFromOneSecondTo25(String timeout) {
    runner
        .withPropertyValues("milena.scanner.rspamd-task-timeout=" + timeout)
        .run(context ->
            assertThat(context.getBean(ScannerProperties.class).rspamdTaskTimeout())
                .isEqualTo(Duration.parse("PT" + timeout)));
  }

  @Test
  void aTimeoutOfRspamdThatMakesNoSenseIsRefusedByItsName() {
    runner
        .withPropertyValues("milena.scanner.rspamd-task-timeout=30s")
        .run(context ->
            assertThat(context)
                .hasFailed()
                .getFailure()
                .rootCause()
                .hasMessage(
                    "milena.scanner.rspamd-task-timeout is 1 s to 25 s, as rspamd's own"
                        + " task_timeout, not PT30S"));
  }

  @Test
  void clamdByItsVariable() {
    runner
        .withPropertyValues("MILENA_CLAMAV=tcp:clamav:3310")
        .run(context ->
            assertThat(context.getBean(ScannerProperties.class).clamd())
                .containsExactly("tcp:clamav:3310"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "milena.scanner.clamav=tcp:a:3310",
        "milena.scanner.quarantine.kept-for=31d",
        "milena.scanner.quarantine.kept-for=0",
        "milena.scanner.quarantine.digest=8d",
        "milena.scanner.quarantine.digest=-1h",
        "milena.scanner.rspamd-task-timeout=999ms",
        "milena.scanner.rspamd-task-timeout=25001ms",
        "milena.scanner.rspamd-task-timeout=-8s",
        "milena.scanner.parallel=0",
        "milena.scanner.batch=0",
        "milena.scanner.scans-per-clamd=101",
        "milena.scanner.attachments.enabled=false"
      })
  void mistakesStopTheStart(String mistake) {
    runner
        .withPropertyValues(mistake)
        .run(context ->
            assertThat(context)
                .hasFailed()
                .getFailure()
                .rootCause()
                .hasMessageContaining(
                    mistake
                        .substring("milena.scanner.".length(), mistake.indexOf('='))
                        .replaceFirst(".*\\.", "")
                        .replace("scans-per-clamd", "scansPerClamd")));
  }

  @Test
  void anAddressThatIsNoneStopsTheStart() {
    runner
        .withPropertyValues("milena.scanner.clamd=clamav:3310")
        .run(context -> {
          ScannerProperties settings = context.getBean(ScannerProperties.class);
          assertThatThrownBy(() -> engines(settings)).isInstanceOf(UnfitException.class);
        });
  }

  @ParameterizedTest
  @ValueSource(strings = {"postmaster@lists.localhost", "Abuse@LISTS.localhost", "nobody"})
  void aPostmasterWhoWouldGetItsMailForEverStopsTheStart(String address) {
    runner
        .withPropertyValues("milena.scanner.postmaster=" + address)
        .run(context ->
            assertThatThrownBy(() ->
                    ScannerConfiguration.postmaster(
                        context.getBean(ScannerProperties.class),
                        context.getBean(MilenaProperties.class)))
                .isInstanceOf(UnfitException.class)
                .hasMessageContaining("milena.scanner.postmaster"));
  }

  @Test
  void aPostmasterElsewhereIsFine() {
    runner
        .withPropertyValues("milena.scanner.postmaster=postmaster@example.com")
        .run(context ->
            assertThat(
                    ScannerConfiguration.postmaster(
                        context.getBean(ScannerProperties.class),
                        context.getBean(MilenaProperties.class)))
                .contains(MailAddress.of("postmaster@example.com")));
  }

  @Test
  @ExtendWith(OutputCaptureExtension.class)
  void withoutAnEngineTheStartSaysSoLoudlyAndTheBuiltInChecksRun(CapturedOutput output) {
    runner.run(context -> {
      try (ScannerEngines engines = engines(context.getBean(ScannerProperties.class))) {
        assertThat(engines.all()).extracting(Engine::name).containsExactly("builtin");
      }
      assertThat(output).contains("NO ANTIVIRUS ENGINE").contains("MILENA_CLAMAV");
    });
  }

  private static ScannerEngines engines(ScannerProperties settings) {
    return new ScannerEngines(
        settings, List.of(), InstantSource.system(), new SimpleMeterRegistry());
  }
}
