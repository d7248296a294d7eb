/**
 * The life of every mail: what happened to it, and what became of each recipient.
 *
 * <p>Promises: one story per mail, found by mail id or Message-ID; a record that comes again is the
 * same line of it.
 */
@NullMarked
package org.milena.archive.trace;

import org.jspecify.annotations.NullMarked;
