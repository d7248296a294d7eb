/** A list's world in memory: tables, a transaction, and mail to try things with. */
@NullMarked
package org.milena.listexpander.fake;

import org.jspecify.annotations.NullMarked;
