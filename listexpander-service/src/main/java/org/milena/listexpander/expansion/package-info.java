/**
 * From one message to its recipients: the content once, and small deliveries that point at it.
 *
 * <p>Promises that a recipient costs the bytes of its address whatever the message weighs, that
 * memory holds no more than a reference for each of them, and that nothing is sent to a suppressed
 * address.
 *
 * <p>Touches {@code common} and the ledger.
 *
 * <p>Why: a crash in the middle of 100,000 recipients must expand the post exactly once, so all of
 * it is one transaction, and must be cheap.
 */
@NullMarked
package org.milena.listexpander.expansion;

import org.jspecify.annotations.NullMarked;
