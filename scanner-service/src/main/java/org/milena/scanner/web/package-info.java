/**
 * The quarantine for operators, over the REST API and in a browser.
 *
 * <p>Promises that a message is never rendered: operators get facts about it, with what is
 * invisible in them written as escapes, or all of it in an encrypted file that nothing opens by
 * itself.
 *
 * <p>Touches Spring MVC.
 */
@NullMarked
package org.milena.scanner.web;

import org.jspecify.annotations.NullMarked;
