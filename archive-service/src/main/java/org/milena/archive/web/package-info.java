/**
 * The archive over HTTP: a REST API for programs, pages for people.
 *
 * <p>Promises: a list's settings decide who reads it, for every route and every search; strangers
 * see no whole address; nothing from a mail runs in a browser. Pages need no script. Touches Spring
 * MVC.
 */
@NullMarked
package org.milena.archive.web;

import org.jspecify.annotations.NullMarked;
