/**
 * Takes text out of documents: PDF, Office Open XML, OpenDocument, RTF. Runs in the child process.
 *
 * <p>Promises: bounded text, bounded unpacking, no recursion of ours, nothing fetched from
 * anywhere. What a library does with a hostile document is the reason for the child process.
 * Touches PDFBox.
 */
@NullMarked
package org.milena.archive.document;

import org.jspecify.annotations.NullMarked;
