/**
 * What follows when copies come back, or are refused on the way.
 *
 * <p>Promises that only a signed tag of ours, or what our own egress saw, counts against a member,
 * at most a point a day; that what is refused for policy never does; that a bounce is never
 * answered; and that only a signed token takes somebody off a list for a complaint.
 *
 * <p>Touches {@code common} and the rooms of the list expander that change members and write
 * notices.
 *
 * <p>Why the probe and the breaker: reports can be copied and a site can be blocked, and neither
 * may cost a member its list.
 */
@NullMarked
package org.milena.listexpander.bounce;

import org.jspecify.annotations.NullMarked;
