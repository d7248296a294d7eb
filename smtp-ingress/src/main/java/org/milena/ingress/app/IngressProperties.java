package org.milena.ingress.app;

import jakarta.validation.Valid;
import jakarta.validation.constraints.AssertTrue;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
import org.hibernate.validator.constraints.time.DurationMax;
import org.hibernate.validator.constraints.time.DurationMin;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;
import org.springframework.validation.annotation.Validated;

/**
 * Settings of the SMTP edge.
 *
 * @param bind numeric address of the ports; 0.0.0.0 is every one this machine has
 * @param smtpPort for mail from other hosts; 0 for any free one, -1 for none
 * @param submissionPort for mail from its authors, with STARTTLS; 0 for any free one, -1 for none
 * @param submissionsPort the same inside TLS; 0 for any free one, -1 for none
 * @param domains that are ours beside the site's and those of the lists
 * @param relayedDomains whose mail is scanned and handed on, whatever the local part; no wildcards
 * @param spool folder where larger mails wait while they arrive; {@code spool} in the data folder
 *     when absent
 * @param tls the certificate
 * @param limits what clients may ask
 * @param timeouts how long we wait for them
 */
@Validated
@ConfigurationProperties(prefix = "milena.ingress", ignoreUnknownFields = false)
public record IngressProperties(
    @DefaultValue("0.0.0.0") @NotBlank String bind,
    @DefaultValue("2525") @Min(-1) @Max(65_535) int smtpPort,
    @DefaultValue("2587") @Min(-1) @Max(65_535) int submissionPort,
    @DefaultValue("2465") @Min(-1) @Max(65_535) int submissionsPort,
    @DefaultValue Set<String> domains,
    @DefaultValue Set<String> relayedDomains,
    @Nullable Path spool,
    @DefaultValue @Valid Tls tls,
    @DefaultValue @Valid Limits limits,
    @DefaultValue @Valid Timeouts timeouts) {
  public IngressProperties {
    domains = withoutBlanks(domains);
    relayedDomains = withoutBlanks(relayedDomains);
  }

  /** Empty variables leave blanks. */
  private static Set<String> withoutBlanks(Set<String> names) {
    return names.stream()
        .filter(name -> !name.isBlank())
        .collect(java.util.stream.Collectors.toUnmodifiableSet());
  }

  /**
   * The certificate; we make one ourselves when both are absent. Renewed files are noticed.
   *
   * @param certificate PEM file, ours first, then those that vouch for it
   * @param key PEM file, not encrypted
   */
  public record Tls(@Nullable Path certificate, @Nullable Path key) {
    @AssertTrue(message = "tls.certificate and tls.key go together")
    boolean isComplete() {
      return (certificate == null) == (key == null);
    }
  }

  /**
   * What clients may ask. The largest mail is {@code milena.mail.max-size}.
   *
   * @param connections at the same time, in all
   * @param connectionsPerNetwork at the same time from one IPv4 address or IPv6 /64
   * @param commandLine octets of a command line
   * @param recipients of one transaction; announced as RCPTMAX
   * @param messages of one session; announced as MAILMAX
   * @param slowAfterErrors refusals from which on each further one comes a second later
   * @param errors refusals without a mail in between that end a session
   * @param junk commands that move no mail, without a mail in between, that a session may have
   * @param authFailures failed logins that end a session
   * @param hops Received fields a message may have
   * @param headerFields fields a message may have
   * @param memory of messages on their way to the broker, over all sessions
   * @param minFree disk space below which no mail is taken; 0 for no such mark
   */
  public record Limits(
      @DefaultValue("10000") @Min(1) int connections,
      @DefaultValue("100") @Min(1) int connectionsPerNetwork,
      @DefaultValue("2048") @Min(512) @Max(65_536) int commandLine,
      @DefaultValue("1000") @Min(100) @Max(100_000) int recipients,
      @DefaultValue("100") @Min(1) int messages,
      @DefaultValue("10") @Min(0) int slowAfterErrors,
      @DefaultValue("20") @Min(1) int errors,
      @DefaultValue("100") @Min(1) int junk,
      @DefaultValue("3") @Min(1) int authFailures,
      @DefaultValue("50") @Min(1) int hops,
      @DefaultValue("10000") @Min(1) int headerFields,
      @DefaultValue("128MB") DataSize memory,
      @DefaultValue("200MB") DataSize minFree) {}

  /**
   * How long we wait.
   *
   * @param command for a command line
   * @param data for a whole message
   * @param handshake for TLS
   * @param write for a client to take our replies
   * @param minDataRate octets a second a message must come in with
   * @param dataGrace how long it may be slower than that
   * @param broker for the broker to acknowledge; clients give up after their own time, and then
   *     send again
   * @param drain for messages under way when we stop
   */
  public record Timeouts(
      @DefaultValue("5m") @DurationMin(seconds = 1) Duration command,
      @DefaultValue("30m") @DurationMin(seconds = 1) Duration data,
      @DefaultValue("30s") @DurationMin(seconds = 1) Duration handshake,
      @DefaultValue("60s") @DurationMin(seconds = 1) Duration write,
      @DefaultValue("500") @Min(1) int minDataRate,
      @DefaultValue("30s") @DurationMin(seconds = 1) Duration dataGrace,
      @DefaultValue("26s") @DurationMin(seconds = 1) @DurationMax(minutes = 5) Duration broker,
      @DefaultValue("30s") @DurationMin(seconds = 0) Duration drain) {}
}
