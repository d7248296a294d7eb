package org.milena.scanner.builtin;

import org.jspecify.annotations.Nullable;
import org.milena.common.event.ScanReport.Objection;
import org.milena.scanner.scan.EngineVerdict;

/** What was found so far; the first of each kind is kept. */
final class Findings {

  private @Nullable String infected;
  private @Nullable String unscannable;
  private EngineVerdict.@Nullable Policy policy;

  void infected(String signature) {
    infected = infected == null ? signature : infected;
  }

  void unscannable(String reason) {
    unscannable = unscannable == null ? reason : unscannable;
  }

  void policy(Objection objection, String reason) {
    policy = policy == null ? new EngineVerdict.Policy(objection, reason) : policy;
  }

  /** Nothing worse can come. */
  boolean settled() {
    return infected != null;
  }

  EngineVerdict verdict() {
    if (infected != null) {
      return new EngineVerdict.Infected(infected);
    }
    if (unscannable != null) {
      return new EngineVerdict.Unscannable(unscannable);
    }
    return policy != null ? policy : new EngineVerdict.Clean();
  }
}
