/**
 * The DNS, as the checks of a mail ask it.
 *
 * <p>Promises that every look-up ends within its limit, that it never throws, and that silence,
 * SERVFAIL and REFUSED are trouble and never "there is none". What was answered is kept as long as
 * the zones allow and within a bounded space, trouble for half a minute; where no server answers at
 * all, look-ups end at once until one does again, and none of them pays for finding that out.
 *
 * <p>Touches dnsjava, and nothing else that resolves names.
 *
 * <p>Why: a mail brings a dozen names of a stranger's choice, and the stranger writes their zones.
 */
@NullMarked
package org.milena.scanner.dns;

import org.jspecify.annotations.NullMarked;
