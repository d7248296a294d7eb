/**
 * What follows when a post is accepted: it is archived, expanded, and both are told.
 *
 * <p>Promises that all of it stands in the one transaction it is called in.
 *
 * <p>Why a room of its own: a post is accepted by the rules or by a moderator, and must be posted
 * the same way.
 */
@NullMarked
package org.milena.listexpander.publication;

import org.jspecify.annotations.NullMarked;
