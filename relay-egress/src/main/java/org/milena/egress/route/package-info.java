/**
 * Where mail goes next: the ways egress can be set to, and the hosts of a destination.
 *
 * <p>Promises that a setting is read strictly, since the wrong way sends a site's mail to
 * strangers.
 *
 * <p>Touches {@code common} and {@code outcome}. Names are looked up in {@code dns}, behind {@link
 * org.milena.egress.route.NextHops}.
 */
@NullMarked
package org.milena.egress.route;

import org.jspecify.annotations.NullMarked;
