package org.milena.scanner.metrics;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Locale;
import java.util.function.BooleanSupplier;
import org.milena.common.event.ScanReport.Verdict;
import org.milena.scanner.authentication.lookup.LookupListener;
import org.milena.scanner.quarantine.QuarantineIndex;
import org.milena.scanner.scan.Engine;
import org.milena.scanner.scan.EngineVerdict;
import org.milena.scanner.scan.ScanListener;

/** The meters of the scanner. */
public final class ScannerMeters implements ScanListener, LookupListener {

  /** Timer: scans by engine and verdict. */
  public static final String SCAN = "milena.scanner.scan";

  /** Counter: scans that gave no verdict, by engine. */
  public static final String NOT_SCANNED = "milena.scanner.not.scanned";

  /** Counter: verdicts remembered from equal content, by engine. */
  public static final String REMEMBERED = "milena.scanner.remembered";

  /** Counter: mails that one engine calls clean and another infected, by both. */
  public static final String DISAGREED = "milena.scanner.disagreed";

  /** Gauge: age of the database of signatures in seconds, by engine; NaN when it does not say. */
  public static final String DATABASE_AGE = "milena.scanner.database.age";

  /** Timer: from receipt to verdict, by verdict. */
  public static final String AGE = "milena.scanner.age";

  /** Gauge: mails in quarantine that wait for an operator. */
  public static final String KEPT = "milena.scanner.quarantine.kept";

  /** Counter: look-ups in the DNS that memory could not answer, by outcome. */
  public static final String LOOKUPS = "milena.scanner.dns.lookups";

  /** Gauge: 1 while no name server answers, so that none is asked. */
  public static final String NAME_SERVERS_AWAY = "milena.scanner.dns.away";

  private static final Duration[] AGES = {
    Duration.ofMillis(100),
    Duration.ofSeconds(1),
    Duration.ofSeconds(10),
    Duration.ofMinutes(1),
    Duration.ofMinutes(15),
    Duration.ofHours(1)
  };

  private final MeterRegistry meters;

  /** In this registry. */
  public ScannerMeters(MeterRegistry meters, QuarantineIndex quarantine) {
    this.meters = meters;
    Gauge.builder(KEPT, quarantine, QuarantineIndex::kept)
        .description("Mails in quarantine that wait for an operator")
        .register(meters);
  }

  /** The age of an engine's database, as long as it says when that was made. */
  public void databaseAge(Engine engine, InstantSource clock) {
    Gauge.builder(
            DATABASE_AGE,
            engine,
            one ->
                one.databaseTime()
                    .map(made -> Math.max(0, Duration.between(made, clock.instant()).toSeconds()))
                    .map(Long::doubleValue)
                    .orElse(Double.NaN))
        .description("Age of the database of signatures")
        .baseUnit("seconds")
        .tag("engine", engine.name())
        .register(meters);
  }

  /**
   * Whether there is anybody to ask.
   *
   * @param away true while no name server answers
   */
  public void nameServers(BooleanSupplier away) {
    Gauge.builder(NAME_SERVERS_AWAY, () -> away.getAsBoolean() ? 1 : 0)
        .description("1 while no name server answers, so that none is asked")
        .register(meters);
  }

  @Override
  public void scanned(String engine, EngineVerdict verdict, Duration took) {
    Timer.builder(SCAN)
        .description("Scans")
        .tag("engine", engine)
        .tag("verdict", word(verdict.verdict()))
        .register(meters)
        .record(took);
  }

  @Override
  public void notScanned(String engine) {
    Counter.builder(NOT_SCANNED)
        .description("Scans that gave no verdict")
        .tag("engine", engine)
        .register(meters)
        .increment();
  }

  @Override
  public void remembered(String engine) {
    Counter.builder(REMEMBERED)
        .description("Verdicts remembered from equal content")
        .tag("engine", engine)
        .register(meters)
        .increment();
  }

  @Override
  public void disagreed(String clean, String infected) {
    Counter.builder(DISAGREED)
        .description("Mails that one engine calls clean and another infected")
        .tag("clean", clean)
        .tag("infected", infected)
        .register(meters)
        .increment();
  }

  @Override
  public void judged(Verdict verdict, Duration age) {
    Timer.builder(AGE)
        .description("Time from receipt to verdict")
        .tag("verdict", word(verdict))
        .serviceLevelObjectives(AGES)
        .register(meters)
        .record(age.isNegative() ? Duration.ZERO : age);
  }

  @Override
  public void lookedUp(Ending ending) {
    Counter.builder(LOOKUPS)
        .description("Look-ups in the DNS that memory could not answer")
        .tag("outcome", word(ending))
        .register(meters)
        .increment();
  }

  private static String word(Enum<?> word) {
    return word.name().toLowerCase(Locale.ROOT);
  }
}
