/**
 * A whole list in one file, to keep or to take elsewhere: {@code milena-list}, version 1.
 *
 * <p>Lines of JSON in gzip: first what it is, then settings, numbers, texts, members and held
 * posts, each a line, last how many there were and the SHA-256 of all before.
 *
 * <p>Promises that a file that is cut or changed is told from a whole one, that a file is read and
 * written in bounded memory, and that the same list makes the same lines.
 *
 * <p>Touches {@code common} only.
 */
@NullMarked
package org.milena.listexpander.migration.listfile;

import org.jspecify.annotations.NullMarked;
