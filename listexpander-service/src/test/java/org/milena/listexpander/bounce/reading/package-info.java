/** Tests of the reading of what comes back. */
@NullMarked
package org.milena.listexpander.bounce.reading;

import org.jspecify.annotations.NullMarked;
