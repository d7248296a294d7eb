/**
 * The archive over HTTP, to be read: a REST API for programs, pages for people. Searches, what is
 * fetched, what is taken out, what operators ask and what other archives' clients ask have rooms of
 * their own below, which use this one and are not used by it.
 *
 * <p>Promises: a list's settings decide who reads it, for every route and every search; strangers
 * see no whole address; nothing from a mail runs in a browser. Pages need no script. Touches Spring
 * MVC.
 */
@NullMarked
package org.milena.archive.web;

import org.jspecify.annotations.NullMarked;
