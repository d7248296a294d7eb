/**
 * The archive as files that other programs read.
 *
 * <p>Promises: the messages of an mbox are, after unquoting, the bytes that were archived, with
 * their own line ends; memory holds a few messages at a time; any two stretches of an mbox under
 * one tag fit together.
 */
@NullMarked
package org.milena.archive.export;

import org.jspecify.annotations.NullMarked;
