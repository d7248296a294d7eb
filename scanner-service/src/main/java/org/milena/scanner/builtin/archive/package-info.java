/**
 * Reads archives and packed files: each file in them, by its name and as a stream.
 *
 * <p>Promises to read from front to end, to hold nothing of what it unpacks, and to ask before it
 * takes more memory than a few buffers; only 7z, whose directory stands at its end, is held packed.
 * What is cut off or damaged ends in an {@link java.io.IOException}, never in silence.
 *
 * <p>Touches commons-compress, xz and {@code java.util.zip}, for what they unpack. The forms in
 * which files are listed (zip, tar, ar, cpio, rar, TNEF) are read here, since the libraries trust
 * the lengths in them.
 *
 * <p>Why: a scanner reads archives that were made against it. A header of 1 KiB can claim a
 * dictionary of 4 GiB, and a name of 400 MiB.
 */
@NullMarked
package org.milena.scanner.builtin.archive;

import org.jspecify.annotations.NullMarked;
