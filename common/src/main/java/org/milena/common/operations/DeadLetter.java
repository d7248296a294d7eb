package org.milena.common.operations;

import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.milena.common.event.DeadLetterMeta;

/**
 * A record that was set aside.
 *
 * @param id where it lies among the dead letters
 * @param key of the original record
 * @param size of its value, bytes
 * @param replayedAt when it was sent on its way again; null if it was not
 */
public record DeadLetter(
    String id, DeadLetterMeta meta, @Nullable String key, int size, @Nullable Instant replayedAt) {}
