/**
 * The texts that a list writes, as templates: ours in English and German, and those that owners and
 * operators put in their place.
 *
 * <p>Promises that every text is there in every language, that a broken one is refused when it is
 * written and passed over should it be there all the same, and that a value is inserted as it is:
 * never read as a template again, never a header line of its own.
 *
 * <p>Touches {@code common} and the ledger.
 *
 * <p>Why Mailman's names and placeholders: whoever comes from there knows them, and finds the own
 * texts again.
 */
@NullMarked
package org.milena.listexpander.template;

import org.jspecify.annotations.NullMarked;
