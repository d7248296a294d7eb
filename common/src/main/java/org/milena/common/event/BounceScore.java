package org.milena.common.event;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;
import org.milena.common.mail.ListId;
import org.milena.common.mail.MailAddress;

/**
 * How a list's copies to a member came back.
 *
 * @param score points, at most one a day
 * @param lastOn the day of the last one, UTC
 * @param lastReason what the last one said, cleaned for display
 * @param probedOn when a probe was sent that may still come back
 * @param stoppedOn when delivery stopped for it
 * @param warnings how many warnings were sent since
 * @param warnedOn when the last one was sent
 * @param lastPoints how much the last one counted; absent where nothing is known of it
 */
public record BounceScore(
    ListId list,
    MailAddress address,
    double score,
    LocalDate lastOn,
    String lastReason,
    @Nullable LocalDate probedOn,
    @Nullable LocalDate stoppedOn,
    int warnings,
    @Nullable LocalDate warnedOn,
    @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Double lastPoints) {

  /** A score of which nobody knows what the last day counted. */
  public BounceScore(
      ListId list,
      MailAddress address,
      double score,
      LocalDate lastOn,
      String lastReason,
      @Nullable LocalDate probedOn,
      @Nullable LocalDate stoppedOn,
      int warnings,
      @Nullable LocalDate warnedOn) {
    this(list, address, score, lastOn, lastReason, probedOn, stoppedOn, warnings, warnedOn, null);
  }
}
