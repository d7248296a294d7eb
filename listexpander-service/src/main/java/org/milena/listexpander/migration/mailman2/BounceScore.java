package org.milena.listexpander.migration.mailman2;

import java.time.LocalDate;
import java.util.Optional;

/**
 * How much mail to a member came back.
 *
 * @param score 1 for each day with a hard bounce, a half for a soft one
 * @param lastBounce the day of the last one, in the zone of the old host
 * @param noticesLeft how many warnings are still to be sent before the member is removed
 * @param lastNotice the day of the last warning; empty when there was none
 */
public record BounceScore(
    double score, LocalDate lastBounce, int noticesLeft, Optional<LocalDate> lastNotice) {}
