/** Tests of the engines as a whole, against the real thing. */
@NullMarked
package org.milena.engines;

import org.jspecify.annotations.NullMarked;
