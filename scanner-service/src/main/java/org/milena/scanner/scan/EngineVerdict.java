package org.milena.scanner.scan;

import java.util.EnumSet;
import java.util.List;
import java.util.Set;
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
   * @param objections all there are; at least one
   * @param reason a few words for the operator
   */
  record Policy(@Override Set<Objection> objections, String reason) implements EngineVerdict {

    /** The gravest first: what is always kept back, before what a list may take. */
    private static final List<Objection> GRAVITY =
        List.of(Objection.ATTACHMENT, Objection.PARTIAL, Objection.ENCRYPTED, Objection.MACRO);

    /** Checks that there is one. */
    public Policy {
      if (objections.isEmpty()) {
        throw new IllegalArgumentException("no objection");
      }
      objections = Set.copyOf(objections);
    }

    /** With one objection. */
    public Policy(Objection objection, String reason) {
      this(EnumSet.of(objection), reason);
    }

    /** The gravest. */
    public Objection objection() {
      return GRAVITY.stream().filter(objections::contains).findFirst().orElseThrow();
    }
  }

  /**
   * The engine could not read all of it: it is over a limit or damaged.
   *
   * @param reason a few words for the operator
   * @param objections to what it could read; they count where a list does not mind the rest
   */
  record Unscannable(String reason, @Override Set<Objection> objections) implements EngineVerdict {

    public Unscannable {
      objections = Set.copyOf(objections);
    }

    /** Without an objection to what was read. */
    public Unscannable(String reason) {
      this(reason, Set.of());
    }
  }

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

  /** All that a policy must answer; an infection needs none. */
  default Set<Objection> objections() {
    return Set.of();
  }

  /** Signature or reason; empty when clean. */
  default String detail() {
    return switch (this) {
      case Clean() -> "";
      case Infected(var signature) -> signature;
      case Policy(_, var reason) -> reason;
      case Unscannable(var reason, _) -> reason;
      case Rated(var spam) ->
          "%s (%.1f of %.1f)".formatted(spam.action(), spam.score(), spam.required());
    };
  }
}
