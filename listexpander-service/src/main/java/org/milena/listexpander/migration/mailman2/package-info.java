/**
 * What a Mailman 2.1 list says about itself in its {@code config.pck}, as typed facts.
 *
 * <p>Promises not to throw whatever the file holds, to account for every field of it, to take over
 * no password and no confirmation cookie, and to decide nothing: what the facts mean for a list of
 * ours is said elsewhere.
 *
 * <p>Touches {@code common} and the reader of pickles.
 */
@NullMarked
package org.milena.listexpander.migration.mailman2;

import org.jspecify.annotations.NullMarked;
