package org.milena.scanner.scan;

import org.milena.common.event.ScanReport.Objection;
import org.milena.common.event.ScanReport.Verdict;
import org.milena.common.event.SpamReport;

/** What an engine says of a message it has read. That it could not read it well is a word, too. */
public sealed interface EngineVerdict {

  /** Nothing was found, and nothing was left out. */
  record Clean() implements EngineVerdict {}

  /**
   * Malware.
   *
   * @param signature what the engine calls it
   */
  record Infected(String signature) implements EngineVerdict {}

  /**
   * Not harmful for sure, but of a kind that is kept back: a blocked attachment type, an encrypted
   * archive.
   *
   * @param reason a few words for the operator
   */
  record Policy(Objection objection, String reason) implements EngineVerdict {}

  /**
   * The engine could not read all of it: it is over a limit or damaged.
   *
   * @param reason a few words for the operator
   */
  record Unscannable(String reason) implements EngineVerdict {}

  /** A spam filter has rated it, however well. */
  record Rated(SpamReport spam) implements EngineVerdict {}

  /** The verdict of the report. */
  default Verdict verdict() {
    return switch (this) {
      case Clean() -> Verdict.CLEAN;
      case Infected _ -> Verdict.INFECTED;
      case Policy _ -> Verdict.POLICY;
      case Unscannable _ -> Verdict.UNSCANNABLE;
      case Rated(var spam) -> spam.level() == SpamReport.Level.SPAM ? Verdict.SPAM : Verdict.CLEAN;
    };
  }

  /** Signature or reason; empty when clean. */
  default String detail() {
    return switch (this) {
      case Clean() -> "";
      case Infected(var signature) -> signature;
      case Policy(_, var reason) -> reason;
      case Unscannable(var reason) -> reason;
      case Rated(var spam) ->
          "%s (%.1f of %.1f)".formatted(spam.action(), spam.score(), spam.required());
    };
  }
}
