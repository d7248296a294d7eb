/**
 * The API of Pony Mail, read only, for programs that know that one: {@code stats}, {@code email},
 * {@code thread}, {@code source}, {@code mbox} and {@code preferences}, as {@code .lua} and as
 * Foal's {@code .json}.
 *
 * <p>Promises: parameters become the tree of a query, never text of one; a request is made of a
 * bounded number of posts, and says how many there are; who may read what is decided where it is
 * for our own API. Touches Spring MVC.
 */
@NullMarked
package org.milena.archive.web.ponymail;

import org.jspecify.annotations.NullMarked;
