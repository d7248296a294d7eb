/**
 * Searches: what is found, as pages and for programs; what is like a post; searches that people
 * keep.
 *
 * <p>Promises: only lists that the reader may read are looked through, and strangers see no whole
 * address in what is found. Touches Spring MVC.
 */
@NullMarked
package org.milena.archive.web.searching;

import org.jspecify.annotations.NullMarked;
