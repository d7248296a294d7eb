@NullMarked
package org.milena.listexpander.preparation;

import org.jspecify.annotations.NullMarked;
