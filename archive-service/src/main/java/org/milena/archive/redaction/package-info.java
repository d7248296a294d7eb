/**
 * Takes something out of a message: passages of text, and parts.
 *
 * <p>Promises: what our own readers can find of a passage is gone from every part and field, or the
 * wish is refused with the reason; nothing else is lost. Works on messages only.
 */
@NullMarked
package org.milena.archive.redaction;

import org.jspecify.annotations.NullMarked;
