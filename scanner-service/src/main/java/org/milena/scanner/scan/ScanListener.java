package org.milena.scanner.scan;

import java.time.Duration;
import org.milena.common.event.ScanReport.Verdict;

/** Told of what the scanner does; for meters. Must be quick and must not throw. */
public interface ScanListener {

  /** An engine gave a verdict. */
  void scanned(String engine, EngineVerdict verdict, Duration took);

  /** An engine was asked and gave none. */
  void notScanned(String engine);

  /**
   * A mail has its verdict.
   *
   * @param age since it was received
   */
  void judged(Verdict verdict, Duration age);

  /** Hears nothing. */
  ScanListener NONE =
      new ScanListener() {
        @Override
        public void scanned(String engine, EngineVerdict verdict, Duration took) {}

        @Override
        public void notScanned(String engine) {}

        @Override
        public void judged(Verdict verdict, Duration age) {}
      };
}
