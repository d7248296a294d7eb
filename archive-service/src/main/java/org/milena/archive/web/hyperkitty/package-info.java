/**
 * The API of HyperKitty, read only, for programs that know that one: lists, threads and emails
 * below {@code /api/lists/} and {@code /api/list/}.
 *
 * <p>Promises: pages as Django REST framework makes them, whose links lead through all there is or
 * to an error, and never end early in silence; a request is made of a bounded number of posts; who
 * may read what is decided where it is for our own API. Touches Spring MVC.
 */
@NullMarked
package org.milena.archive.web.hyperkitty;

import org.jspecify.annotations.NullMarked;
