/**
 * Follows the quarantine's log.
 *
 * <p>Promises to begin again after every failure of the client where it stood, and to step over a
 * record it cannot read, so that nobody waits for it in vain.
 *
 * <p>Touches the Kafka client.
 */
@NullMarked
package org.milena.scanner.kafka;

import org.jspecify.annotations.NullMarked;
