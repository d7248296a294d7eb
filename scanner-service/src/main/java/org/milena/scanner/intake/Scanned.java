package org.milena.scanner.intake;

import java.time.Instant;
import org.milena.common.event.AuthenticationReport;
import org.milena.common.event.ScanReport;
import org.milena.scanner.scan.Reading;
import org.milena.scanner.voting.ScanDecision;

/** What is known of a mail, whoever it is for. */
record Scanned(Reading reading, AuthenticationReport authentication, Instant at) {

  /** With what is made of it somewhere. */
  ScanReport report(ScanDecision.Decided decided) {
    return new ScanReport(
        decided.verdict(),
        reading.reports(),
        authentication,
        at,
        null,
        reading.spam().orElse(null),
        decided.passage());
  }
}
