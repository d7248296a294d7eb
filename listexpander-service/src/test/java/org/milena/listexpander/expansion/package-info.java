@NullMarked
package org.milena.listexpander.expansion;

import org.jspecify.annotations.NullMarked;
