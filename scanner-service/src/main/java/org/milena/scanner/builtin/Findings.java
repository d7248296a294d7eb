package org.milena.scanner.builtin;

import java.util.EnumMap;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.milena.common.event.ScanReport.Objection;
import org.milena.scanner.scan.EngineVerdict;

/** What was found so far; the first of each kind is kept. */
final class Findings {

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

  /** The worst, with all objections and their reasons. */
  EngineVerdict verdict() {
    if (infected != null) {
      return new EngineVerdict.Infected(infected);
    }
    String reasons =
        Stream.concat(Stream.ofNullable(unscannable), policies.values().stream())
            .collect(Collectors.joining("; also: "));
    if (unscannable != null) {
      return new EngineVerdict.Unscannable(reasons, policies.keySet());
    }
    return policies.isEmpty()
        ? new EngineVerdict.Clean()
        : new EngineVerdict.Policy(policies.keySet(), reasons);
  }
}
