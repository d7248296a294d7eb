/**
 * The mail queue and the outbox over HTTP, for operators.
 *
 * <p>Touches Spring MVC.
 */
@NullMarked
package org.milena.egress.web;

import org.jspecify.annotations.NullMarked;
