/**
 * Reads a message: who, what, when, the text, the attachments.
 *
 * <p>Promises: reading never throws and never recurses; a broken mail gives what could be read of
 * it and a list of its defects. Limits: {@value org.milena.common.mime.MimeWalker#MAX_DEPTH}
 * levels, {@value org.milena.common.mime.MimeWalker#MAX_PARTS} parts, {@value
 * org.milena.archive.message.MessageParser#MAX_TEXT} characters of text.
 *
 * <p>Why a skeleton apart from the bytes: pages and search need a few hundred octets of a mail that
 * may have 25 million.
 */
@NullMarked
package org.milena.archive.message;

import org.jspecify.annotations.NullMarked;
