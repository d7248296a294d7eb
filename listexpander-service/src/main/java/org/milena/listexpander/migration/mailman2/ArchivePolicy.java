package org.milena.listexpander.migration.mailman2;

import java.util.Optional;

/**
 * Whether posts are archived, and for whom.
 *
 * @param archivePrivate for members only
 */
public record ArchivePolicy(
    Optional<Boolean> archive,
    Optional<Boolean> archivePrivate,
    Optional<Frequency> archiveVolumeFrequency) {}
