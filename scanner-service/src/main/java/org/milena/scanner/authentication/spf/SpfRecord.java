package org.milena.scanner.authentication.spf;

import java.util.List;
import java.util.Optional;
import org.milena.common.event.AuthenticationReport.Result;

/**
 * A policy (RFC 7208 section 4.6.1). Modifiers that nobody knows are left out.
 *
 * @param redirect to the policy that decides when nothing in this one matches
 * @param explanation where a text is that explains a fail
 */
record SpfRecord(
    List<Directive> directives, Optional<MacroText> redirect, Optional<MacroText> explanation) {

  SpfRecord {
    directives = List.copyOf(directives);
  }

  /**
   * A mechanism and what it means to match it.
   *
   * @param text as it stands in the record
   */
  record Directive(Result qualifier, Mechanism mechanism, String text) {}
}
