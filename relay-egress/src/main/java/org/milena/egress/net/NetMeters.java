package org.milena.egress.net;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.function.Supplier;

/** The numbers of this room. */
final class NetMeters {
  final Counter transactions;
  final Counter connections;
  final Counter unreachable;

  NetMeters(
      MeterRegistry meters,
      Supplier<Number> open,
      Supplier<Number> queued,
      Supplier<Number> inFlight,
      Supplier<Number> oldestSeconds) {
    transactions =
        Counter.builder("milena.egress.transactions")
            .description("SMTP transactions that came to an end")
            .register(meters);
    connections =
        Counter.builder("milena.egress.connections")
            .description("Connections opened to hosts")
            .register(meters);
    unreachable =
        Counter.builder("milena.egress.sites.rested")
            .description("Times a site was left alone because it could not be reached")
            .register(meters);
    Gauge.builder("milena.egress.connections.open", open)
        .description("Connections to hosts that are open")
        .register(meters);
    Gauge.builder("milena.egress.queued", queued)
        .description("Recipients in hand that wait for their site")
        .register(meters);
    Gauge.builder("milena.egress.in.flight", inFlight)
        .description("SMTP transactions under way")
        .register(meters);
    Gauge.builder("milena.egress.queue.age", oldestSeconds)
        .description("Seconds the longest has waited for its site")
        .register(meters);
  }
}
