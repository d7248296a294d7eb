/**
 * Who changed what, when and from where, and who was not allowed to: kept for good, in the
 * transaction that changes it.
 *
 * <p>Promises that nothing changes a list, a member, an account or a domain without a line here,
 * and that no line holds a secret.
 *
 * <p>Touches {@code common} and the ledger.
 *
 * <p>Why a log and no table: it only grows, and nobody needs more than its end in memory.
 */
@NullMarked
package org.milena.listexpander.audit;

import org.jspecify.annotations.NullMarked;
