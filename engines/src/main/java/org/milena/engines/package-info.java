/**
 * The engines we run ourselves: a Kafka broker inside this process, an Elasticsearch server as its
 * child.
 *
 * <p>Promises: an engine is ready when {@code start} returns, listens on the loopback address only,
 * keeps its data in a folder that one process at a time may use, and leaves no process behind.
 *
 * <p>Why: a small site has one machine and one administrator, who should not have to install and
 * tend two clusters; and tests should meet the real engines, not imitations of them.
 */
@NullMarked
package org.milena.engines;

import org.jspecify.annotations.NullMarked;
