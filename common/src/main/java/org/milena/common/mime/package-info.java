/**
 * The parts of a message, numbered: the archive keeps attachments under these numbers, and lists
 * put links to them into copies. And a body as quoted-printable, for whoever writes a part anew.
 *
 * <p>Promises: never throws because of what a message holds, and never recurses. Touches mime4j.
 */
@NullMarked
package org.milena.common.mime;

import org.jspecify.annotations.NullMarked;
