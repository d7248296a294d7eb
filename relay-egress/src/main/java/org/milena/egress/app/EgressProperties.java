package org.milena.egress.app;

import jakarta.validation.Valid;
import jakarta.validation.constraints.AssertTrue;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import java.time.Duration;
import java.util.List;
import org.milena.egress.kafka.LoopSettings;
import org.milena.egress.net.NetSettings;
import org.milena.egress.retry.RetrySchedule;
import org.milena.egress.session.Timeouts;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;
import org.springframework.validation.annotation.Validated;

/**
 * Settings of egress.
 *
 * @param mode which way mail leaves: capture (it does not; it is kept in an outbox),
 *     smarthost:HOST:PORT, or mx. Also by MILENA_EGRESS
 * @param tls whether STARTTLS is used where it is offered
 * @param allowPrivate whether mail may go to private, loopback and link-local addresses in mx mode
 * @param dnsServers name servers, ADDRESS or ADDRESS:PORT; those of the machine when empty
 * @param mxPort port of mail hosts in mx mode
 * @param outboxKeep how many captured messages are kept; the oldest are removed
 * @param contentMemory memory for the messages being sent
 * @param sites how sites are treated
 * @param timeouts how long hosts are waited for (RFC 5321 section 4.5.3.2)
 * @param retry how temporary failures are tried again
 * @param hand how much is taken in hand
 */
@Validated
@ConfigurationProperties(prefix = "milena.egress", ignoreUnknownFields = false)
public record EgressProperties(
    @DefaultValue("capture") @NotBlank String mode,
    @DefaultValue("true") boolean tls,
    @DefaultValue("false") boolean allowPrivate,
    @DefaultValue List<String> dnsServers,
    @DefaultValue("25") @Min(1) @Max(65535) int mxPort,
    @DefaultValue("10000") @Min(1) @Max(10_000_000) int outboxKeep,
    @DefaultValue("64MB") DataSize contentMemory,
    @DefaultValue @Valid Sites sites,
    @DefaultValue @Valid Waits timeouts,
    @DefaultValue @Valid Retry retry,
    @DefaultValue @Valid Hand hand) {

  /**
   * How sites are treated.
   *
   * @param initialConnections to a site nothing is known of
   * @param maxConnections to a site
   * @param maxConnectionsInAll to all sites
   * @param maxTransactions over one connection
   * @param maxRecipients of one transaction
   * @param idle how long an unused connection is kept
   * @param maxQueued recipients that may wait for one site in mx mode; more are put off
   * @param maxWait how long they may wait there in mx mode
   * @param rest how long a site that cannot be reached is left alone
   */
  public record Sites(
      @DefaultValue("5") @Min(1) @Max(1000) int initialConnections,
      @DefaultValue("20") @Min(1) @Max(1000) int maxConnections,
      @DefaultValue("500") @Min(1) @Max(100_000) int maxConnectionsInAll,
      @DefaultValue("500") @Min(1) @Max(100_000) int maxTransactions,
      @DefaultValue("50") @Min(1) @Max(1000) int maxRecipients,
      @DefaultValue("10s") Duration idle,
      @DefaultValue("5000") @Min(1) @Max(1_000_000) int maxQueued,
      @DefaultValue("30s") Duration maxWait,
      @DefaultValue("30s") Duration rest) {

    @AssertTrue(message = "initial-connections must not exceed max-connections")
    boolean isOrdered() {
      return initialConnections <= maxConnections;
    }
  }

  /**
   * How long hosts are waited for.
   *
   * @param connect for the connection
   * @param command for the greeting and the replies to EHLO, MAIL and RCPT
   * @param dataStart for the reply to DATA
   * @param block for a piece of the content to be taken
   * @param dataEnd for the reply after the content; too short a wait makes duplicates
   */
  public record Waits(
      @DefaultValue("30s") Duration connect,
      @DefaultValue("5m") Duration command,
      @DefaultValue("2m") Duration dataStart,
      @DefaultValue("3m") Duration block,
      @DefaultValue("10m") Duration dataEnd) {

    Timeouts timeouts() {
      return new Timeouts(connect, command, dataStart, block, dataEnd);
    }
  }

  /**
   * How temporary failures are tried again.
   *
   * @param steps waits after the first, second, … attempt; the last one repeats
   * @param jitter share by which a wait is varied up and down
   * @param giveUpAfter age of a copy at which it fails (RFC 5321 section 4.5.4.1)
   * @param untried wait of what a crowded site could not be offered
   */
  public record Retry(
      @DefaultValue({"1m", "5m", "15m", "30m", "1h", "2h", "4h"}) List<Duration> steps,
      @DefaultValue("0.2") double jitter,
      @DefaultValue("4d") Duration giveUpAfter,
      @DefaultValue("30s") Duration untried) {

    @AssertTrue(message = "retry.steps must be one wait or more, none of them zero")
    boolean isStepped() {
      return !steps.isEmpty() && steps.stream().allMatch(Duration::isPositive);
    }

    @AssertTrue(message = "retry.jitter is 0 to 0.9")
    boolean isJitterInRange() {
      return jitter >= 0 && jitter <= 0.9;
    }

    RetrySchedule schedule() {
      return new RetrySchedule(steps, jitter, giveUpAfter, untried);
    }
  }

  /**
   * How much is taken in hand.
   *
   * @param maxRecipients in hand at which no more deliveries are read
   * @param maxUnkept SMTP transactions whose results may wait to be kept: as many may be repeated
   *     after a kill. At more than that no other is begun
   * @param maxUnkeptAge how long one may wait; after that none is begun
   * @param patience how long transactions may go on when a partition or the process goes
   */
  public record Hand(
      @DefaultValue("20000") @Min(100) @Max(10_000_000) int maxRecipients,
      @DefaultValue("100") @Min(1) @Max(1_000_000) int maxUnkept,
      @DefaultValue("2s") Duration maxUnkeptAge,
      @DefaultValue("5s") Duration patience) {

    LoopSettings settings() {
      return new LoopSettings(maxRecipients, 50, maxUnkept, maxUnkeptAge, patience);
    }
  }

  /** Limits towards hosts. */
  NetSettings net(String ourName, boolean manySites) {
    return new NetSettings(
        ourName,
        tls,
        timeouts.timeouts(),
        sites.initialConnections(),
        sites.maxConnections(),
        sites.maxConnectionsInAll(),
        sites.maxTransactions(),
        sites.maxRecipients(),
        sites.idle(),
        sites.maxQueued(),
        sites.maxWait(),
        sites.rest(),
        manySites);
  }
}
