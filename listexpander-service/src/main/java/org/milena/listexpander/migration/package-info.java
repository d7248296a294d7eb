/**
 * Lists that come from elsewhere: what an import wants a list to be here, field by field, and how
 * it is taken over.
 *
 * <p>Promises that an import sends no mail, takes over no password, says of every field what became
 * of it, and changes nothing when it is done again.
 *
 * <p>Touches {@code common}, the readers of other formats, and the features that own what is taken
 * over.
 *
 * <p>Why a plan stands between reading and doing: a dry run shows exactly what a real one does.
 */
@NullMarked
package org.milena.listexpander.migration;

import org.jspecify.annotations.NullMarked;
