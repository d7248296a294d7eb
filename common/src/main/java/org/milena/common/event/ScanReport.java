package org.milena.common.event;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the scanner says of a mail.
 *
 * @param verdict the site's decision over all engines
 * @param engines what each engine said
 * @param releasedBy the operator who let a quarantined mail go, if one did
 */
public record ScanReport(
    Verdict verdict,
    List<EngineReport> engines,
    AuthenticationReport authentication,
    Instant scannedAt,
    @Nullable String releasedBy) {

  public ScanReport {
    engines = List.copyOf(engines);
  }

  /** What a mail is, as far as malware goes. */
  public enum Verdict {
    CLEAN,
    INFECTED,
    /** Refused by policy: attachment type, encryption. */
    POLICY,
    /** A healthy engine could not read it. */
    UNSCANNABLE
  }

  /**
   * One engine's word.
   *
   * @param engine its name, for instance {@code clamd}
   * @param version of engine and database, as far as it says
   * @param detail the signature or the reason, for a human; empty when clean
   */
  public record EngineReport(String engine, String version, Verdict verdict, String detail) {}
}
