package org.milena.common.event;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.milena.common.mail.MailId;

/**
 * What an operator did with a quarantined mail; the audit of it.
 *
 * @param by the operator's account
 * @param note the operator's own words; absent without any, and in records of version 0.1.0
 * @param report what the engines said when they were asked again for this act; absent where they
 *     were not asked, and in records of version 0.1.0
 * @param id names this very act: two that are alike but for it are two, and one that is replayed is
 *     one; absent in records of version 0.1.0
 */
public record QuarantineAct(
    MailId mailId,
    Act act,
    String by,
    Instant at,
    @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String note,
    @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable ScanReport report,
    @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String id) {

  /** What can be done. */
  public enum Act {
    /** Decided: it goes to where it is addressed. */
    RELEASED,
    /** Decided: it goes nowhere. */
    DELETED,
    /** Wants it released, and that needs a second operator. Decides nothing. */
    PROPOSED,
    /** Was given a copy of it. Decides nothing. */
    DOWNLOADED;

    /** Whether it decides about the mail; of several that do the first counts. */
    public boolean decides() {
      return this == RELEASED || this == DELETED;
    }
  }
}
