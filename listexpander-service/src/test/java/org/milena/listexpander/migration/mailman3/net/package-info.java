/** Mailman 3 as its documentation shows it. */
@NullMarked
package org.milena.listexpander.migration.mailman3.net;

import org.jspecify.annotations.NullMarked;
