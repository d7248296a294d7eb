/**
 * What a list does because time has passed: digests, warnings, holds that expire.
 *
 * <p>Promises that it is done in the list's own sequence, once for a time however many instances
 * look at the clock, and soon after a service starts when its time passed while none ran.
 *
 * <p>Touches {@code common} and the ledger.
 *
 * <p>Why by commands: only the owner of a list changes it (docs/decisions/0003), and every instance
 * may send one. A second one finds that nothing is due any more.
 */
@NullMarked
package org.milena.listexpander.chore;

import org.jspecify.annotations.NullMarked;
