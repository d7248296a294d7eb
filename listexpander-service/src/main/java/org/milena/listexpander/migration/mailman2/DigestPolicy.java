package org.milena.listexpander.migration.mailman2;

import java.time.Instant;
import java.util.Optional;

/**
 * Digests.
 *
 * @param sizeThreshold kilobytes that make a digest go out; 0 is none
 * @param sendPeriodic whether one goes out each day
 * @param nextIssue of the volume; numbers go on there
 */
public record DigestPolicy(
    Optional<Boolean> digestable,
    Optional<Boolean> isDefault,
    Optional<Boolean> mimeIsDefault,
    Optional<Long> sizeThreshold,
    Optional<Boolean> sendPeriodic,
    Optional<Frequency> volumeFrequency,
    Optional<Long> volume,
    Optional<Long> nextIssue,
    Optional<Instant> lastSentAt) {}
