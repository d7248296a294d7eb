package org.milena.scanner.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.milena.scanner.authentication.lookup.LookupListener.Ending;
import org.milena.scanner.quarantine.QuarantineIndex;

class ScannerMetersTest {
  private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
  private final ScannerMeters meters =
      new ScannerMeters(registry, new QuarantineIndex(Duration.ofDays(1), InstantSource.system()));

  private double lookups(String outcome) {
    return registry.get(ScannerMeters.LOOKUPS).tag("outcome", outcome).counter().count();
  }

  @Test
  void countsLookUpsByWhatCameOfThem() {
    meters.lookedUp(Ending.ANSWERED);
    meters.lookedUp(Ending.ANSWERED);
    meters.lookedUp(Ending.TROUBLE);
    meters.lookedUp(Ending.NOT_ASKED);
    assertThat(lookups("answered")).isEqualTo(2);
    assertThat(lookups("trouble")).isEqualTo(1);
    assertThat(lookups("not_asked")).isEqualTo(1);
  }

  @Test
  void saysWhetherThereIsAnybodyToAsk() {
    var away = new AtomicBoolean();
    meters.nameServers(away::get);
    assertThat(registry.get(ScannerMeters.NAME_SERVERS_AWAY).gauge().value()).isZero();
    away.set(true);
    assertThat(registry.get(ScannerMeters.NAME_SERVERS_AWAY).gauge().value()).isEqualTo(1);
  }
}
