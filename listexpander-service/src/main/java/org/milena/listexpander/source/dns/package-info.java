/**
 * Looks names of the web up.
 *
 * <p>Promises one look-up for each question, and no exception.
 *
 * <p>Touches the resolver of the system.
 *
 * <p>Why a room of its own: names are resolved in such rooms only.
 */
@NullMarked
package org.milena.listexpander.source.dns;

import org.jspecify.annotations.NullMarked;
