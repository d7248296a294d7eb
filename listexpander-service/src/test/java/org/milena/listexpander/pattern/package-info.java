@NullMarked
package org.milena.listexpander.pattern;

import org.jspecify.annotations.NullMarked;
