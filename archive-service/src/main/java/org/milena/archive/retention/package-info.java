/**
 * Lets posts go when their list's time for keeping them is over.
 *
 * <p>Promises: nothing goes early; what is asked for twice goes once. Why it only asks: the log of
 * a list has one writer, its owner in the listexpander.
 */
@NullMarked
package org.milena.archive.retention;

import org.jspecify.annotations.NullMarked;
