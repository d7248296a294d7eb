/**
 * Lists and their settings: made, changed, taken away.
 *
 * <p>Promises that a list's name leaves room for its role addresses and for signed return paths,
 * and that it lies in our domain.
 *
 * <p>Touches {@code common} and the ledger.
 */
@NullMarked
package org.milena.listexpander.list;

import org.jspecify.annotations.NullMarked;
