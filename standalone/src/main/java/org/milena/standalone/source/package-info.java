/**
 * Other archives as a stream of messages: mbox, maildir, pipermail, public-inbox, Pony Mail.
 *
 * <p>Promises: every message comes with the octets that the archive has, as far as it keeps them;
 * memory holds a few messages, however large the archive is; one broken message never stops the
 * others, and what is not understood is said.
 *
 * <p>Touches files, the program {@code git}, and the HTTP API of a search engine. Why on the side
 * of the command and not of the server: the old archive lies where the operator is.
 */
@NullMarked
package org.milena.standalone.source;

import org.jspecify.annotations.NullMarked;
