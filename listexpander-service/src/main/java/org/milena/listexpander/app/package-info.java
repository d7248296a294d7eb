/** Puts the rooms of this service together; the only place that knows them all. */
@NullMarked
package org.milena.listexpander.app;

import org.jspecify.annotations.NullMarked;
