/**
 * The rooms of the SMTP edge put together: settings, beans, start and stop, metrics and health.
 *
 * <p>Promises that settings which would make an open relay, an unusable certificate or a port that
 * is taken stop the start with one sentence.
 *
 * <p>Touches Spring and every room of this service.
 */
@NullMarked
package org.milena.ingress.app;

import org.jspecify.annotations.NullMarked;
