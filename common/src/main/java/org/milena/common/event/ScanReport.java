package org.milena.common.event;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the scanner says of a mail.
 *
 * @param verdict the decision over all engines, by the policy of the site or of the list
 * @param engines what each engine said
 * @param releasedBy the operator who let a quarantined mail go, if one did
 * @param spam what the spam filter said; absent without one
 * @param passage whether it may go on; absent in records of version 0.1.0, where only clean mail
 *     and what was released went on
 */
public record ScanReport(
    Verdict verdict,
    List<EngineReport> engines,
    AuthenticationReport authentication,
    Instant scannedAt,
    @Nullable String releasedBy,
    @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable SpamReport spam,
    @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Passage passage) {

  public ScanReport {
    engines = List.copyOf(engines);
  }

  /** What a mail is; the gravest last. */
  public enum Verdict {
    CLEAN,
    /** The spam filter would refuse it. */
    SPAM,
    /** Refused by policy: attachment type, encryption. */
    POLICY,
    /** A healthy engine could not read it. */
    UNSCANNABLE,
    INFECTED
  }

  /** What a policy objects to. */
  public enum Objection {
    /** A type of attachment that is kept back. */
    ATTACHMENT,
    /** Nobody can look into it. */
    ENCRYPTED,
    /** A document that brings a program. */
    MACRO,
    /** A piece of a message (RFC 2046 section 5.2.2). */
    PARTIAL
  }

  /** Where a policy lets a mail go; the strictest last. */
  public enum Passage {
    PASS,
    /** To a person: a list holds it for its moderators. */
    HOLD,
    /** Nowhere: to quarantine. */
    KEEP
  }

  /**
   * One engine's word.
   *
   * @param engine its name, for instance {@code clamd}
   * @param version of engine and database, as far as it says
   * @param detail the signature or the reason, for a human; empty when clean
   * @param objection what a policy verdict objects to; absent otherwise, and in records of version
   *     0.1.0
   */
  public record EngineReport(
      String engine,
      String version,
      Verdict verdict,
      String detail,
      @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Objection objection) {}

  /** Whether stages behind the scanner may take it: it passed, or an operator let it go. */
  public boolean mayGoOn() {
    Passage said = passage;
    return releasedBy != null || (said == null ? verdict == Verdict.CLEAN : said != Passage.KEEP);
  }

  /** Whether a person must look at it before it goes to anybody. */
  public boolean wantsModerator() {
    return releasedBy == null && passage == Passage.HOLD;
  }

  /** The same report, with the operator who let the mail go. */
  public ScanReport releasedBy(String operator) {
    return new ScanReport(verdict, engines, authentication, scannedAt, operator, spam, passage);
  }
}
