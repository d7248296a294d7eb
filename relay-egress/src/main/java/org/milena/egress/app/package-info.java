/**
 * Puts the rooms of egress together: settings, beans, the process.
 *
 * <p>The only room with a {@code main}, a configuration or a bean, and with no decision about mail.
 */
@NullMarked
package org.milena.egress.app;

import org.jspecify.annotations.NullMarked;
