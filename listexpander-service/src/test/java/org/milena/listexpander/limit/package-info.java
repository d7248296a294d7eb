@NullMarked
package org.milena.listexpander.limit;

import org.jspecify.annotations.NullMarked;
