package org.milena.listexpander.migration.mailman2;

import java.time.Duration;
import java.util.Optional;

/**
 * What mail that comes back leads to.
 *
 * @param warnings how many a disabled member gets before they are removed
 */
public record BouncePolicy(
    Optional<Boolean> processing,
    Optional<Double> scoreThreshold,
    Optional<Duration> infoStaleAfter,
    Optional<Long> warnings,
    Optional<Duration> warningsInterval,
    Optional<Boolean> unrecognizedGoesToOwner,
    Optional<Boolean> notifyOwnerOnIncrement,
    Optional<Boolean> notifyOwnerOnDisable,
    Optional<Boolean> notifyOwnerOnRemoval) {}
