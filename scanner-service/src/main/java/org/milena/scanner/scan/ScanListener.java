package org.milena.scanner.scan;

import java.time.Duration;
import org.milena.common.event.ScanReport.Verdict;

/** Told of what the scanner does; for meters. Must be quick and must not throw. */
public interface ScanListener {

  /** An engine gave a verdict. */
  default void scanned(String engine, EngineVerdict verdict, Duration took) {}

  /** What an engine said of the same content before was taken for its word. */
  default void remembered(String engine) {}

  /** An engine was asked and gave none. */
  default void notScanned(String engine) {}

  /**
   * An engine calls clean what another calls infected.
   *
   * @param clean the one that found nothing
   * @param infected the one that did
   */
  default void disagreed(String clean, String infected) {}

  /**
   * A mail has its verdict.
   *
   * @param age since it was received
   */
  default void judged(Verdict verdict, Duration age) {}

  /** Hears nothing. */
  ScanListener NONE = new ScanListener() {};
}
