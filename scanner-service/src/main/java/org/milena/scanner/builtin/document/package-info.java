/**
 * What a file is by its content, whatever its name says, and what documents can do: run macros,
 * start programs, or hide what they hold behind a password.
 *
 * <p>Promises to read as a stream, to follow no pointer and to unpack nothing but the tables of a
 * PDF, up to a limit: what another program would repair cannot hide here, and nothing can be made
 * large.
 *
 * <p>Why: libraries that read documents build them in memory first. These questions need a few
 * marks, and those stand at known places or are known words.
 */
@NullMarked
package org.milena.scanner.builtin.document;

import org.jspecify.annotations.NullMarked;
