package org.milena.ingress.app;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.ConcurrentHashMap;
import org.milena.common.status.EnhancedStatus;
import org.milena.common.status.SmtpReply;
import org.milena.ingress.net.TrafficObserver;
import org.milena.ingress.policy.Admission;
import org.milena.ingress.policy.ByteBudget;
import org.milena.ingress.policy.ConnectionCount;
import org.milena.ingress.session.PortRole;

/** The metrics of the SMTP edge; their names are here and nowhere else. */
final class IngressMeters implements TrafficObserver {
  private static final String CONNECTIONS = "milena.ingress.connections";
  private static final String SESSIONS = "milena.ingress.sessions";
  private static final String NETWORKS = "milena.ingress.networks";
  private static final String MEMORY = "milena.ingress.memory";
  private static final String REFUSED = "milena.ingress.refused";
  private static final String ACCEPTED = "milena.ingress.accepted";
  private static final String ANSWER = "milena.ingress.answer";

  private record RefusedKey(PortRole role, int code, String status) {}

  private final MeterRegistry meters;
  private final ConcurrentHashMap<RefusedKey, Counter> refused = new ConcurrentHashMap<>();
  private final ConcurrentHashMap<RefusedKey, Timer> answers = new ConcurrentHashMap<>();
  private final DistributionSummary accepted;

  IngressMeters(MeterRegistry meters, ConnectionCount count, ByteBudget budget) {
    this.meters = meters;
    Gauge.builder(SESSIONS, count, ConnectionCount::count)
        .description("Connections that are open")
        .register(meters);
    Gauge.builder(NETWORKS, count, ConnectionCount::networks)
        .description("Networks they come from")
        .register(meters);
    Gauge.builder(MEMORY, budget, ByteBudget::used)
        .description("Memory that messages on their way to the broker take")
        .baseUnit("bytes")
        .register(meters);
    this.accepted =
        DistributionSummary.builder(ACCEPTED)
            .description("Messages taken, by size")
            .baseUnit("bytes")
            .register(meters);
  }

  @Override
  public void connected(PortRole role, Admission admission) {
    meters.counter(CONNECTIONS, "port", lower(role), "admission", lower(admission)).increment();
  }

  @Override
  public void replied(PortRole role, SmtpReply reply) {
    if (reply.code() >= 400) {
      refused
          .computeIfAbsent(
              key(role, reply),
              key ->
                  Counter.builder(REFUSED)
                      .description("Replies that say no, or later")
                      .tags("port", lower(key.role()), "class", key.code() / 100 + "xx")
                      .tags("code", Integer.toString(key.code()), "status", key.status())
                      .register(meters))
          .increment();
    }
  }

  @Override
  public void answered(PortRole role, SmtpReply reply, long octets, Duration waited) {
    if (reply.positive()) {
      accepted.record(octets);
    }
    answers
        .computeIfAbsent(
            key(role, reply),
            key ->
                Timer.builder(ANSWER)
                    .description("Time from the final dot to the answer")
                    .tags("port", lower(key.role()), "code", Integer.toString(key.code()))
                    .tags("status", key.status())
                    .publishPercentileHistogram()
                    .minimumExpectedValue(Duration.ofMillis(1))
                    .maximumExpectedValue(Duration.ofSeconds(60))
                    .register(meters))
        .record(waited);
  }

  private static RefusedKey key(PortRole role, SmtpReply reply) {
    EnhancedStatus status = reply.status();
    return new RefusedKey(role, reply.code(), status == null ? "none" : status.toString());
  }

  private static String lower(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
