@NullMarked
package org.milena.listexpander.digest;

import org.jspecify.annotations.NullMarked;
