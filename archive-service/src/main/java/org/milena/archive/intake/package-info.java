/**
 * Takes accepted posts into the archive: read, find their thread, keep, show.
 *
 * <p>Promises: taking a post again changes nothing; a tombstone removes a post, another message
 * under its id replaces it; posts of a list that arrive in any order make the same threads. One
 * instance owns a list at a time; one that lost the list and does not know yet cannot harm what its
 * successor wrote.
 *
 * <p>Why no transaction: the store has none. Each step can be repeated, and a batch that broke off
 * is repeated whole.
 */
@NullMarked
package org.milena.archive.intake;

import org.jspecify.annotations.NullMarked;
