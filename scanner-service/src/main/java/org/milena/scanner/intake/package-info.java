/**
 * The scanner's stage: takes received mail, has it scanned, and writes it on or keeps it back.
 *
 * <p>Promises that mail leaves this stage in one of three ways only, for each recipient: with a
 * passage, to where it is addressed (where a moderator must see it, only to a list's posts);
 * otherwise to quarantine; or, while a policy waits for an engine, not at all.
 *
 * <p>Touches the {@link org.milena.scanner.scan.Scanner} and records.
 */
@NullMarked
package org.milena.scanner.intake;

import org.jspecify.annotations.NullMarked;
