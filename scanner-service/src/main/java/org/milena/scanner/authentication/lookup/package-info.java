/**
 * What the checks of authentication ask of the DNS, and what it can answer.
 *
 * <p>Promises that "there is none" and "nobody answered" are two answers: the second is never read
 * as the first; and that whoever asks through {@code TimedNames} ends in time.
 *
 * <p>Touches nothing; {@code scanner.dns} implements the port.
 */
@NullMarked
package org.milena.scanner.authentication.lookup;

import org.jspecify.annotations.NullMarked;
