package org.milena.scanner.builtin;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.milena.common.event.ScanReport.Objection;
import org.milena.scanner.scan.EngineVerdict;

/** What was found so far; the first of each kind is kept. */
final class Findings {

  /** The gravest first: what is always kept back, before what a list may take. */
  private static final List<Objection> GRAVITY =
      List.of(Objection.ATTACHMENT, Objection.PARTIAL, Objection.ENCRYPTED, Objection.MACRO);

  private @Nullable String infected;
  private @Nullable String unscannable;
  private final Map<Objection, String> policies = new EnumMap<>(Objection.class);

  void infected(String signature) {
    infected = infected == null ? signature : infected;
  }

  void unscannable(String reason) {
    unscannable = unscannable == null ? reason : unscannable;
  }

  void policy(Objection objection, String reason) {
    policies.putIfAbsent(objection, reason);
  }

  /** Nothing worse can come. */
  boolean settled() {
    return infected != null;
  }

  /** The worst; of objections the gravest, and the others in its reason. */
  EngineVerdict verdict() {
    if (infected != null) {
      return new EngineVerdict.Infected(infected);
    }
    if (unscannable != null) {
      return new EngineVerdict.Unscannable(unscannable);
    }
    List<Objection> objections = GRAVITY.stream().filter(policies::containsKey).toList();
    return objections.isEmpty()
        ? new EngineVerdict.Clean()
        : new EngineVerdict.Policy(
            objections.getFirst(),
            objections.stream().map(policies::get).collect(Collectors.joining("; also: ")));
  }
}
