package org.milena.archive.web;

import java.time.DateTimeException;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.milena.common.web.ApiProblem;

/**
 * Up to when a reader knows a list: it stands in the address, which may be kept as a bookmark. So
 * nothing is remembered here about who read what, and no cookie is needed.
 */
final class Since {

  static @Nullable Instant parse(@Nullable String text) {
    if (text == null || text.isBlank()) {
      return null;
    }
    try {
      Instant since = Instant.parse(text.strip());
      if (since.isAfter(Instant.EPOCH) && since.isBefore(Instant.ofEpochSecond(253_402_300_800L))) {
        return since;
      }
    } catch (DateTimeException _) {
      // told below
    }
    throw ApiProblem.badRequest(
        "invalid-since", text + " is not a moment: write 2026-01-05T10:00:00Z.");
  }

  private Since() {}
}
