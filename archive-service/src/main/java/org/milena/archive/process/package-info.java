/**
 * Reads documents in a child process: a JVM of the same class path with bounded memory, killed when
 * a document takes too long.
 *
 * <p>Promises: whatever a document does, the archive goes on. The child begins with the first
 * document, ends when there is none for a minute, and ends with its parent. It has none of the
 * parent's environment, writes nothing but PDFBox's cache of fonts, and speaks to its parent only.
 * Touches processes.
 *
 * <p>Why: see {@code docs/decisions/0025-documents-in-a-child-process.md}.
 */
@NullMarked
package org.milena.archive.process;

import org.jspecify.annotations.NullMarked;
