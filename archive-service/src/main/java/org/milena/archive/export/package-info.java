/**
 * The archive as files that other programs read.
 *
 * <p>Promises: the messages of an mbox are, after unquoting, the bytes that were archived, with
 * their own line ends; memory holds one message at a time.
 */
@NullMarked
package org.milena.archive.export;

import org.jspecify.annotations.NullMarked;
