/**
 * The text of documents that are attached to posts, for search: what a file is, and the port to
 * whoever reads it.
 *
 * <p>Promises: a document that cannot be read is an outcome, never an exception; the same document
 * gives the same text, so that an index that is built again has the same.
 *
 * <p>Why a port: readers of documents are large, and documents of strangers break them. They are
 * read in a process of their own, see {@code docs/decisions/0025-documents-in-a-child-process.md}.
 */
@NullMarked
package org.milena.archive.extract;

import org.jspecify.annotations.NullMarked;
