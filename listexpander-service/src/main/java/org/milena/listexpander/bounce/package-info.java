/**
 * Mail that came back to a list's bounce address.
 *
 * <p>Promises that only a signed tag of ours counts, and that a bounce is never answered.
 *
 * <p>Touches {@code common} and the ledger.
 */
@NullMarked
package org.milena.listexpander.bounce;

import org.jspecify.annotations.NullMarked;
