/**
 * What the owner of a list, of an account and of the searches that it keeps decides over: the
 * tables, as one transaction sees them.
 *
 * <p>Promises that whoever reads through a {@link org.milena.listexpander.ledger.Ledger} sees what
 * the same transaction wrote before, also when walking over all members of a list.
 *
 * <p>Touches {@code common} only.
 *
 * <p>Why: posts and commands of a list are one sequence; a post right behind a subscription must
 * see it, although both may lie in one transaction.
 */
@NullMarked
package org.milena.listexpander.ledger;

import org.jspecify.annotations.NullMarked;
