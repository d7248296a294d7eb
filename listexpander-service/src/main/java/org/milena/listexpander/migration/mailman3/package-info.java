/**
 * What a list of Mailman 3 says of itself over its REST API, and what it wants to be here.
 *
 * <p>Promises to ask only for what is read, to follow no address that an answer names, and to say
 * of every setting what became of it.
 *
 * <p>Touches the plans of imports, and Mailman through a port.
 */
@NullMarked
package org.milena.listexpander.migration.mailman3;

import org.jspecify.annotations.NullMarked;
