/**
 * Asks all engines what a message is, at the same time, and gathers their words.
 *
 * <p>Promises that no word is made up: an engine that is out is silent, a message that makes a
 * healthy engine fail three times is unscannable, and what an engine said before is taken for its
 * word only for equal content and the same version. What is made of the words is decided in {@code
 * scanner.voting}.
 *
 * <p>Touches the engines through {@link org.milena.scanner.scan.Engine} only, on threads it is
 * given; no socket.
 *
 * <p>Why: "no answer" must never be read as "no virus", and a mail must not be blamed for an engine
 * that is away.
 */
@NullMarked
package org.milena.scanner.scan;

import org.jspecify.annotations.NullMarked;
