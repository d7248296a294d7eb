/**
 * The REST API and the pages for lists, members, held posts and accounts.
 *
 * <p>Promises that every change is a command to the list's owner, and that a failure is a sentence.
 *
 * <p>Touches Spring MVC, the read views, and {@code Commands}; decides nothing.
 */
@NullMarked
package org.milena.listexpander.web;

import org.jspecify.annotations.NullMarked;
