/**
 * State as a table: a compacted topic and the map that tails it, and the same in memory for tests.
 *
 * <p>Promises read-your-writes ({@code put} returns when this instance's own view has passed the
 * record), a reader that is supervised and steps over what it cannot read, saying so, and numbers
 * for how far it is. Maps hold small state, never message bytes.
 *
 * <p>Why: Kafka is the system of record; there is no other database. See
 * docs/decisions/0004-compacted-tables.md.
 */
@NullMarked
package org.milena.common.table;

import org.jspecify.annotations.NullMarked;
