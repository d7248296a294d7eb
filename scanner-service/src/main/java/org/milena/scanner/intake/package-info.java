/**
 * The scanner's stage: takes received mail, has it scanned, and writes it on or keeps it back.
 *
 * <p>Promises that mail leaves this stage in one of three ways only: clean, to where it is
 * addressed; otherwise to quarantine; or, while an engine is out, not at all.
 *
 * <p>Touches the {@link org.milena.scanner.scan.Scanner} and records.
 */
@NullMarked
package org.milena.scanner.intake;

import org.jspecify.annotations.NullMarked;
