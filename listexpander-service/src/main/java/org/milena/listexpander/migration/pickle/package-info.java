/**
 * Reads what Python 2 pickled, as plain values: the files that Mailman 2.1 keeps its lists in.
 *
 * <p>Promises that nothing in a pickle is ever run or made an object of ours, that every octet
 * outside the allowed words is refused by name and place, and that time and memory are bounded
 * whatever the octets say. Does not throw.
 *
 * <p>Touches {@code common} only.
 *
 * <p>Why: a pickle is a program. A general reader of pickles runs it, so this one knows the words
 * that data is made of, one harmless class, and no other.
 */
@NullMarked
package org.milena.listexpander.migration.pickle;

import org.jspecify.annotations.NullMarked;
