/** Lists that come from elsewhere, over memory. */
@NullMarked
package org.milena.listexpander.migration;

import org.jspecify.annotations.NullMarked;
