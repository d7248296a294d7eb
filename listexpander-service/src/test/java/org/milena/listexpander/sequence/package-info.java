@NullMarked
package org.milena.listexpander.sequence;

import org.jspecify.annotations.NullMarked;
