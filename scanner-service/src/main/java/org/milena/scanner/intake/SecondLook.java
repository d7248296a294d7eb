package org.milena.scanner.intake;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import org.milena.common.event.AuthenticationReport;
import org.milena.common.event.MailMeta;
import org.milena.common.event.ScanReport;
import org.milena.common.failure.OutageException;
import org.milena.common.mail.RawMessage;
import org.milena.scanner.quarantine.Rescan;
import org.milena.scanner.scan.Reading;
import org.milena.scanner.scan.Scanner;
import org.milena.scanner.voting.ScanDecision;
import org.milena.scanner.voting.Voting;

/**
 * Asks the engines again, as they are now, about a mail that lies in quarantine; by the site's
 * policy. Who sent it was found out when it came, from where it came.
 */
public final class SecondLook implements Rescan {

  private final Scanner scanner;
  private final Policies policies;
  private final InstantSource clock;

  /** With the engines and the policy of the site. */
  public SecondLook(Scanner scanner, Policies policies, InstantSource clock) {
    this.scanner = scanner;
    this.policies = policies;
    this.clock = clock;
  }

  @Override
  public ScanReport scan(MailMeta meta, RawMessage message) {
    scanner.forget(meta.mailId());
    Reading reading = scanner.read(meta, message);
    Instant now = clock.instant();
    ScanReport before = meta.scan();
    AuthenticationReport sender =
        before == null ? AuthenticationReport.NOT_CHECKED : before.authentication();
    Duration age = Duration.between(meta.receivedAt(), now);
    return switch (Voting.decide(reading, policies.site(), age)) {
      case ScanDecision.Wait(var reason) -> throw new OutageException(reason);
      case ScanDecision.Decided decided -> new Scanned(reading, sender, now).report(decided);
    };
  }
}
