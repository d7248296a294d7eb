/**
 * What the archive asks Kafka beyond its sinks.
 *
 * <p>Promises to wait for a bounded time. Touches Kafka's admin client.
 */
@NullMarked
package org.milena.archive.kafka;

import org.jspecify.annotations.NullMarked;
