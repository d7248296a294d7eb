/**
 * Takes deliveries from their topic and writes what became of them.
 *
 * <p>Promises that results, deferred rows, reports of failure and the offset of a final state are
 * one transaction, and that after a crash nobody who has a result is sent to again: a new owner of
 * a partition reads back the results of deliveries that were in hand before it sends anything.
 *
 * <p>Touches the Kafka client. What a delivery's state is, is decided in {@code job}.
 *
 * <p>Why not a stage of {@code common}: a stage ends one record before the next batch, and here
 * thousands are under way at once, some for half a minute.
 */
@NullMarked
package org.milena.egress.kafka;

import org.jspecify.annotations.NullMarked;
