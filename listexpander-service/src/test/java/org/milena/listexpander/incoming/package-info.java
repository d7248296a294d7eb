@NullMarked
package org.milena.listexpander.incoming;

import org.jspecify.annotations.NullMarked;
