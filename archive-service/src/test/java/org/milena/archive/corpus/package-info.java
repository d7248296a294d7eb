/** All lists of the corpus in the archive, message by message beside what another program reads. */
@NullMarked
package org.milena.archive.corpus;

import org.jspecify.annotations.NullMarked;
