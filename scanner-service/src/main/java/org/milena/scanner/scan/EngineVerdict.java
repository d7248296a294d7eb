package org.milena.scanner.scan;

import org.milena.common.event.ScanReport.Verdict;

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
  record Policy(String reason) implements EngineVerdict {}

  /**
   * The engine could not read all of it: it is over a limit or damaged.
   *
   * @param reason a few words for the operator
   */
  record Unscannable(String reason) implements EngineVerdict {}

  /** The verdict of the report. */
  default Verdict verdict() {
    return switch (this) {
      case Clean() -> Verdict.CLEAN;
      case Infected _ -> Verdict.INFECTED;
      case Policy _ -> Verdict.POLICY;
      case Unscannable _ -> Verdict.UNSCANNABLE;
    };
  }

  /** Signature or reason; empty when clean. */
  default String detail() {
    return switch (this) {
      case Clean() -> "";
      case Infected(var signature) -> signature;
      case Policy(var reason) -> reason;
      case Unscannable(var reason) -> reason;
    };
  }
}
