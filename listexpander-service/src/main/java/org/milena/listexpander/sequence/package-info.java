/**
 * The stage: posts and commands of a list, one after the other, each with its effects, its outcome
 * and its story in one transaction.
 *
 * <p>Promises that a list has one owner at a time, that nothing is decided before the owner's
 * tables are current, and that a decision sees everything decided before it.
 *
 * <p>Touches {@code common} and the other features; no Kafka.
 *
 * <p>Why: two instances never lose an update, without locks. See
 * docs/decisions/0003-one-writer-per-list.md.
 */
@NullMarked
package org.milena.listexpander.sequence;

import org.jspecify.annotations.NullMarked;
