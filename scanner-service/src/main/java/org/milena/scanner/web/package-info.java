/**
 * The quarantine for operators, over the REST API.
 *
 * <p>Promises that a message is never rendered or handed out: only facts about it, with what is
 * invisible in them written as escapes.
 *
 * <p>Touches Spring MVC.
 */
@NullMarked
package org.milena.scanner.web;

import org.jspecify.annotations.NullMarked;
