/**
 * Searches that accounts keep under names of their own.
 *
 * <p>Promises that whoever changed one sees it so on this instance from then on.
 *
 * <p>Touches {@code common}: reads the table of searches, and asks the owner of an account to
 * change it.
 */
@NullMarked
package org.milena.archive.saved;

import org.jspecify.annotations.NullMarked;
