/**
 * Asks engines what a message is, and makes one verdict of their words.
 *
 * <p>Promises that a message is called clean only when every engine read it and called it clean:
 * one positive suffices, an engine that is out makes the mail wait, and a message that makes a
 * healthy engine fail three times is unscannable. No setting changes that.
 *
 * <p>Touches the engines through {@link org.milena.scanner.scan.Engine} only; no socket, no thread.
 *
 * <p>Why: "no answer" must never be read as "no virus", and a mail must not be blamed for an engine
 * that is away.
 */
@NullMarked
package org.milena.scanner.scan;

import org.jspecify.annotations.NullMarked;
