/**
 * The Kafka edge that all services share: clients with the settings that our promises need, topics
 * declared in one place and verified at start, groups whose offsets are never guessed, tables, the
 * runner of stages, pointers, the janitor, and lag.
 *
 * <p>Promises that a record is acknowledged by all in-sync replicas before we say so, that a
 * stage's effects and its offset are one transaction, and that time alone never deletes work.
 *
 * <p>Touches the Kafka clients and nothing else.
 *
 * <p>Why: one set of habits instead of one in each service. See docs/decisions/0005-stages.md.
 */
@NullMarked
package org.milena.common.kafka;

import org.jspecify.annotations.NullMarked;
