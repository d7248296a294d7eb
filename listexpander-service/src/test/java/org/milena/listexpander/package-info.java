@NullMarked
package org.milena.listexpander;

import org.jspecify.annotations.NullMarked;
