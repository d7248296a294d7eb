/**
 * Accounts: who can sign in, and the searches that each keeps.
 *
 * <p>Promises that the site keeps an operator, and that no secret is kept in a form that signs in.
 *
 * <p>Touches {@code common} and the ledger.
 */
@NullMarked
package org.milena.listexpander.account;

import org.jspecify.annotations.NullMarked;
