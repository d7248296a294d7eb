package org.milena.egress.kafka;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import org.milena.common.event.RecipientOutcome;
import org.milena.egress.job.Holding;

/** The numbers of this room. */
public final class LoopMeters implements Holding.Counts {
  private final MeterRegistry registry;
  private final Counter relayed;
  private final Counter deferred;
  private final Counter failed;
  private final Counter restarts;

  public LoopMeters(MeterRegistry registry) {
    this.registry = registry;
    this.relayed = recipients("relayed");
    this.deferred = recipients("deferred");
    this.failed = recipients("failed");
    this.restarts =
        Counter.builder("milena.egress.restarts")
            .description("Times egress began again at its committed offsets")
            .register(registry);
  }

  private Counter recipients(String outcome) {
    return Counter.builder("milena.egress.recipients")
        .tag("outcome", outcome)
        .description("Recipients by what became of them in an attempt")
        .register(registry);
  }

  @Override
  public void passed(RecipientOutcome outcome) {
    switch (outcome) {
      case RecipientOutcome.Relayed _ -> relayed.increment();
      case RecipientOutcome.Deferred _ -> deferred.increment();
      case RecipientOutcome.Failed _ -> failed.increment();
    }
  }

  void restarted() {
    restarts.increment();
  }

  MeterRegistry registry() {
    return registry;
  }
}
