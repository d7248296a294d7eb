@NullMarked
package org.milena.listexpander.membership;

import org.jspecify.annotations.NullMarked;
