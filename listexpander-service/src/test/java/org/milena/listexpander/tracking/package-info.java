@NullMarked
package org.milena.listexpander.tracking;

import org.jspecify.annotations.NullMarked;
