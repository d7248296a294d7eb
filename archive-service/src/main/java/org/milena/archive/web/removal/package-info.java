/**
 * Taking posts, or passages of posts, out of the archive: a page for owners, and an API.
 *
 * <p>Promises: only owners and operators do it, and say why; the list's one writer decides. Touches
 * Spring MVC.
 */
@NullMarked
package org.milena.archive.web.removal;

import org.jspecify.annotations.NullMarked;
