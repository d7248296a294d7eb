/**
 * The outbox as a folder, and the carriage that brings everything there.
 *
 * <p>Promises that the folder does not grow without end.
 *
 * <p>Touches files.
 */
@NullMarked
package org.milena.egress.file;

import org.jspecify.annotations.NullMarked;
